import * as z from 'zod'
import { Count, metric, shape } from '../metric.ts'
import { sum } from '../numeric/moments.ts'
import { isSmall, Threshold, usualThreshold } from './cell.ts'
import { isDerivable, type Place, type TotalledTable } from './derivable.ts'

export const Table = shape({
  cells: z
    .array(z.array(Count).min(1))
    .min(1)
    .superRefine((rows, context) => {
      rows.forEach((row, at) => {
        if (row.length !== rows[0]?.length) {
          context.addIssue({ code: 'custom', message: 'rows of one length expected', path: [at] })
        }
      })
    }),
  threshold: Threshold.optional(),
})
export type Table = z.infer<typeof Table>

/** A table as it may be shown, with all its totals; `null`: hidden. */
export interface PublishedTable {
  readonly cells: readonly (readonly (number | null)[])[]
  readonly rowTotals: readonly (number | null)[]
  readonly columnTotals: readonly (number | null)[]
  readonly total: number | null
}

const totalled = (cells: Table['cells']): TotalledTable => {
  const rows = cells.map((row) => [...row, sum(row)])
  return [...rows, (rows[0] ?? []).map((_, column) => sum(rows.map((row) => row[column] ?? 0)))]
}

/**
 * A table of counts with its row, column and grand totals as it may be shown. Numbers from 1 to below
 * the threshold are hidden, totals too; then others, until no hidden number follows from what is
 * shown, not even for who is told which of them are small. Zeros are shown; a table that cannot be
 * made safe otherwise is hidden whole. Decided once for a published table: views of it are answered
 * by `selectFrom`.
 */
export const suppressTable = ({ cells, threshold = usualThreshold }: Table): PublishedTable => {
  const table = totalled(cells)
  const hiding = table.map((row) => row.map((value) => isSmall(value, threshold)))
  const places: Place[] = []
  const hide = ({ row, column }: Place) => {
    const line = hiding[row]
    if (line) line[column] = true
    places.push({ row, column })
  }
  hiding.forEach((line, row) => {
    line.forEach((isHidden, column) => {
      if (isHidden) places.push({ row, column })
    })
  })
  // Hiding more never makes a safe number derivable, so each place is settled once.
  for (const place of places) {
    while (isDerivable(table, hiding, threshold, place)) {
      const companions = companionsOf(table, hiding, place)
      if (companions.length === 0) return published(table, () => false)
      companions.forEach(hide)
    }
  }
  return published(table, ({ row, column }) => !hiding[row]?.[column])
}

const published = (table: TotalledTable, isShown: (place: Place) => boolean): PublishedTable => {
  const shown = table.map((line, row) =>
    line.map((value, column) => (isShown({ row, column }) ? value : null)),
  )
  return {
    cells: shown.slice(0, -1).map((row) => row.slice(0, -1)),
    rowTotals: shown.slice(0, -1).map((row) => row.at(-1) ?? null),
    columnTotals: shown.at(-1)?.slice(0, -1) ?? [],
    total: shown.at(-1)?.at(-1) ?? null,
  }
}

type Value = (place: Place) => number

/** Of several sets of places, none holding a 0, the one that newly hides something at the least sum. */
const cheapest = (
  sets: readonly (readonly Place[])[],
  value: Value,
  isShown: (place: Place) => boolean,
) => {
  let [best, cost]: [readonly Place[] | undefined, number] = [undefined, Infinity]
  for (const places of sets) {
    if (places.some((place) => value(place) === 0)) continue
    const added = places.filter(isShown)
    const price = added.length === 0 ? Infinity : sum(added.map(value))
    if (price < cost) [best, cost] = [added, price]
  }
  return best
}

/**
 * What to hide besides a place: the cheapest rectangle through it, by the sum of what is newly
 * hidden. As a total is not below its parts, totals go only where cells are 0. Where no rectangle is
 * left, the smallest number that is still shown.
 */
const companionsOf = (
  table: TotalledTable,
  hiding: readonly (readonly boolean[])[],
  { row, column }: Place,
): readonly Place[] => {
  const value: Value = (place) => table[place.row]?.[place.column] ?? 0
  const isShown = (place: Place) => !hiding[place.row]?.[place.column]
  const places = table.flatMap((line, at) => line.map((_, other) => ({ row: at, column: other })))
  const rectangles = places
    .filter((corner) => corner.row !== row && corner.column !== column)
    .map((corner) => [{ row, column: corner.column }, { row: corner.row, column }, corner])
  const single = places.map((place) => [place])
  return cheapest(rectangles, value, isShown) ?? cheapest(single, value, isShown) ?? []
}

export const tableMetrics = {
  'suppression.table': metric(Table, suppressTable),
} as const
