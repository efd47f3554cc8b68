import { refuse } from '../refusal.ts'

/**
 * The rows of a text of comma-separated values (RFC 4180): fields may stand in double quotes, lines end
 * in LF or CRLF, empty lines do not count. Refuses an open quote (`rules.csv-malformed`).
 */
export const readCsv = (text: string): readonly (readonly string[])[] => {
  const rows: string[][] = []
  let [row, field, isQuoted, wasQuoted] = [[] as string[], '', false, false]
  const endField = () => {
    row.push(field)
    field = ''
    wasQuoted = false
  }
  const endRow = () => {
    const isEmpty = row.length === 0 && field === '' && !wasQuoted
    endField()
    if (!isEmpty) rows.push(row)
    row = []
  }
  for (let at = text.startsWith('\uFEFF') ? 1 : 0; at < text.length; at += 1) {
    const mark = text[at]
    if (isQuoted && mark === '"' && text[at + 1] === '"') {
      field += mark
      at += 1
    } else if (mark === '"' && (isQuoted || field === '')) {
      isQuoted = !isQuoted
      wasQuoted = true
    } else if (isQuoted) field += mark
    else if (mark === ',') endField()
    else if (mark === '\n') endRow()
    else if (mark !== '\r' || text[at + 1] !== '\n') field += mark
  }
  if (isQuoted) return refuse('rules.csv-malformed', { line: rows.length + 1 })
  endRow()
  return rows
}
