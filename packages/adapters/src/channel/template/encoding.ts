/** What a value may be. Lists and records stay outside: nothing in a template walks through them. */
export type Value = string | number | boolean

/** What could make a text read as another: control characters, and marks that turn its direction or hide. */
const unseen = /[\p{Cc}\u061C\u200B\u200E\u200F\u202A-\u202E\u2060-\u2069\uFEFF]+/gu

const plain = (value: Value) =>
  typeof value === 'string' ? value.replace(unseen, ' ') : String(value)

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

/** How a value is written where a template names it: into a text message, into HTML, or as a whole JSON value. */
export const encodings = {
  text: plain,
  html: (value: Value) => plain(value).replace(/[&<>"']/g, (each) => entities[each] ?? each),
  json: (value: Value) => JSON.stringify(value),
} as const

export type Encoding = keyof typeof encodings
