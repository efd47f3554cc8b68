/** A cell: a text, which a spreadsheet must not calculate, or a number, which it may. */
export type Cell = string | number

/** What makes a spreadsheet take a text for a formula (OWASP, “CSV injection”), in either width. */
const formula = /^[\s\p{Cc}]*[=+\-@＝＋－＠]|^[\t\r\n]/u

const cell = (value: Cell): string => {
  if (typeof value === 'number') return String(value)
  const text = formula.test(value) ? `'${value}` : value
  return /[",\r\n]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}

/** One line of CSV by RFC 4180. A text that would be a formula begins with `'` instead; numbers stay as they are. */
export const csvLine = (cells: readonly Cell[]): string => `${cells.map(cell).join(',')}\r\n`
