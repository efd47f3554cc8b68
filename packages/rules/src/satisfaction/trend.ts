import * as z from 'zod'
import { Count, metric, shape, within } from './metric.ts'
import { percent } from './numeric/moments.ts'

export const TwoPeriods = shape({ previous: z.number(), current: z.number() })
export type TwoPeriods = z.infer<typeof TwoPeriods>

export const TwoShares = shape({ x1: Count, n1: Count, x2: Count, n2: Count })
  .superRefine(within('x1', 'n1'))
  .superRefine(within('x2', 'n2'))
export type TwoShares = z.infer<typeof TwoShares>

/** (current − previous) in percent of the size of previous. `null` when that is 0. */
export const relativeChangePercent = ({ previous, current }: TwoPeriods): number | null =>
  percent(current - previous, Math.abs(previous))

/**
 * (p₁−p₂)/√(p(1−p)(1/n₁+1/n₂)) with the pooled share p: the z of two shares being the same (Fleiss,
 * Levin and Paik 2003, Statistical Methods for Rates and Proportions). `null` without answers or when
 * all of them agree.
 */
export const twoProportionZ = ({ x1, n1, x2, n2 }: TwoShares): number | null => {
  const pooled = (x1 + x2) / (n1 + n2)
  const error = Math.sqrt(pooled * (1 - pooled) * (1 / n1 + 1 / n2))
  return error > 0 && Number.isFinite(error) ? (x1 / n1 - x2 / n2) / error : null
}

export const trendMetrics = {
  'trend.relativeChangePercent': metric(TwoPeriods, relativeChangePercent),
  'trend.twoProportionZ': metric(TwoShares, twoProportionZ),
} as const
