import * as z from 'zod'
import { Count, metric, shape, within } from './metric.ts'
import { ratio, sum } from './numeric/moments.ts'

export const WeightedAnswers = shape({
  weights: z.array(z.number().min(0)),
  y: z.array(z.number()),
}).superRefine(({ weights, y }, context) => {
  if (weights.length !== y.length) {
    context.addIssue({
      code: 'custom',
      message: 'one weight an answer expected',
      path: ['weights'],
    })
  }
})
export type WeightedAnswers = z.infer<typeof WeightedAnswers>

/** Shares of the population, which add up to 1, with the answers and the top ones of each. */
export const Strata = shape({
  strata: z.array(
    shape({ popShare: z.number().min(0).max(1), n: Count, top: Count }).superRefine(
      within('top', 'n'),
    ),
  ),
}).superRefine(({ strata }, context) => {
  if (Math.abs(sum(strata.map(({ popShare }) => popShare)) - 1) > 1e-6) {
    context.addIssue({
      code: 'custom',
      message: 'shares adding up to 1 expected',
      path: ['strata'],
    })
  }
})
export type Strata = z.infer<typeof Strata>

export const CappedWeights = shape({
  weights: z.array(z.number().min(0)),
  /** No weight above so many times their mean. */
  atMost: z.number().positive(),
})
export type CappedWeights = z.infer<typeof CappedWeights>

/**
 * The weighted mean, the number of equal answers it is worth, (Σw)²/Σw², and the design effect,
 * nΣw²/(Σw)² (Kish 1965, Survey Sampling). `null` without weight.
 */
export const kish = ({ weights, y }: WeightedAnswers) => {
  const total = sum(weights)
  const squares = sum(weights.map((weight) => weight ** 2))
  const mean = ratio(sum(weights.map((weight, at) => weight * (y[at] ?? 0))), total)
  if (mean === null) return null
  return { mean, nEff: total ** 2 / squares, deff: (weights.length * squares) / total ** 2 }
}

/**
 * A share as if every stratum had answered by its size: Σ W p, with Var = Σ W² p(1−p)/(n−1)
 * (Cochran 1977, Sampling Techniques, ch. 5), beside the unweighted one, in percent. `null` where a
 * stratum that counts has no answers; `se` alone where one has a single answer.
 */
export const postStratified = ({ strata }: Strata) => {
  const counting = strata.filter(({ popShare }) => popShare > 0)
  if (counting.length === 0 || counting.some(({ n }) => n === 0)) return null
  const share = sum(counting.map(({ popShare, n, top }) => (popShare * top) / n))
  const spread = sum(
    counting.map(({ popShare, n, top }) => (popShare ** 2 * (top / n) * (1 - top / n)) / (n - 1)),
  )
  const answers = sum(strata.map(({ n }) => n))
  return {
    pct: 100 * share,
    se: counting.some(({ n }) => n === 1) ? null : 100 * Math.sqrt(spread),
    unweighted: (100 * sum(strata.map(({ top }) => top))) / answers,
  }
}

/** Weights cut at a multiple of their mean, so that no answer speaks for too many. */
export const capWeights = ({ weights, atMost }: CappedWeights): number[] => {
  const cap = (atMost * sum(weights)) / weights.length
  return weights.map((weight) => Math.min(weight, cap))
}

export const weightingMetrics = {
  'weighting.kish': metric(WeightedAnswers, kish),
  'weighting.postStratified': metric(Strata, postStratified),
  'weighting.capped': metric(CappedWeights, capWeights),
} as const
