import type { Json } from '@hospital-crm/core'

// jsonb holds neither NUL nor half a surrogate pair, JSON does. Each is kept as this mark, which is no
// character, and four hexadecimal digits; the mark itself likewise.
const mark = '\uffff'
const unfit = /\0|\uffff|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g
const unfitInText = /\\u0000|\\ud[89a-f]|\uffff/
const marked = /\uffff([0-9a-f]{4})/g

const mapTexts = (json: Json | undefined, change: (text: string) => string): Json | undefined => {
  if (typeof json === 'string') return change(json)
  if (typeof json !== 'object' || json === null) return json
  if (Array.isArray(json)) return json.map((each) => mapTexts(each, change) ?? null)
  const pairs = Object.entries(json).map(([key, value]) => [change(key), mapTexts(value, change)])
  return Object.fromEntries(pairs) as Json
}

const hide = (text: string) =>
  text.replace(unfit, (each) => mark + each.charCodeAt(0).toString(16).padStart(4, '0'))
const show = (text: string) =>
  text.replace(marked, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)))

/** JSON as text that PostgreSQL takes as jsonb, whatever characters are in it. */
export const textOf = (json: Json): string => {
  const text = JSON.stringify(json)
  return unfitInText.test(text) ? JSON.stringify(mapTexts(json, hide)) : text
}

/** What `textOf` was given. */
export const jsonOf = (text: string): Json => {
  const json = JSON.parse(text) as Json
  return text.includes(mark) ? (mapTexts(json, show) ?? null) : json
}
