import { hash } from 'node:crypto'
import { type ColumnMapping, type RowOutcome, type RowReader, rowReader } from '../columns/index.ts'
import {
  firstThat,
  type Opening,
  openTable,
  outcomeOf,
  type RowProblem,
  rowsAboveHeader,
} from '../columns/table.ts'
import { charsetOf, decodedText } from './charset.ts'
import { type CellFormat, type ParsedRow, parseRows } from './parse-rows.ts'
import type { CsvRefusalCode } from './refusal.ts'
import { type TextRow, textRows } from './text-rows.ts'

/** How a file is written, where that is settled; everything else is found out. */
export interface CsvOptions {
  /** The charset by its WHATWG or HL7 name, e.g. `GB18030`. A byte order mark overrides it. */
  readonly charset?: string | undefined
  /** What stands between cells; found out among comma, tab, semicolon and bar unless told. */
  readonly delimiter?: string | undefined
  /** `false`: the first row is data, and the mapping tells columns by their places. */
  readonly header?: boolean | undefined
  /** `false`: a quotation mark is a character like others. */
  readonly quotes?: boolean | undefined
  /** Told how many bytes have been read, after the rows in them were taken. */
  readonly onProgress?: ((bytes: number) => void) | undefined
  /** Told of every row that cannot be taken. */
  readonly onProblem?: ((problem: RowProblem) => void) | undefined
}

/** What became of a row of a file, or of a line that is none. */
export type CsvOutcome =
  | RowOutcome
  | {
      readonly kind: 'unreadable'
      readonly code: CsvRefusalCode
      readonly source: string
      readonly hash: string
      readonly line: number
      readonly raw: Uint8Array
    }

/** A file as it comes: in chunks of any size, or whole. */
export type Bytes = AsyncIterable<Uint8Array> | Iterable<Uint8Array> | Uint8Array

/**
 * Reads the rows of a CSV file one after another, as outcomes for `crm.intakes.take`; holds a chunk at most. What is
 * wrong with a row is in its outcome, with the line. Refuses a file that is not what the mapping describes, before
 * its first row: `columns.no-column`, `columns.repeated-column`, `csv.charset`. Throws a ZodError for a wrong mapping.
 */
export const readCsv = (
  bytes: Bytes,
  mapping: ColumnMapping,
  options: CsvOptions = {},
): AsyncIterable<CsvOutcome> => {
  const charset = options.charset === undefined ? undefined : charsetOf(options.charset)
  return outcomes(bytes, rowReader(mapping), { ...options, charset })
}

async function* outcomes(
  bytes: Bytes,
  reader: RowReader,
  options: CsvOptions,
): AsyncGenerator<CsvOutcome, void> {
  const cut = textRows(options.quotes !== false)
  let table: Table | undefined
  let opening: TextRow[] = []

  function* taken(rows: TextRow[], isFinal: boolean): Generator<CsvOutcome, void> {
    if (!table) {
      opening = [...opening, ...rows]
      if (!isFinal && opening.length < rowsAboveHeader) return
      table = open(opening, reader, options)
    }
    const { read, headerLine, format } = table
    for (const row of parseRows(opening.length > 0 ? opening : rows, format)) {
      if (row.line <= headerLine) continue
      const outcome =
        'fault' in row ? faulty(row, reader, options) : outcomeOf(row, read, options.onProblem)
      if (outcome) yield outcome
    }
    opening = []
  }

  let read = 0
  const counted = async function* () {
    for await (const chunk of chunksOf(bytes)) {
      read += chunk.length
      yield chunk
    }
  }
  for await (const text of decodedText(counted(), options.charset)) {
    yield* taken(cut(text, false), false)
    options.onProgress?.(read)
  }
  yield* taken(cut('', true), true)
}

type Table = Opening & { readonly format: CellFormat }

const delimiters = [',', '\t', ';', '|']

/** Finds the header and, unless it is told, what stands between cells: that by which the header has all columns. */
const open = (rows: readonly TextRow[], reader: RowReader, options: CsvOptions): Table => {
  const { delimiter, header = true, quotes = true } = options
  return firstThat(delimiter === undefined ? delimiters : [delimiter], (each) => {
    const format = { delimiter: each, quotes }
    const cells = parseRows(rows, format).filter((row) => 'cells' in row)
    return { ...openTable(cells, reader, header), format }
  })
}

const faulty = (
  { fault, text, line }: Extract<ParsedRow, { fault: string }>,
  { source }: RowReader,
  { onProblem }: CsvOptions,
): CsvOutcome => {
  onProblem?.({ line, code: fault })
  const raw = new TextEncoder().encode(text)
  return { kind: 'unreadable', code: fault, source, hash: hash('sha256', raw), line, raw }
}

/** So that one buffer of a whole file is read like a stream of it. */
const longestChunk = 1 << 16

async function* chunksOf(bytes: Bytes): AsyncGenerator<Uint8Array, void> {
  for await (const chunk of bytes instanceof Uint8Array ? [bytes] : bytes) {
    for (let at = 0; at < chunk.length; at += longestChunk) {
      yield chunk.subarray(at, at + longestChunk)
    }
  }
}
