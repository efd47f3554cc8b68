import * as z from 'zod'
import { Count, metric, shape } from '../metric.ts'

/** Counts from 1 up to, not including, this are hidden; 0 is shown. */
export const Threshold = z.int().positive()

/** CMS cell size suppression policy (ResDAC): no count from 1 to 10 is shown. */
export const usualThreshold = 11

export const Cell = shape({ value: Count, threshold: Threshold.optional() })
export type Cell = z.infer<typeof Cell>

export const CountedPercent = shape({
  percent: z.number().min(0).max(100),
  n: Count,
  threshold: Threshold.optional(),
})
export type CountedPercent = z.infer<typeof CountedPercent>

export const Ward = shape({
  responses: Count,
  /** Fewest responses of which single answers are shown; 5 unless told. */
  threshold: Threshold.optional(),
})
export type Ward = z.infer<typeof Ward>

const fewestComments = 5

/** Whether a count is too small to show. */
export const isSmall = (value: number, threshold: number): boolean =>
  value > 0 && Math.round(value) < threshold

/** Whether a hidden number could be one more, for who is told which hidden numbers are small. */
export const canGain = (value: number, threshold: number): boolean => value !== threshold - 1

/** Whether it could be one less: a small one is at least 1, another at least the threshold. */
export const canLose = (value: number, threshold: number): boolean =>
  value > 1 && value !== threshold

/** A count as it may be shown on its own; `null`: hidden. */
export const suppressCell = ({ value, threshold = usualThreshold }: Cell): number | null =>
  isSmall(value, threshold) ? null : value

/**
 * A percentage of a known number as it may be shown: `null` where the count behind it, or that of
 * all others, is too small. With totals or among further groups it is `suppressShares` that decides.
 */
export const suppressPercent = (share: CountedPercent): number | null => {
  const { percent, n, threshold = usualThreshold } = share
  const count = (percent * n) / 100
  return n === 0 || isSmall(count, threshold) || isSmall(n - count, threshold) ? null : percent
}

/** What a ward may show of its responses: with fewer than 5 the score, but no answers and comments (NHS England, FFT guidance). */
export const suppressWard = ({ responses, threshold = fewestComments }: Ward) => ({
  score: responses > 0,
  comments: responses >= threshold,
})

export const cellMetrics = {
  'suppression.cell': metric(Cell, suppressCell),
  'suppression.percent': metric(CountedPercent, suppressPercent),
  'suppression.fftWard': metric(Ward, suppressWard),
} as const
