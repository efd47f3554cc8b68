import * as z from 'zod'
import { Count, metric, shape } from './metric.ts'
import { mean, sum } from './numeric/moments.ts'

const Star = z.int().min(1).max(5)

export const MeasureStars = shape({
  composites: z.array(Star),
  clean: Star,
  quiet: Star,
  rating: Star,
  recommend: Star,
})
export type MeasureStars = z.infer<typeof MeasureStars>

export const Completes = shape({ completed: Count })
export type Completes = z.infer<typeof Completes>

/** A linear score and the four lowest scores of two to five stars in this release, ascending. */
export const ScoreAndCuts = shape({
  score: z.number(),
  cutPoints: z.tuple([z.number(), z.number(), z.number(), z.number()]),
})
export type ScoreAndCuts = z.infer<typeof ScoreAndCuts>

export const MixAdjustment = shape({
  raw: z.number(),
  /** One a characteristic: its coefficient, and its mean in the hospital and in the nation. */
  adjusters: z.array(shape({ beta: z.number(), hospital: z.number(), national: z.number() })),
})
export type MixAdjustment = z.infer<typeof MixAdjustment>

const fewestCompletes = 100

/** Whether a hospital has the 100 completed surveys in four quarters that stars need (CMS, HCAHPS star ratings). */
export const isStarEligible = ({ completed }: Completes): boolean => completed >= fewestCompletes

/**
 * The summary star: the mean of every composite's star, of clean and quiet taken together, and of
 * rating and recommendation taken together, rounded half up (CMS, HCAHPS star ratings).
 */
export const summaryStar = ({ composites, clean, quiet, rating, recommend }: MeasureStars) => {
  const average = mean([...composites, (clean + quiet) / 2, (rating + recommend) / 2]) ?? 0
  return { average, stars: Math.round(average) }
}

/** The star of a linear score by the cut points of the release, which change and so are data. */
export const starOf = ({ score, cutPoints }: ScoreAndCuts): number =>
  1 + cutPoints.filter((cut) => score >= cut).length

/**
 * A score as if the hospital had the nation's patients: raw − Σβ(x̄ hospital − x̄ national)
 * (Elliott et al. 2009, Health Services Research 44, 501–518).
 */
export const mixAdjusted = ({ raw, adjusters }: MixAdjustment): number =>
  raw - sum(adjusters.map(({ beta, hospital, national }) => beta * (hospital - national)))

export const starMetrics = {
  'hcahps.summaryStar': metric(MeasureStars, summaryStar),
  'hcahps.starEligible': metric(Completes, isStarEligible),
  'hcahps.star': metric(ScoreAndCuts, starOf),
  'hcahps.patientMixAdjusted': metric(MixAdjustment, mixAdjusted),
} as const
