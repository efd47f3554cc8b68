import { refuse } from '@hospital-crm/core'
import { type ColumnMapping, type RowOutcome, type RowReader, rowReader } from '../columns/index.ts'
import { firstThat, openTable, outcomeOf, type RowProblem } from '../columns/table.ts'
import { openBook, sheetsOf } from './book.ts'

/** How a workbook is to be read, where that is settled. */
export interface WorkbookOptions {
  /** The name of the sheet; unless told, the first that has the header. */
  readonly sheet?: string | undefined
  /** `false`: the first row is data, and the mapping tells columns by their places. */
  readonly header?: boolean | undefined
  /** The largest file taken, since a workbook is read as a whole; 32 MiB unless told. */
  readonly maxBytes?: number | undefined
  /** The Windows code page of texts in files from before 1997 that do not name it; 936 (GBK) unless told. */
  readonly codepage?: number | undefined
  /** Told of every row that cannot be taken. */
  readonly onProblem?: ((problem: RowProblem) => void) | undefined
}

/**
 * Reads the rows of a workbook (.xlsx, .xlsb, .xls, and HTML or XML that is named .xls) as outcomes for
 * `crm.intakes.take`, with the number of the row as the sheet shows it. Refuses what is no workbook of the mapping
 * before its first row: the codes of `refusals`, `columns.no-column`, `columns.repeated-column`. Throws a ZodError
 * for a wrong mapping.
 */
export const readWorkbook = (
  bytes: Uint8Array,
  mapping: ColumnMapping,
  options: WorkbookOptions = {},
): Iterable<RowOutcome> => {
  const { maxBytes = 32 * 1024 * 1024, codepage = 936, sheet, header = true } = options
  const reader = rowReader(mapping)
  const sheets = sheetsOf(openBook(bytes, maxBytes, codepage))
  const wanted = sheets.filter(({ name }) => sheet === undefined || name === sheet)
  if (wanted.length === 0) refuse('workbook.no-sheet')
  const table = firstThat(wanted, ({ rows }) => opened(rows(), reader, header))
  return outcomes(table, options)
}

const opened = (
  rows: ReturnType<ReturnType<typeof sheetsOf>[number]['rows']>,
  reader: RowReader,
  header: boolean,
) => ({ rows, ...openTable(rows, reader, header) })

function* outcomes(
  { rows, read, headerLine }: ReturnType<typeof opened>,
  { onProblem }: WorkbookOptions,
): Generator<RowOutcome, void> {
  for (const row of rows) {
    const outcome = row.line > headerLine ? outcomeOf(row, read, onProblem) : undefined
    if (outcome) yield outcome
  }
}
