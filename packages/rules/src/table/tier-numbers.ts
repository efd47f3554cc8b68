import { readDecimal, widen } from '../condition/decimal.ts'
import type { TierSet } from './rule-set.ts'

const scaleOf = (...texts: readonly (string | null | undefined)[]) =>
  Math.max(0, ...texts.map((text) => text?.split('.')[1]?.length ?? 0))

/**
 * A tier set in safe integers. Amounts and bounds are in units of `scale` decimals, totals in units of
 * `fine`, rates take the one to the other. The total of an amount in a tier is
 * `before + (amount - start) * rate`, with all that lower tiers paid summed up in `before`.
 */
export interface TierNumbers {
  readonly scale: number
  readonly fine: number
  /** The last amount of each tier but the last. */
  readonly ends: readonly number[]
  readonly start: readonly number[]
  readonly rate: readonly number[]
  readonly before: readonly number[]
  readonly steps: readonly { from: number; amount: number; every: number; each: number }[]
  readonly cap: number
  readonly floor: number
  /** Up to here nothing leaves the safe integers. */
  readonly limit: number
}

export const tierNumbers = (set: TierSet): TierNumbers => {
  const { tiers, steps = [], mode, boundary, cap, floor, round } = set
  const scale = scaleOf(
    ...tiers.map(({ upTo }) => upTo),
    ...steps.flatMap(({ from, every }) => [from, every]),
  )
  const rateScale = scaleOf(...tiers.map(({ rate }) => rate))
  const amounts = steps.flatMap(({ amount, each }) => [amount, each])
  const sums = [cap, floor, ...tiers.map(({ add }) => add), ...amounts]
  const fine = Math.max(scale + rateScale, round.scale, scaleOf(...sums))
  const units = (text: string | null | undefined, decimals: number) =>
    text ? Number(widen(readDecimal(text), decimals)) : 0
  const isGraduated = mode === 'graduated'
  const bounds = tiers.map(({ upTo }) => units(upTo, scale))
  const start = bounds.map((_, place) => (isGraduated ? (bounds[place - 1] ?? 0) : 0))
  const rate = tiers.map((tier) => units(tier.rate, fine - scale))
  const before: number[] = []
  tiers.forEach(({ add }, place) => {
    const paid =
      (before.at(-1) ?? 0) +
      ((start[place] ?? 0) - (start[place - 1] ?? 0)) * (rate[place - 1] ?? 0)
    before.push((isGraduated ? paid : 0) + units(add, fine))
  })
  const endsEarlier = !isGraduated && boundary === 'lower' ? 1 : 0
  const stepNumbers = steps.map(({ from, amount, every, each, reached }) => ({
    from: units(from, scale) + (reached === 'above' ? 1 : 0),
    amount: units(amount, fine),
    every: units(every, scale),
    each: units(each, fine),
  }))
  const paidAtOnce = Math.max(...before) + stepNumbers.reduce((sum, { amount }) => sum + amount, 0)
  const paidByUnit = stepNumbers.reduce(
    (sum, { every, each }) => sum + (every > 0 ? each / every : 0),
    Math.max(1, ...rate),
  )
  return {
    scale,
    fine,
    ends: bounds.slice(0, -1).map((bound) => bound - endsEarlier),
    start,
    rate,
    before,
    steps: stepNumbers,
    cap: cap ? units(cap, fine) : Number.POSITIVE_INFINITY,
    floor: units(floor, fine),
    // Half of what is safe: the quotients above are themselves rounded.
    limit: Math.floor((2 ** 52 - paidAtOnce - units(floor, fine)) / paidByUnit),
  }
}
