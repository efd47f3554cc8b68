import * as z from 'zod'
import { Count, metric, shape } from '../metric.ts'
import { sum } from '../numeric/moments.ts'
import { canGain, canLose, isSmall, Threshold, usualThreshold } from './cell.ts'

export const Row = shape({
  cells: z.array(Count),
  /** Absent where none is shown: then nothing can be subtracted. */
  total: Count.optional(),
  threshold: Threshold.optional(),
}).superRefine(({ cells, total }, context) => {
  if (total !== undefined && total < sum(cells)) {
    context.addIssue({ code: 'custom', message: 'at least the cells expected', path: ['total'] })
  }
})
export type Row = z.infer<typeof Row>

export interface PublishedRow {
  readonly cells: readonly (number | null)[]
  readonly total: number | null
}

/**
 * A row of counts beside its total as both may be shown: small ones are hidden, and then the smallest
 * others, until no hidden number follows from what is shown, not even for who knows this very rule. A
 * total that is small itself, or that would give the rest away, is hidden too.
 */
export const suppressRow = ({ cells, total, threshold = usualThreshold }: Row): PublishedRow => {
  // Zeros last: they are shown while anything else can be hidden.
  const order = cells
    .map((value, at) => ({ value, at }))
    .sort((a, b) => (a.value || Infinity) - (b.value || Infinity) || a.at - b.at)
  const values = order.map(({ value }) => value)
  const small = values.filter((value) => isSmall(value, threshold)).length
  let count = small
  if (small > 0 && total !== undefined) {
    while (count < cells.length && !isAmbiguous(values, count, threshold)) count += 1
  }
  const hidden = new Set(order.slice(0, count).map(({ at }) => at))
  const isTotalShown =
    total !== undefined &&
    !isSmall(total, threshold) &&
    (count === 0 || isAmbiguous(values, count, threshold))
  return {
    cells: cells.map((value, at) => (hidden.has(at) ? null : value)),
    total: isTotalShown ? total : null,
  }
}

/**
 * Whether the first so many values, hidden beside their sum, could be others in every place: by the
 * sum, for who is told which of them are small, and by the rule, for who knows it. As equal numbers
 * are hidden together, two different ones could have changed places; equal small ones could differ
 * by 1, unless one would then not be hidden.
 */
const isAmbiguous = (values: readonly number[], count: number, threshold: number): boolean => {
  const hidden = values.slice(0, count)
  const isOpenBySum = hidden.every((value, at) =>
    hidden.some(
      (other, place) =>
        place !== at &&
        ((canGain(value, threshold) && canLose(other, threshold)) ||
          (canLose(value, threshold) && canGain(other, threshold))),
    ),
  )
  const [least, most, next] = [hidden[0], hidden.at(-1), values[count]]
  const isOpenByRule = !next || (least === most ? least !== threshold - 1 : next !== most)
  return count > 1 && isOpenBySum && isOpenByRule
}

export const rowMetrics = {
  'suppression.row': metric(Row, (row) => suppressRow(row).cells),
} as const
