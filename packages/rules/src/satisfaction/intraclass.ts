import { FullMatrix } from './cronbach.ts'
import { metric } from './metric.ts'
import { mean, ratio, sum } from './numeric/moments.ts'

/** Of one rating (ICC1, ICC2, ICC3) and of the mean of all k (ICC1k, ICC2k, ICC3k). */
export interface IntraclassCorrelations {
  readonly ICC1: number | null
  readonly ICC2: number | null
  readonly ICC3: number | null
  readonly ICC1k: number | null
  readonly ICC2k: number | null
  readonly ICC3k: number | null
}

const middleOf = (values: readonly number[]) => mean(values) ?? 0

const squares = (values: readonly number[], from: number) =>
  sum(values.map((value) => (value - from) ** 2))

/**
 * Intraclass correlations of n subjects (rows) rated by k judges (columns), from the mean squares of
 * one-way and two-way analyses of variance (Shrout and Fleiss 1979, Psychological Bulletin 86,
 * 420–428). `null` below two subjects, and each where nothing varies.
 */
export const intraclass = ({ matrix }: FullMatrix): IntraclassCorrelations | null => {
  const n = matrix.length
  const k = matrix[0]?.length ?? 0
  if (n < 2) return null
  const middle = middleOf(matrix.flat())
  const rowMeans = matrix.map(middleOf)
  const columnMeans = Array.from({ length: k }, (_, at) =>
    middleOf(matrix.map((row) => row[at] ?? 0)),
  )
  const rows = k * squares(rowMeans, middle)
  const judges = n * squares(columnMeans, middle)
  const within = sum(matrix.map((row, at) => squares(row, rowMeans[at] ?? 0)))
  const between = rows / (n - 1)
  const inside = within / (n * (k - 1))
  const judge = judges / (k - 1)
  const error = (within - judges) / ((n - 1) * (k - 1))
  return {
    ICC1: ratio(between - inside, between + (k - 1) * inside),
    ICC2: ratio(between - error, between + (k - 1) * error + (k * (judge - error)) / n),
    ICC3: ratio(between - error, between + (k - 1) * error),
    ICC1k: ratio(between - inside, between),
    ICC2k: ratio(between - error, between + (judge - error) / n),
    ICC3k: ratio(between - error, between),
  }
}

export const intraclassMetrics = {
  'reliability.icc': metric(FullMatrix, intraclass),
} as const
