import { parse } from 'csv-parse/sync'
import type { TextRow } from './text-rows.ts'

/** A row cut into cells, or one that cannot be: a quotation that does not end, or a line beyond all measure. */
export type ParsedRow =
  | { readonly cells: readonly string[]; readonly line: number }
  | {
      readonly fault: 'csv.bad-quote' | 'csv.too-long'
      readonly text: string
      readonly line: number
    }

/** What stands between cells, and whether quotation marks keep them together. */
export interface CellFormat {
  readonly delimiter: string
  readonly quotes: boolean
}

const cellsOf = (text: string, { delimiter, quotes }: CellFormat): string[][] | undefined => {
  try {
    return parse(text, {
      delimiter,
      quote: quotes ? '"' : null,
      record_delimiter: '\n',
      relax_column_count: true,
      relax_quotes: true,
    })
  } catch {
    return undefined
  }
}

const isBlank = ({ lines }: TextRow) => lines.every((text) => text.trim() === '')

/** Cuts rows into cells, all at once where that gives a record for each row, else one by one to find the damaged. */
export const parseRows = (rows: readonly TextRow[], format: CellFormat): ParsedRow[] => {
  const told = rows.filter((row) => !isBlank(row))
  const whole = told.filter(({ tooLong }) => !tooLong)
  const records = cellsOf(whole.map(({ lines }) => lines.join('\n')).join('\n'), format)
  if (records?.length !== whole.length) return told.flatMap((row) => parseRow(row, format))
  let next = 0
  return told.flatMap((row) => {
    if (row.tooLong) return tooLong(row)
    const cells = records[next++]
    return cells ? { cells, line: row.line } : []
  })
}

const tooLong = ({ lines: [text = ''], line }: TextRow): ParsedRow => ({
  fault: 'csv.too-long',
  text,
  line,
})

const parseRow = (row: TextRow, format: CellFormat): ParsedRow[] => {
  const { lines, line } = row
  if (row.tooLong) return [tooLong(row)]
  const text = lines.join('\n')
  const [cells, ...more] = cellsOf(text, format) ?? []
  if (cells && more.length === 0) return [{ cells, line }]
  if (lines.length === 1) return [{ fault: 'csv.bad-quote', text, line }]
  // The lines were joined by marks that are no quotation, so each is a row of its own.
  return lines.flatMap((own, place) =>
    own.trim() === '' ? [] : parseRow({ lines: [own], line: line + place, tooLong: false }, format),
  )
}
