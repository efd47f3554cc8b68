import * as z from 'zod'
import { metric, shape } from '../metric.ts'
import { mean } from '../numeric/moments.ts'
import { movingRangeFactor, movingRanges } from './attribute-charts.ts'

/** `3/1.128` as NIST computes it, or the rounded 2.66 of the NHS; their third decimals differ. */
const SigmaFactor = z.union([z.enum(['3/1.128', '2.66']), z.number().positive()])

export const Individuals = shape({
  values: z.array(z.number()),
  /** 2.66 unless told. */
  sigmaFactor: SigmaFactor.optional(),
})
export type Individuals = z.infer<typeof Individuals>

export const ScreenedIndividuals = shape({
  values: z.array(z.number()),
  /** Leaves out moving ranges that are themselves outliers; yes unless told. */
  screenOutliers: z.boolean().optional(),
  /** 2.66 unless told. */
  factor: z.number().positive().optional(),
})
export type ScreenedIndividuals = z.infer<typeof ScreenedIndividuals>

export const RebasedIndividuals = shape({
  ...ScreenedIndividuals.shape,
  /** Positions, counted from 0, at which a recorded change starts new limits. */
  rebaseAt: z.array(z.int().positive()),
})
export type RebasedIndividuals = z.infer<typeof RebasedIndividuals>

export interface XmrLimits {
  readonly center: number
  readonly mrBar: number
  readonly lower: number
  readonly upper: number
  /** What the mean moving range was multiplied by. */
  readonly factor: number
}

const usualFactor = 2.66

/** Upper limit of a moving range, in mean moving ranges. */
const rangeLimit = 3.267

const limits = (
  values: readonly number[],
  factor: number,
  isScreened: boolean,
): XmrLimits | null => {
  const center = mean(values)
  const ranges = movingRanges(values)
  const first = mean(ranges)
  if (center === null || first === null) return null
  // Ranges that are all 0 have no outliers, though none lies below the limit.
  const kept =
    isScreened && first > 0 ? ranges.filter((range) => range < rangeLimit * first) : ranges
  const mrBar = mean(kept) ?? first
  return { center, mrBar, lower: center - factor * mrBar, upper: center + factor * mrBar, factor }
}

const read = (factor: z.infer<typeof SigmaFactor>) =>
  factor === '3/1.128' ? 3 / movingRangeFactor : Number(factor)

/**
 * The chart of individual values: x̄ ± factor × mean moving range (Shewhart; NIST/SEMATECH e-Handbook
 * of Statistical Methods, 6.3.2.2). `null` below two values.
 */
export const xmr = ({ values, sigmaFactor = usualFactor }: Individuals): XmrLimits | null =>
  limits(values, read(sigmaFactor), false)

/**
 * The same as the NHS draws it: moving ranges of 3.267 times their mean and more are left out once,
 * then the mean is taken again (NHS England, Making Data Count). `null` below two values.
 */
export const xmrScreened = (series: ScreenedIndividuals): XmrLimits | null => {
  const { values, screenOutliers = true, factor = usualFactor } = series
  return limits(values, factor, screenOutliers)
}

/** Limits of their own for every phase between recorded changes; `null` for a phase below two values. */
export const xmrRebased = ({ values, rebaseAt, ...how }: RebasedIndividuals) => {
  const starts = [...new Set([0, ...rebaseAt])].filter((at) => at < values.length)
  const phases = starts.toSorted((a, b) => a - b)
  return phases.map((from, at) => ({
    from,
    limits: xmrScreened({ ...how, values: values.slice(from, phases[at + 1]) }),
  }))
}

export const xmrMetrics = {
  'spc.xmr': metric(Individuals, xmr),
  'spc.xmr.nhs': metric(ScreenedIndividuals, xmrScreened),
  'spc.xmr.rebased': metric(RebasedIndividuals, xmrRebased),
} as const
