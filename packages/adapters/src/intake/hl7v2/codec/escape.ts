import type { Delimiters } from './delimiters.ts'

/** Decodes the bytes of a `\X..\` escape; undefined keeps the escape as it is written. */
export type DecodeHex = (bytes: Uint8Array) => string | undefined

/** One value as it is meant: escapes resolved, highlighting dropped, unknown or unfinished escapes kept as written. */
export const unescapeValue = (text: string, by: Delimiters, decodeHex: DecodeHex): string => {
  if (by.escape === '') return text
  let open = text.indexOf(by.escape)
  if (open < 0) return text
  let result = ''
  let from = 0
  while (open >= 0) {
    const close = text.indexOf(by.escape, open + 1)
    if (close < 0) break
    const hex = readHex(text, open, by.escape)
    const meant = hex ? decodeHex(hex.bytes) : meaningOf(text.slice(open + 1, close), by)
    if (meant === undefined) {
      // The closing character may open the next escape: a path such as C:\ward\F\ has both.
      open = hex ? text.indexOf(by.escape, hex.end) : close
      continue
    }
    result += text.slice(from, open) + meant
    from = hex ? hex.end : close + 1
    open = text.indexOf(by.escape, from)
  }
  return result + text.slice(from)
}

const meaningOf = (code: string, by: Delimiters): string | undefined => {
  switch (code) {
    case 'F':
      return by.field
    case 'S':
      return by.component
    case 'T':
      return by.subcomponent
    case 'R':
      return by.repetition
    case 'E':
      return by.escape
    case 'H':
    case 'N':
      return ''
  }
  return code.startsWith('.') ? formatting(code) : undefined
}

const most = 100

const formatting = (code: string): string | undefined => {
  const command = /^\.(br|ce|sp|sk|fi|nf|in|ti) ?([+-]?\d{1,4})?$/i.exec(code)
  if (!command) return undefined
  const times = Math.min(Math.abs(Number(command[2] ?? 1)), most)
  switch (command[1]?.toLowerCase()) {
    case 'br':
    case 'ce':
      return '\n'
    case 'sp':
      return '\n'.repeat(times)
    case 'sk':
      return ' '.repeat(times)
    default:
      return ''
  }
}

/** A character of two bytes may stand in two escapes, so neighbours are read together. */
const readHex = (text: string, open: number, mark: string) => {
  let digits = ''
  let end = open
  while (text.charAt(end) === mark && /^[Xx]$/.test(text.charAt(end + 1))) {
    const close = text.indexOf(mark, end + 1)
    if (close < 0) break
    const more = text.slice(end + 2, close)
    if (more.length === 0 || more.length % 2 === 1 || !/^[0-9a-fA-F]+$/.test(more)) break
    digits += more
    end = close + 1
  }
  if (digits === '') return undefined
  const bytes = new Uint8Array(digits.length / 2)
  for (let i = 0; i < bytes.length; i += 1) bytes[i] = Number.parseInt(digits.substr(i * 2, 2), 16)
  return { bytes, end }
}

/** Writes one value so that `unescapeValue` gives it back. Throws a RangeError when it holds a delimiter and the message has no escape character. */
export const escapeValue = (value: string, by: Delimiters): string => {
  if (value === '""') return `${by.escape}X2222${by.escape}`
  let result = ''
  for (const char of value) result += escapeCharacter(char, by)
  return result
}

const escapeCharacter = (char: string, by: Delimiters): string => {
  const code =
    char === by.field
      ? 'F'
      : char === by.component
        ? 'S'
        : char === by.subcomponent
          ? 'T'
          : char === by.repetition
            ? 'R'
            : char === by.escape
              ? 'E'
              : char < ' '
                ? `X${char.charCodeAt(0).toString(16).padStart(2, '0').toUpperCase()}`
                : undefined
  if (code === undefined) return char
  if (by.escape === '') throw new RangeError('a delimiter in a value needs an escape character')
  return `${by.escape}${code}${by.escape}`
}
