import {
  addDecimals,
  compareDecimals,
  type Decimal,
  readDecimal,
  roundDecimal,
} from '../condition/decimal.ts'
import type { TierSet } from './rule-set.ts'

type Tier = TierSet['tiers'][number]
type Step = NonNullable<TierSet['steps']>[number]

const zero: Decimal = { digits: 0n, scale: 0 }
const times = (a: Decimal, b: Decimal): Decimal => ({
  digits: a.digits * b.digits,
  scale: a.scale + b.scale,
})
const minus = (a: Decimal, b: Decimal) => addDecimals(a, { digits: -b.digits, scale: b.scale })
const isAbove = (a: Decimal, b: Decimal) => compareDecimals(a, b) > 0
const smaller = (a: Decimal, b: Decimal) => (isAbove(a, b) ? b : a)
const larger = (a: Decimal, b: Decimal) => (isAbove(a, b) ? a : b)
const read = (text: string | null | undefined) => (text ? readDecimal(text) : null)

/** What one tier or step contributes, exact and not yet rounded. */
export interface TierLine {
  readonly id: string
  /** The part of the amount that it rates; the whole amount for a step. */
  readonly base: Decimal
  readonly amount: Decimal
}

/** What an amount comes to. */
export interface Rated {
  /** The place of the tier in which the amount lies. */
  readonly place: number
  /** After cap and floor, rounded to the scale of the set. */
  readonly total: Decimal
  readonly lines: readonly TierLine[]
}

/** The meaning of a tier set: tier by tier, in exact decimals. */
export const rateTiers = (set: TierSet, amount: Decimal): Rated => {
  const place = placeOf(set, amount)
  const { scale, mode } = set.round
  if (!isAbove(amount, zero)) return { place, total: roundDecimal(zero, scale, mode), lines: [] }
  const rated = set.tiers.flatMap((tier, at) =>
    set.mode === 'graduated'
      ? graduated(tier, read(set.tiers[at - 1]?.upTo) ?? zero, amount)
      : at === place
        ? [lineOf(tier, amount)]
        : [],
  )
  const lines = [...rated, ...(set.steps ?? []).flatMap((step) => stepLine(step, amount))]
  const sum = lines.map((line) => line.amount).reduce(addDecimals, zero)
  const capped = smaller(sum, read(set.cap) ?? sum)
  const total = roundDecimal(larger(capped, read(set.floor) ?? zero), scale, mode)
  return { place, total, lines }
}

const placeOf = ({ tiers, mode, boundary }: TierSet, amount: Decimal): number => {
  const belongsToNext = mode === 'whole' && boundary === 'lower'
  const place = tiers.findIndex(({ upTo }) => {
    const order = upTo === null ? -1 : compareDecimals(amount, readDecimal(upTo))
    return belongsToNext ? order < 0 : order <= 0
  })
  return place < 0 ? tiers.length - 1 : place
}

const lineOf = ({ id, rate, add }: Tier, base: Decimal): TierLine => ({
  id,
  base,
  amount: addDecimals(times(base, read(rate) ?? zero), read(add) ?? zero),
})

const graduated = (tier: Tier, from: Decimal, amount: Decimal): TierLine[] =>
  isAbove(amount, from)
    ? [lineOf(tier, minus(smaller(amount, read(tier.upTo) ?? amount), from))]
    : []

const stepLine = (step: Step, amount: Decimal): TierLine[] => {
  const from = readDecimal(step.from)
  const isReached = compareDecimals(amount, from) >= (step.reached === 'at' ? 0 : 1)
  if (!isReached) return []
  const further = times(read(step.each) ?? zero, timesPassed(step, minus(amount, from)))
  return [{ id: step.id, base: amount, amount: addDecimals(readDecimal(step.amount), further) }]
}

/** How many whole `every` fit; where a step must be passed, the last one does not count by being met. */
const timesPassed = ({ every, reached }: Step, over: Decimal): Decimal => {
  const step = read(every)
  if (!step || step.digits === 0n) return zero
  const scale = Math.max(step.scale, over.scale)
  const [width, length] = [step, over].map((value) => roundDecimal(value, scale, 'down').digits)
  const met = (length ?? 0n) / (width ?? 1n)
  const isMet = met > 0n && (length ?? 0n) % (width ?? 1n) === 0n
  return { digits: reached === 'above' && isMet ? met - 1n : met, scale: 0 }
}
