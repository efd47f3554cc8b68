import { Refusal } from '@hospital-crm/core'
import type { ReadRow, RowOutcome, RowReader } from './row.ts'

/** A row of a file, with where it stands, counted from 1. */
export interface TableRow {
  readonly cells: readonly unknown[]
  readonly line: number
}

/** What is wrong with one row of a file: where it stands and why, and none of its values. */
export interface RowProblem {
  readonly line: number
  readonly code: string
  readonly field?: string | undefined
}

/** Titles, dates and notes may stand above the header, but not more of them. */
export const rowsAboveHeader = 20

/** How the rows of a table are read, and the line of its header; 0 when it has none. */
export interface Opening {
  readonly read: ReadRow
  readonly headerLine: number
}

/**
 * Finds the header among the first rows of a file. Throws what the likeliest row was refused for
 * (`columns.no-column`, `columns.repeated-column`) when none of them is one.
 */
export const openTable = (
  rows: readonly TableRow[],
  reader: RowReader,
  hasHeader: boolean,
): Opening => {
  if (!hasHeader) {
    const width = Math.max(0, ...rows.map(({ cells }) => cells.length))
    return { read: reader.bind(Array.from({ length: width }, () => '')), headerLine: 0 }
  }
  const tried = rows.slice(0, rowsAboveHeader)
  const likely = tried.length === 0 ? [{ cells: [], line: 0 }] : tried
  return firstThat(likely, ({ cells, line }) => ({
    read: reader.bind(namesOf(cells)),
    headerLine: line,
  }))
}

/** The first attempt that is not refused; throws the refusal that lacks the least when all are. */
export const firstThat = <Candidate, Result>(
  candidates: readonly Candidate[],
  attempt: (candidate: Candidate) => Result,
): Result => {
  const refused: Refusal[] = []
  for (const candidate of candidates) {
    try {
      return attempt(candidate)
    } catch (error) {
      if (!(error instanceof Refusal)) throw error
      refused.push(error)
    }
  }
  throw refused.reduce((least, each) => (lacking(each) < lacking(least) ? each : least))
}

const lacking = ({ code, details: { columns } }: Refusal): number =>
  code === 'columns.no-column' && Array.isArray(columns) ? columns.length : 0

/** Without the empty cells that spreadsheets leave at the end of a row. */
const namesOf = (cells: readonly unknown[]): string[] => {
  const names = cells.map((cell) => (typeof cell === 'string' ? cell : String(cell ?? '')))
  const last = names.findLastIndex((name) => name.trim() !== '')
  return names.slice(0, last + 1)
}

/** What a row of an opened table comes to; nothing for a row without any value. */
export const outcomeOf = (
  { cells, line }: TableRow,
  read: ReadRow,
  onProblem: ((problem: RowProblem) => void) | undefined,
): RowOutcome | undefined => {
  if (cells.every(isEmpty)) return undefined
  const outcome = read(cells, line)
  if (outcome.kind === 'unreadable') {
    onProblem?.({ line, code: outcome.code, field: outcome.field })
  }
  return outcome
}

const isEmpty = (cell: unknown) =>
  cell === undefined || cell === null || (typeof cell === 'string' && cell.trim() === '')
