import { XMLParser, XMLValidator } from 'fast-xml-parser'

/** An element: its attributes as `@name`, its children by name without prefix, its text. */
export type Element = Readonly<Record<string, unknown>>

const parser = new XMLParser({
  ignoreAttributes: false,
  attributeNamePrefix: '@',
  textNodeName: '#text',
  cdataPropName: '#cdata',
  removeNSPrefix: true,
  // Entities are not expanded at all; the few that XML itself has are read where a value is.
  processEntities: false,
  parseTagValue: false,
  parseAttributeValue: false,
  maxNestedTags: 60,
})

/** Why a text is no document that is read. */
export type XmlFault = 'no-xml' | 'doctype'

/** Reads a document; its root stands under its name. */
export const parseXml = (text: string): Element | XmlFault => {
  if (/<!(DOCTYPE|ENTITY)/i.test(text)) return 'doctype'
  try {
    if (XMLValidator.validate(text) !== true) return 'no-xml'
    return parser.parse(text)
  } catch {
    return 'no-xml'
  }
}

const isElement = (value: unknown): value is Element =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** The children of that name; one without attributes and children is its text. */
export const children = (parent: unknown, name: string): readonly unknown[] => {
  if (!isElement(parent) || !Object.hasOwn(parent, name)) return []
  const found = parent[name]
  return Array.isArray(found) ? found : [found]
}

/** The first element down a path of names. */
export const at = (parent: unknown, ...path: readonly string[]): unknown =>
  path.reduce<unknown>((found, name) => children(found, name)[0], parent)

const references: Readonly<Record<string, string>> = {
  lt: '<',
  gt: '>',
  amp: '&',
  quot: '"',
  apos: "'",
}

const unescaped = (text: string): string =>
  text.replace(/&(?:#(\d{1,7})|#x([\da-f]{1,6})|([a-z]+));/gi, (whole, decimal, hex, name) => {
    if (name !== undefined) return references[name] ?? whole
    const code = decimal === undefined ? Number.parseInt(hex, 16) : Number(decimal)
    return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : whole
  })

/** A text as it may stand in an element or an attribute. */
export const escaped = (text: string) =>
  text.replace(/[<>&"']/g, (char) => `&#${char.codePointAt(0)};`)

const controls = /\p{Cc}+/gu

/** An attribute as text on one line; undefined when it is absent or empty. */
export const attribute = (element: unknown, name: string): string | undefined => {
  const [value] = children(element, `@${name}`)
  if (typeof value !== 'string') return undefined
  return unescaped(value).replace(controls, ' ').trim() || undefined
}

/** The text of an element, of a CDATA section as it stands. */
export const textOf = (element: unknown): string | undefined => {
  if (typeof element === 'string') return unescaped(element).trim() || undefined
  const raw = children(element, '#cdata').filter((part) => typeof part === 'string')
  const text = raw.length > 0 ? raw.join('') : unescaped(String(at(element, '#text') ?? ''))
  return text.trim() || undefined
}

/** Every element below one, itself first. */
export function* descendants(element: unknown): Generator<Element, void> {
  if (Array.isArray(element)) {
    for (const each of element) yield* descendants(each)
    return
  }
  if (!isElement(element)) return
  yield element
  for (const [name, child] of Object.entries(element)) {
    if (!name.startsWith('@') && !name.startsWith('#')) yield* descendants(child)
  }
}

/** The texts in an element with the names of those that hold them: what a call passes. */
export function* leaves(
  element: unknown,
  name = '',
): Generator<{ readonly name: string; readonly text: string }, void> {
  if (Array.isArray(element)) {
    for (const each of element) yield* leaves(each, name)
    return
  }
  const text = textOf(element)
  if (text !== undefined) yield { name, text }
  if (!isElement(element)) return
  for (const [own, child] of Object.entries(element)) {
    if (!own.startsWith('@') && !own.startsWith('#')) yield* leaves(child, own)
  }
}
