import * as z from 'zod'
import { Confidence, type Interval, metric, shape, usualConfidence } from './metric.ts'
import { crossDeviation, mean } from './numeric/moments.ts'
import { twoSided } from './numeric/normal-quantile.ts'

const sameLength = ({ x, y }: { x: number[]; y: number[] }, context: z.RefinementCtx) => {
  if (x.length !== y.length) {
    context.addIssue({ code: 'custom', message: 'as many as x expected', path: ['y'] })
  }
}

/** Two answers each of the same respondents, in the same order. */
export const Pairs = shape({
  x: z.array(z.number()),
  y: z.array(z.number()),
  confidence: Confidence.optional(),
}).superRefine(sameLength)
export type Pairs = z.infer<typeof Pairs>

export const Attributes = shape({
  importance: z.array(z.number()),
  performance: z.array(z.number()),
}).superRefine(({ importance, performance }, context) => {
  if (importance.length !== performance.length) {
    context.addIssue({ code: 'custom', message: 'one each expected', path: ['performance'] })
  }
})
export type Attributes = z.infer<typeof Attributes>

const correlate = (x: readonly number[], y: readonly number[]): number | null => {
  const scale = Math.sqrt(crossDeviation(x, x) * crossDeviation(y, y))
  return scale === 0 ? null : Math.max(-1, Math.min(1, crossDeviation(x, y) / scale))
}

/** tanh(atanh r ± z/√(n−3)) (Fisher 1915, Biometrika 10). `null` below four pairs. */
const fisherInterval = (r: number, n: number, confidence: number): Interval | null => {
  if (n < 4) return null
  const reach = twoSided(confidence) / Math.sqrt(n - 3)
  return [Math.tanh(Math.atanh(r) - reach), Math.tanh(Math.atanh(r) + reach)]
}

/**
 * Pearson's r with Fisher's interval, and the least-squares line of y on x. It says how two answers
 * go together, not that one causes the other. `null` where either does not vary.
 */
export const correlation = ({ x, y, confidence = usualConfidence }: Pairs) => {
  const r = correlate(x, y)
  const [middleX, middleY] = [mean(x), mean(y)]
  if (r === null || middleX === null || middleY === null) return null
  const slope = crossDeviation(x, y) / crossDeviation(x, x)
  const ci = fisherInterval(r, x.length, confidence)
  return { r, slope, intercept: middleY - slope * middleX, ci }
}

/** Ranks from 1; equal values share the mean of theirs. */
const ranks = (values: readonly number[]): number[] => {
  const sorted = values.toSorted((a, b) => a - b)
  return values.map((value) => (sorted.indexOf(value) + sorted.lastIndexOf(value)) / 2 + 1)
}

/** Spearman's rho: Pearson's r of the ranks (Spearman 1904). `null` where either does not vary. */
export const spearman = ({ x, y }: Pairs): number | null => correlate(ranks(x), ranks(y))

export type Quadrant = 'improve' | 'keep' | 'low-priority' | 'possible-overkill'

/**
 * Importance–performance analysis (Martilla and James 1977, Journal of Marketing 41, 77–79), with
 * the crosshairs at the means; what lies on one counts as important, or as well performed.
 */
export const importancePerformance = ({ importance, performance }: Attributes): Quadrant[] => {
  const [middleImportance, middlePerformance] = [mean(importance) ?? 0, mean(performance) ?? 0]
  return importance.map((value, at) => {
    const isGood = (performance[at] ?? 0) >= middlePerformance
    if (value >= middleImportance) return isGood ? 'keep' : 'improve'
    return isGood ? 'possible-overkill' : 'low-priority'
  })
}

export const driverMetrics = {
  'driver.correlation': metric(Pairs, correlation),
  'driver.spearman': metric(Pairs, spearman),
  'driver.ipa': metric(Attributes, importancePerformance),
} as const
