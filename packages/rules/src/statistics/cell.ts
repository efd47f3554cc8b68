import * as z from 'zod'
import { Day } from '../calendar/day.ts'

/** A sum of one measure in one period, as far as it became known on one day. */
export const Cell = z.strictObject({
  fold: z.string(),
  measure: z.string(),
  /** `YYYY-MM` or `YYYY-MM-DD`, in the hospital's zone. */
  period: z.string().regex(/^\d{4}-\d{2}(-\d{2})?$/),
  /** By dimension; the empty word where it is not known. */
  keys: z.record(z.string(), z.string()),
  known: Day,
  n: z.int(),
})
export type Cell = z.infer<typeof Cell>

/** Names a cell: two with the same name are one, their numbers added. */
export const cellName = ({ fold, measure, period, keys, known }: Cell): string =>
  JSON.stringify([fold, measure, period, Object.entries(keys).sort(), known])

/** Adds up cells of the same name, in whatever order they come; what cancels out is left away. */
export const merged = (cells: readonly Cell[]): readonly Cell[] => {
  const sums = new Map<string, Cell>()
  for (const cell of cells) {
    const name = cellName(cell)
    sums.set(name, { ...cell, n: cell.n + (sums.get(name)?.n ?? 0) })
  }
  return [...sums.values()].filter(({ n }) => n !== 0)
}

const spans = ['day', 'month', 'quarter', 'year'] as const
type Span = (typeof spans)[number]

export const isSpan = (by: string): by is Span => spans.some((span) => span === by)

const spanOf = (span: Span, period: string): string => {
  if (span === 'day') return period
  if (span === 'month') return period.slice(0, 7)
  if (span === 'year') return period.slice(0, 4)
  return `${period.slice(0, 4)}-Q${Math.ceil(Number(period.slice(5, 7)) / 3)}`
}

/** Which cells are looked at, and by what they are grouped. */
export interface Selection {
  /** First and last day, both included; cells of a month count when the month is touched. */
  readonly from?: Day | undefined
  readonly to?: Day | undefined
  /** Only what was known by then: a closed month keeps its figure. */
  readonly knownOn?: Day | undefined
  /** Accepted values by dimension. */
  readonly where?: Readonly<Record<string, string | readonly string[]>> | undefined
  /** A dimension, or `day`, `month`, `quarter` or `year`; all in one group unless told. */
  readonly by?: string | undefined
}

/** The sums of every measure in one group. */
export interface Group {
  readonly key: string
  readonly sum: (measure: string) => number
}

const isSelected = ({ period, keys, known }: Cell, { from, to, knownOn, where = {} }: Selection) =>
  (knownOn === undefined || known <= knownOn) &&
  (from === undefined || period >= from.slice(0, period.length)) &&
  (to === undefined || period <= to.slice(0, period.length)) &&
  Object.entries(where).every(([dimension, wanted]) =>
    [wanted].flat().includes(keys[dimension] ?? ''),
  )

/** Adds up the selected cells by group, in the order of the groups' names. */
export const tally = (cells: readonly Cell[], selection: Selection = {}): readonly Group[] => {
  const { by } = selection
  const groups = new Map<string, Map<string, number>>(by === undefined ? [['', new Map()]] : [])
  for (const cell of cells) {
    if (!isSelected(cell, selection)) continue
    const { measure, n, keys, period } = cell
    const key = by === undefined ? '' : isSpan(by) ? spanOf(by, period) : (keys[by] ?? '')
    const sums = groups.get(key) ?? new Map<string, number>()
    sums.set(measure, (sums.get(measure) ?? 0) + n)
    groups.set(key, sums)
  }
  return [...groups]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, sums]) => ({ key, sum: (measure) => sums.get(measure) ?? 0 }))
}
