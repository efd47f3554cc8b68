import * as z from 'zod'
import { metric, shape } from '../metric.ts'
import { xmrScreened } from './xmr.ts'

export const CenteredSeries = shape({ values: z.array(z.number()), center: z.number() })
export type CenteredSeries = z.infer<typeof CenteredSeries>

export const Series = shape({ values: z.array(z.number()) })
export type Series = z.infer<typeof Series>

export const LimitedSeries = shape({
  values: z.array(z.number()),
  center: z.number(),
  lower: z.number(),
  upper: z.number(),
}).superRefine(({ center, lower, upper }, context) => {
  if (lower > center || center > upper) {
    context.addIssue({ code: 'custom', message: 'lower, center, upper expected', path: ['center'] })
  }
})
export type LimitedSeries = z.infer<typeof LimitedSeries>

export type Signal = 'outside' | 'trend' | 'two_in_three' | 'run' | 'common_cause'

const longEnough = 7

/** How many in a row, up to each value, go the same way by their signs; 0 goes no way. */
const rowLengths = (signs: readonly number[]): number[] => {
  let length = 0
  return signs.map((sign, at) => {
    length = sign === 0 ? 0 : sign === signs[at - 1] ? length + 1 : 1
    return length
  })
}

const runs = ({ values, center }: CenteredSeries) =>
  rowLengths(values.map((value) => Math.sign(value - center))).map((length) => length >= longEnough)

/** Seven values that rise, or fall, take six steps. */
const trends = (values: readonly number[]) =>
  rowLengths(values.map((value, at) => Math.sign(value - (values[at - 1] ?? value)))).map(
    (length) => length >= longEnough - 1,
  )

/** On which side a value lies beyond two thirds of the way to its limit; 0: on neither. */
const nearLimit = (value: number, { center, lower, upper }: Omit<LimitedSeries, 'values'>) => {
  if (value > center + ((upper - center) * 2) / 3) return 1
  return value < center - ((center - lower) * 2) / 3 ? -1 : 0
}

const twoInThree = ({ values, ...limits }: LimitedSeries) => {
  const sides = values.map((value) => nearLimit(value, limits))
  return sides.map((side, at) => side !== 0 && sides.slice(Math.max(0, at - 2), at).includes(side))
}

/** Whether seven values in a row lie on the same side of the centre; on it is on neither. */
export const hasRunOfSeven = (series: CenteredSeries): boolean => runs(series).includes(true)

/** Whether seven values in a row rise, or fall. */
export const hasTrendOfSeven = ({ values }: Series): boolean => trends(values).includes(true)

/**
 * Of the last two values, by the screened limits of the series itself: what two of three beyond two
 * thirds of the way to the same limit say of each, and whether both lie so near to one or the other.
 */
export const twoOfThree = ({ values }: Series) => {
  const limits = xmrScreened({ values })
  if (!limits) return null
  const { center, lower, upper } = limits
  const isSignal = twoInThree({ values, center, lower, upper }).slice(-2)
  const last = values.slice(-2)
  return {
    last2: isSignal.map((is) => (is ? 'special_cause' : 'common_cause')),
    bothNearLimits: last.every((value) => nearLimit(value, { center, lower, upper }) !== 0),
  }
}

/**
 * Each value's signal against fixed limits, the strongest first: outside the limits, seven rising or
 * falling, two of three near one limit, seven on one side (NHS England, Making Data Count). A value
 * is judged by those before it only, so no further value changes what was said.
 */
export const signals = (series: LimitedSeries): Signal[] => {
  const { values, center, lower, upper } = series
  const found = { trend: trends(values), near: twoInThree(series), run: runs({ values, center }) }
  return values.map((value, at) => {
    if (value < lower || value > upper) return 'outside'
    if (found.trend[at]) return 'trend'
    if (found.near[at]) return 'two_in_three'
    return found.run[at] ? 'run' : 'common_cause'
  })
}

export const signalMetrics = {
  'spc.rule.run7': metric(CenteredSeries, hasRunOfSeven),
  'spc.rule.trend7': metric(Series, hasTrendOfSeven),
  'spc.rule.twoOfThree': metric(Series, twoOfThree),
  'spc.signals': metric(LimitedSeries, signals),
} as const
