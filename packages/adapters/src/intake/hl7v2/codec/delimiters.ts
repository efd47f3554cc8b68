/** The five delimiters of one message; an encoding character the sender left out is ''. */
export interface Delimiters {
  readonly field: string
  readonly component: string
  readonly repetition: string
  readonly escape: string
  readonly subcomponent: string
}

export const standardDelimiters: Delimiters = {
  field: '|',
  component: '^',
  repetition: '~',
  escape: '\\',
  subcomponent: '&',
}

const unusable = /[\p{L}\p{N}\s\p{C}"]/u

/** Reads MSH-1 and MSH-2. Undefined when there is no usable header: letters, blanks or a character used twice. */
export const delimitersOf = (text: string): Delimiters | undefined => {
  if (text.startsWith('MSH|^~\\&|')) return standardDelimiters
  if (!text.startsWith('MSH')) return undefined
  const field = text.charAt(3)
  if (field === '') return undefined
  const lineEnd = endOfLine(text)
  const next = text.indexOf(field, 4)
  const declared = text.slice(4, next < 0 || next > lineEnd ? lineEnd : next).slice(0, 4)
  const [component = '', repetition = '', mark = '', subcomponent = ''] = characters(declared)
  const used = [field, component, repetition, mark, subcomponent].filter((char) => char !== '')
  if (new Set(used).size < used.length || used.some((char) => unusable.test(char))) return undefined
  return { field, component, repetition, escape: mark, subcomponent }
}

const characters = (declared: string): readonly string[] => {
  if (declared === '') return ['^', '~', '\\', '&']
  // A sender that builds its header from "^~\&" in a language where \& is & loses the backslash.
  if (declared === '^~&') return ['^', '~', '', '&']
  return [...declared]
}

const endOfLine = (text: string): number => {
  const at = text.search(/[\r\n\v]/)
  return at < 0 ? text.length : at
}
