import * as z from 'zod'
import { Count, metric, shape, within } from '../metric.ts'
import { sum } from '../numeric/moments.ts'
import { Threshold } from './cell.ts'
import { type PublishedTable, suppressTable, Table } from './table.ts'

/** Which rows and columns are asked for, counted from 0; all where absent. */
const Selection = {
  rows: z.array(z.int().min(0)).optional(),
  columns: z.array(z.int().min(0)).optional(),
}

export const FilteredTable = shape({ ...Table.shape, ...Selection })
export type FilteredTable = z.infer<typeof FilteredTable>

export const Groups = shape({
  groups: z.array(shape({ top: Count, n: Count }).superRefine(within('top', 'n'))).min(1),
  threshold: Threshold.optional(),
})
export type Groups = z.infer<typeof Groups>

const unlessHidden = (values: readonly (number | null | undefined)[]): number | null => {
  const shown = values.filter((value) => typeof value === 'number')
  return shown.length === values.length ? sum(shown) : null
}

const all = (length: number) => Array.from({ length }, (_, at) => at)

/**
 * The sum of some rows and columns of a published table, of what is shown in it and of nothing else;
 * `null` where that is not enough. So no two views differ by a hidden number, whatever is asked for.
 */
export const selectFrom = (
  table: PublishedTable,
  { rows, columns }: Pick<FilteredTable, 'rows' | 'columns'>,
): number | null => {
  const [height, width] = [table.rowTotals.length, table.columnTotals.length]
  const chosenRows = [...new Set(rows ?? all(height))]
  const chosenColumns = [...new Set(columns ?? all(width))]
  const hasAllRows = chosenRows.length === height
  const hasAllColumns = chosenColumns.length === width
  const ways = [
    hasAllRows && hasAllColumns ? [table.total] : undefined,
    hasAllColumns ? chosenRows.map((row) => table.rowTotals[row]) : undefined,
    hasAllRows ? chosenColumns.map((column) => table.columnTotals[column]) : undefined,
    chosenRows.flatMap((row) => chosenColumns.map((column) => table.cells[row]?.[column])),
  ]
  return ways.map((way) => (way ? unlessHidden(way) : null)).find((found) => found !== null) ?? null
}

/** The same of a table that is decided first. */
export const suppressFilter = ({ rows, columns, ...table }: FilteredTable): number | null =>
  selectFrom(suppressTable(table), { rows, columns })

export interface PublishedShare {
  readonly top: number | null
  readonly n: number | null
  /** Hidden with either of them, or with those who did not answer so. */
  readonly percent: number | null
}

const shareOf = (top: number | null, rest: number | null, n: number | null): PublishedShare => ({
  top,
  n,
  percent: top === null || rest === null || !n ? null : (100 * top) / n,
})

/**
 * Shares of several groups and of all together, with the numbers they are taken of, as they may be
 * shown: those who answered so and those who did not make a table of two columns.
 */
export const suppressShares = ({ groups, threshold }: Groups) => {
  const cells = groups.map(({ top, n }) => [top, n - top])
  const { cells: shown, rowTotals, columnTotals, total } = suppressTable({ cells, threshold })
  const [top = null, rest = null] = columnTotals
  return {
    groups: shown.map(([top = null, rest = null], at) => shareOf(top, rest, rowTotals[at] ?? null)),
    overall: shareOf(top, rest, total),
  }
}

export const viewMetrics = {
  'suppression.filter': metric(FilteredTable, suppressFilter),
  'suppression.shares': metric(Groups, suppressShares),
} as const
