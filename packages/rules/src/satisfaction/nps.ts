import * as z from 'zod'
import { Confidence, Count, metric, shape, usualConfidence } from './metric.ts'
import { percent, sum } from './numeric/moments.ts'
import { twoSided } from './numeric/normal-quantile.ts'

/** Who answered 9–10, 7–8 and 0–6. Who dismissed the question is never in the denominator. */
export const Recommenders = shape({
  promoters: Count,
  passives: Count,
  detractors: Count,
  dismissed: Count.optional(),
  confidence: Confidence.optional(),
})
export type Recommenders = z.infer<typeof Recommenders>

export const RecommendHistogram = shape({ counts0to10: z.array(Count).length(11) })
export type RecommendHistogram = z.infer<typeof RecommendHistogram>

/** 100·(P−D)/(P+S+D), from −100 to 100 (Reichheld 2003, Harvard Business Review 81). `null` without answers. */
export const npsScore = ({ promoters, passives, detractors }: Recommenders): number | null =>
  percent(promoters - detractors, promoters + passives + detractors)

export interface NpsVariance {
  readonly nps: number
  /** Of one answer coded 1, 0 or −1. */
  readonly var: number
}

/** p₊(1−m)² + p₀m² + p₋(1+m)² with m = p₊ − p₋: the variance of a three-valued answer. `null` without answers. */
export const npsVariance = (answers: Recommenders): NpsVariance | null => {
  const { promoters, passives, detractors } = answers
  const n = promoters + passives + detractors
  const nps = npsScore(answers)
  if (nps === null) return null
  const m = (promoters - detractors) / n
  const squares = promoters * (1 - m) ** 2 + passives * m ** 2 + detractors * (1 + m) ** 2
  return { nps, var: squares / n }
}

export interface NpsInterval {
  readonly nps: number
  readonly se: number
  readonly low: number
  readonly high: number
}

/** NPS ± z·100√(Var/n), the interval of Wald. `null` without answers. */
export const npsInterval = (answers: Recommenders): NpsInterval | null => {
  const { promoters, passives, detractors, confidence = usualConfidence } = answers
  const found = npsVariance(answers)
  if (!found) return null
  const se = 100 * Math.sqrt(found.var / (promoters + passives + detractors))
  const reach = twoSided(confidence) * se
  return { nps: found.nps, se, low: found.nps - reach, high: found.nps + reach }
}

/** Sorts answers from 0 to 10 into promoters, passives and detractors, and scores them. */
export const npsOfHistogram = ({ counts0to10 }: RecommendHistogram) => {
  const groups = {
    promoters: sum(counts0to10.slice(9)),
    passives: sum(counts0to10.slice(7, 9)),
    detractors: sum(counts0to10.slice(0, 7)),
  }
  return { ...groups, nps: npsScore(groups) }
}

export const npsMetrics = {
  'nps.score': metric(Recommenders, npsScore),
  'nps.variance': metric(Recommenders, npsVariance),
  'nps.ci.wald': metric(Recommenders, npsInterval),
  'nps.fromHistogram': metric(RecommendHistogram, npsOfHistogram),
} as const
