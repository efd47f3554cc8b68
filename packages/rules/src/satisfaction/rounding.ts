import * as z from 'zod'
import { Count, metric, shape } from './metric.ts'
import { sum } from './numeric/moments.ts'

export const Values = shape({ values: z.array(z.number()) })
export type Values = z.infer<typeof Values>

export const Counts = shape({ counts: z.array(Count) })
export type Counts = z.infer<typeof Counts>

/** Moves the decimal point of the written number, which its binary value would do inexactly. */
const shifted = (value: number, places: number) => {
  const [digits = '', exponent = '0'] = `${value}`.split('e')
  return Number(`${digits}e${Number(exponent) + places}`)
}

/** Half away from zero, as the number is written: 0.35 becomes 0.4. For display only. */
export const roundHalfUp = (value: number, places: number): number =>
  Math.sign(value) * shifted(Math.round(shifted(Math.abs(value), places)), -places)

/** Each value to one decimal, half up, as published section scores are printed. */
export const roundToOneDecimal = ({ values }: Values): number[] =>
  values.map((value) => roundHalfUp(value, 1))

/**
 * Whole percentages that add up to 100: each rounded down, what is left going to the largest
 * remainders, ties to the earlier (Hamilton's method). `null` without answers.
 */
export const wholePercents = ({ counts }: Counts): number[] | null => {
  const n = sum(counts)
  if (n === 0) return null
  const floors = counts.map((count) => Math.floor((100 * count) / n))
  const favoured = counts
    .map((count, at) => ({ at, remainder: (100 * count) % n }))
    .sort((a, b) => b.remainder - a.remainder || a.at - b.at)
    .slice(0, 100 - sum(floors))
  for (const { at } of favoured) floors[at] = (floors[at] ?? 0) + 1
  return floors
}

export const roundingMetrics = {
  'composite.round1dp': metric(Values, roundToOneDecimal),
  'score.wholePercents': metric(Counts, wholePercents),
} as const
