import * as z from 'zod'
import { Count, metric, shape } from './metric.ts'
import { twoSided } from './numeric/normal-quantile.ts'

/** The share of all units together, in percent, and the answers of one unit. */
export const FunnelPoint = shape({ baselinePct: z.number().min(0).max(100), n: Count })
export type FunnelPoint = z.infer<typeof FunnelPoint>

export interface FunnelLimits {
  readonly low95: number
  readonly high95: number
  readonly low998: number
  readonly high998: number
}

/**
 * Where a unit of `n` answers lies by chance alone, in percent: p₀ ± z√(p₀(1−p₀)/n) at 95 % and
 * 99.8 %, kept within 0 to 100 (Spiegelhalter 2005, Statistics in Medicine 24, 1185–1202). `null`
 * without answers.
 */
export const funnelLimits = ({ baselinePct, n }: FunnelPoint): FunnelLimits | null => {
  if (n === 0) return null
  const error = Math.sqrt((baselinePct * (100 - baselinePct)) / n)
  const at = (reach: number) => Math.min(100, Math.max(0, baselinePct + reach * error))
  const [warning, alarm] = [twoSided(0.95), twoSided(0.998)]
  return { low95: at(-warning), high95: at(warning), low998: at(-alarm), high998: at(alarm) }
}

export const funnelMetrics = {
  'proportion.funnel.limits': metric(FunnelPoint, funnelLimits),
} as const
