import * as z from 'zod'
import { eventRate } from '../satisfaction/count.ts'
import { npsInterval } from '../satisfaction/nps.ts'
import { wilson } from '../satisfaction/proportion.ts'
import { meanIntervalOf } from '../satisfaction/score.ts'
import type { Group } from './cell.ts'

const Word = z.string().min(1)

/** What is made of sums: a share in percent, a rate, a mean, an NPS, or the sum itself. */
export const Indicator = z.discriminatedUnion('kind', [
  z.strictObject({ id: Word, kind: z.literal('share'), over: Word, under: Word }),
  z.strictObject({
    id: Word,
    kind: z.literal('rate'),
    over: Word,
    under: Word,
    per: z.number().positive(),
  }),
  z.strictObject({ id: Word, kind: z.literal('mean'), sum: Word, squares: Word, count: Word }),
  z.strictObject({
    id: Word,
    kind: z.literal('nps'),
    promoters: Word,
    passives: Word,
    detractors: Word,
  }),
  z.strictObject({ id: Word, kind: z.literal('count'), of: Word }),
])
export type Indicator = z.infer<typeof Indicator>

/** A figure with its 95 % interval and what it was made of. Undefined figures are `null`, never 0. */
export interface Figure {
  readonly value: number | null
  readonly low: number | null
  readonly high: number | null
  /** What the figure is of: the counted among all of `under`. */
  readonly over: number
  /** `null` for a plain sum. */
  readonly under: number | null
}

const undefinedFigure = { value: null, low: null, high: null }

const shareOf = (over: number, under: number): Figure => {
  if (under <= 0) return { ...undefinedFigure, over, under }
  // More than all, or less than none, can only be facts still on their way.
  const interval = over < 0 || over > under ? null : wilson({ x: over, n: under })
  const [low, high] = interval ? [100 * interval[0], 100 * interval[1]] : [null, null]
  return { value: (100 * over) / under, low, high, over, under }
}

const rateOf = (over: number, under: number, per: number): Figure => {
  const found = under <= 0 || over < 0 ? null : eventRate({ count: over, denominator: under, per })
  const { rate: value, low, high } = found ?? { rate: null, low: null, high: null }
  return { value, low, high, over, under }
}

/** Makes the figure of a group: shares by Wilson, rates by Byar, means by Student, NPS by Wald. */
export const figureOf = (indicator: Indicator, { sum }: Group): Figure => {
  if (indicator.kind === 'count') {
    const over = sum(indicator.of)
    return { value: over, low: null, high: null, over, under: null }
  }
  if (indicator.kind === 'share') return shareOf(sum(indicator.over), sum(indicator.under))
  if (indicator.kind === 'rate') {
    return rateOf(sum(indicator.over), sum(indicator.under), indicator.per)
  }
  if (indicator.kind === 'mean') {
    const [over, under] = [sum(indicator.sum), sum(indicator.count)]
    const found = meanIntervalOf({ n: under, sum: over, squares: sum(indicator.squares) })
    const { low = null, high = null } = found ?? {}
    return { value: under > 0 ? over / under : null, low, high, over, under }
  }
  return recommendationOf(
    sum(indicator.promoters),
    sum(indicator.passives),
    sum(indicator.detractors),
  )
}

const recommendationOf = (promoters: number, passives: number, detractors: number): Figure => {
  const [over, under] = [promoters - detractors, promoters + passives + detractors]
  const isWhole = Math.min(promoters, passives, detractors) >= 0
  const found = isWhole ? npsInterval({ promoters, passives, detractors }) : null
  if (!found) return { ...undefinedFigure, over, under }
  return { value: found.nps, low: found.low, high: found.high, over, under }
}
