import * as z from 'zod'
import { Confidence, Count, metric, shape, usualConfidence } from './metric.ts'
import { mean, ratio, sum, variance } from './numeric/moments.ts'
import { tQuantile } from './numeric/quantiles.ts'

const bounds = { min: z.number(), max: z.number() }

const ascending = ({ min, max }: { min: number; max: number }, context: z.RefinementCtx) => {
  if (min >= max) context.addIssue({ code: 'custom', message: 'above min expected', path: ['max'] })
}

/** A scale by its options from worst to best, by its whole-numbered ends, or by both. */
export const Scale = z.union([
  shape({
    options: z.array(z.string()).min(2),
    min: z.number().optional(),
    max: z.number().optional(),
  }).superRefine(({ options, min, max }, context) => {
    if (min !== undefined && max !== undefined && max - min !== options.length - 1) {
      context.addIssue({ code: 'custom', message: 'one option a step expected', path: ['options'] })
    }
  }),
  shape({ min: z.int(), max: z.int() }).superRefine(ascending),
])
export type Scale = z.infer<typeof Scale>

export const ScaleScores = shape({ scores: z.array(z.number()), ...bounds })
  .superRefine(ascending)
  .superRefine(({ scores, min, max }, context) => {
    scores.forEach((score, at) => {
      if (score < min || score > max) {
        context.addIssue({ code: 'custom', message: 'min to max expected', path: ['scores', at] })
      }
    })
  })
export type ScaleScores = z.infer<typeof ScaleScores>

export const ScaleCounts = z.union([
  shape({ counts0to10: z.array(Count).length(11) }),
  shape({ counts1to5: z.array(Count).length(5) }),
])
export type ScaleCounts = z.infer<typeof ScaleCounts>

export const Scores = shape({ scores: z.array(z.number()), confidence: Confidence.optional() })
export type Scores = z.infer<typeof Scores>

/** What each option of a scale is worth: 100·(X−a)/(b−a), so that any two scales compare. */
export const linearScale = (scale: Scale): number[] => {
  const steps = 'options' in scale ? scale.options.length - 1 : scale.max - scale.min
  return Array.from({ length: steps + 1 }, (_, step) => (100 * step) / steps)
}

/** The mean of the answers on the linear scale from 0 to 100. `null` without answers. */
export const linearMean = ({ scores, min, max }: ScaleScores): number | null => {
  const average = mean(scores)
  return average === null ? null : (100 * (average - min)) / (max - min)
}

/** The mean on the linear scale from 0 to 1, of answers counted by value. `null` without answers. */
export const linearMean01 = (scale: ScaleCounts): number | null => {
  const counts = 'counts0to10' in scale ? scale.counts0to10 : scale.counts1to5
  const total = sum(counts.map((count, at) => count * at))
  return ratio(total, sum(counts) * (counts.length - 1))
}

export interface MeanInterval {
  readonly mean: number
  readonly low: number
  readonly high: number
}

/** How many answers, their sum and the sum of their squares. */
export interface Moments {
  readonly n: number
  readonly sum: number
  readonly squares: number
  readonly confidence?: number | undefined
}

const intervalAround = (mean: number, variance: number, n: number, confidence: number) => {
  const reach = tQuantile((1 + confidence) / 2, n - 1) * Math.sqrt(variance / n)
  return { mean, low: mean - reach, high: mean + reach }
}

/** Mean ± t·s/√n with n−1 degrees of freedom (Student 1908, Biometrika 6). `null` below two answers. */
export const meanInterval = (answers: Scores): MeanInterval | null => {
  const { scores, confidence = usualConfidence } = answers
  const [average, spread] = [mean(scores), variance(scores)]
  if (average === null || spread === null) return null
  return intervalAround(average, spread, scores.length, confidence)
}

/** The same of sums, where the answers themselves are not at hand. */
export const meanIntervalOf = (moments: Moments): MeanInterval | null => {
  const { n, sum, squares, confidence = usualConfidence } = moments
  if (n < 2) return null
  const spread = Math.max(0, squares - (sum * sum) / n) / (n - 1)
  return intervalAround(sum / n, spread, n, confidence)
}

export const scoreMetrics = {
  'score.linearScale': metric(Scale, linearScale),
  'score.linearMean': metric(ScaleScores, linearMean),
  'score.linearMean01': metric(ScaleCounts, linearMean01),
  'score.mean.ci.t': metric(Scores, meanInterval),
} as const
