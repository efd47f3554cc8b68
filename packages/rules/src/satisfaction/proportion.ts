import type * as z from 'zod'
import {
  Confidence,
  Count,
  type Interval,
  metric,
  shape,
  usualConfidence,
  within,
} from './metric.ts'
import { betaQuantile } from './numeric/beta.ts'
import { twoSided } from './numeric/normal-quantile.ts'

/** `x` of `n` answers, and the confidence of the interval (0.95 unless told). */
export const Share = shape({ x: Count, n: Count, confidence: Confidence.optional() }).superRefine(
  within('x', 'n'),
)
export type Share = z.infer<typeof Share>

export const SharePair = shape({
  x1: Count,
  n1: Count,
  x2: Count,
  n2: Count,
  confidence: Confidence.optional(),
})
  .superRefine(within('x1', 'n1'))
  .superRefine(within('x2', 'n2'))
export type SharePair = z.infer<typeof SharePair>

/** Exact at both ends, where rounding would leave a trace, and never outside a share. */
const ends = ({ x, n }: Share, low: number, high: number): Interval => [
  x === 0 ? 0 : Math.max(0, low),
  x === n ? 1 : Math.min(1, high),
]

/**
 * The score interval of a share (Wilson 1927, JASA 22): (p + z²/2n ± z√(p(1−p)/n + z²/4n²)) ÷
 * (1 + z²/n). The interval to show unless another is asked for. `null` without answers.
 */
export const wilson = (share: Share): Interval | null => {
  const { x, n, confidence = usualConfidence } = share
  if (n === 0) return null
  const z = twoSided(confidence)
  const centre = (x + (z * z) / 2) / (n + z * z)
  const half = (z * Math.sqrt((x * (n - x)) / n + (z * z) / 4)) / (n + z * z)
  return ends(share, centre - half, centre + half)
}

/**
 * The score interval with continuity correction, for who must not promise too much (Newcombe 1998,
 * Statistics in Medicine 17, 857–872, method 4). `null` without answers.
 */
export const wilsonCorrected = (share: Share): Interval | null => {
  const { x, n, confidence = usualConfidence } = share
  if (n === 0) return null
  const z = twoSided(confidence)
  const [p, q] = [x / n, 1 - x / n]
  const bound = (side: 1 | -1) =>
    (2 * x +
      z * z +
      side +
      side * z * Math.sqrt(z * z + side * 2 - 1 / n + 4 * p * (n * q - side))) /
    (2 * (n + z * z))
  return ends(share, x === 0 ? 0 : bound(-1), x === n ? 1 : bound(1))
}

/**
 * p̃ ± z√(p̃(1−p̃)/ñ) with ñ = n + z² and p̃ = (x + z²/2)/ñ (Agresti and Coull 1998, American
 * Statistician 52, 119–126). May reach below 0 or above 1. `null` without answers.
 */
export const agrestiCoull = (share: Share): Interval | null => {
  const { x, n, confidence = usualConfidence } = share
  if (n === 0) return null
  const z = twoSided(confidence)
  const p = (x + (z * z) / 2) / (n + z * z)
  const half = z * Math.sqrt((p * (1 - p)) / (n + z * z))
  return [p - half, p + half]
}

/**
 * The exact interval, of beta quantiles (Clopper and Pearson 1934, Biometrika 26, 404–413): never
 * less sure than said. `null` without answers.
 */
export const clopperPearson = (share: Share): Interval | null => {
  const { x, n, confidence = usualConfidence } = share
  if (n === 0) return null
  const tail = (1 - confidence) / 2
  return [
    x === 0 ? 0 : betaQuantile(tail, x, n - x + 1),
    x === n ? 1 : betaQuantile(1 - tail, x + 1, n - x),
  ]
}

/**
 * The interval of p₁ − p₂ by the score intervals of both (Newcombe 1998, Statistics in Medicine 17,
 * 873–890, method 10). `null` when either has no answers.
 */
export const newcombe = ({ x1, n1, x2, n2, confidence }: SharePair): Interval | null => {
  const first = wilson({ x: x1, n: n1, confidence })
  const second = wilson({ x: x2, n: n2, confidence })
  if (!first || !second) return null
  const [p1, p2] = [x1 / n1, x2 / n2]
  return [
    p1 - p2 - Math.hypot(p1 - first[0], second[1] - p2),
    p1 - p2 + Math.hypot(first[1] - p1, p2 - second[0]),
  ]
}

export const proportionMetrics = {
  'proportion.ci.wilson': metric(Share, wilson),
  'proportion.ci.wilsonCC': metric(Share, wilsonCorrected),
  'proportion.ci.agrestiCoull': metric(Share, agrestiCoull),
  'proportion.ci.clopperPearson': metric(Share, clopperPearson),
  'proportion.difference.ci.newcombe': metric(SharePair, newcombe),
} as const
