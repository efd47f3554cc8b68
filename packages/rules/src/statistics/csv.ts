/** Rows under named columns: what a report shows, draws and exports. */
export interface Sheet {
  readonly columns: readonly string[]
  readonly rows: readonly (readonly (string | number | null)[])[]
}

/** What spreadsheets take for the beginning of a formula, also in their full-width forms. */
const opensFormula = /^[\s\p{Cc}\p{Cf}]*[=+\-@＝＋－＠]|^[\t\r\n]/u

const field = (value: string | number | null): string => {
  if (value === null) return ''
  if (typeof value === 'number') return `${value}`
  const harmless = opensFormula.test(value) ? `'${value}` : value
  return `"${harmless.replaceAll('"', '""')}"`
}

/**
 * The sheet as CSV (RFC 4180, CRLF), every text quoted. A text that a spreadsheet could run as a
 * formula gets an apostrophe before it (OWASP, CSV Injection); numbers stay numbers.
 */
export const csvOf = ({ columns, rows }: Sheet): string =>
  [columns, ...rows].map((row) => `${row.map(field).join(',')}\r\n`).join('')
