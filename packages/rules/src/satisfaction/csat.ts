import * as z from 'zod'
import { Count, metric, shape, within } from './metric.ts'
import { mean, percent, ratio, sum } from './numeric/moments.ts'

export const Positives = shape({ positive: Count, total: Count }).superRefine(
  within('positive', 'total'),
)
export type Positives = z.infer<typeof Positives>

export const FiveCounts = shape({ counts1to5: z.array(Count).length(5) })
export type FiveCounts = z.infer<typeof FiveCounts>

export const ScoresUpTo = shape({
  scores: z.array(z.number().min(0)),
  scaleMax: z.number().positive(),
}).superRefine(({ scores, scaleMax }, context) => {
  scores.forEach((score, at) => {
    if (score > scaleMax) {
      context.addIssue({ code: 'custom', message: 'at most scaleMax', path: ['scores', at] })
    }
  })
})
export type ScoresUpTo = z.infer<typeof ScoresUpTo>

export const SatisfiedCounts = shape({
  verySatisfied: Count,
  satisfied: Count,
  neutral: Count,
  dissatisfied: Count,
  veryDissatisfied: Count,
})
export type SatisfiedCounts = z.infer<typeof SatisfiedCounts>

export const SevenCounts = shape({ counts1to7: z.array(Count).length(7) })
export type SevenCounts = z.infer<typeof SevenCounts>

export const Percents = shape({ scores: z.array(z.number().min(0).max(100)) })
export type Percents = z.infer<typeof Percents>

/** CSAT as the share of positive answers, in percent. `null` without answers. */
export const topBoxPercent = ({ positive, total }: Positives): number | null =>
  percent(positive, total)

/** CSAT as the share of 4 and 5 on a five-point scale, in percent. `null` without answers. */
export const topTwoOfFive = ({ counts1to5 }: FiveCounts): number | null =>
  percent(sum(counts1to5.slice(3)), sum(counts1to5))

/** CSAT as the sum of the scores in percent of the most that could be given. `null` without answers. */
export const sumOverMaxPercent = ({ scores, scaleMax }: ScoresUpTo): number | null =>
  percent(sum(scores), scores.length * scaleMax)

/** 满意率: very satisfied and satisfied among all valid answers, in percent. `null` without answers. */
export const satisfiedShare = (counts: SatisfiedCounts): number | null =>
  percent(counts.verySatisfied + counts.satisfied, sum(Object.values(counts)))

/** The mean of scores given out of 100, as local 满意度 is quoted. `null` without answers. */
export const meanOf100 = ({ scores }: Percents): number | null => mean(scores)

/**
 * Customer effort on 1–7, where 7 agrees that it was made easy (Dixon, Freeman and Toman 2010,
 * Harvard Business Review 88): the mean, and the percentage of 5 to 7. `null` without answers.
 */
export const customerEffort = ({ counts1to7 }: SevenCounts) => {
  const n = sum(counts1to7)
  const average = ratio(sum(counts1to7.map((count, at) => count * (at + 1))), n)
  const agree = percent(sum(counts1to7.slice(4)), n)
  return average === null || agree === null ? null : { mean: average, pctAgree5to7: agree }
}

export const csatMetrics = {
  'csat.topBoxPercent': metric(Positives, topBoxPercent),
  'csat.topTwoOfFive': metric(FiveCounts, topTwoOfFive),
  'csat.sumOverMaxPercent': metric(ScoresUpTo, sumOverMaxPercent),
  'csat.satisfiedShare': metric(SatisfiedCounts, satisfiedShare),
  'csat.mean100': metric(Percents, meanOf100),
  'ces.mean': metric(SevenCounts, customerEffort),
} as const
