import { Decimal } from 'decimal.js'
import fc from 'fast-check'
import { type Minor, writeAmount } from '../money/amount.ts'
import type { CommissionPlan, CommissionReward } from './plan.ts'

Decimal.set({ precision: 60 })

const modes = {
  'half-up': Decimal.ROUND_HALF_UP,
  'half-even': Decimal.ROUND_HALF_EVEN,
  down: Decimal.ROUND_DOWN,
} as const

const figures = new Map<string, Decimal>()

/** An amount or a rate, as another library reads it. */
const figure = (text: string): Decimal => {
  const known = figures.get(text)
  if (known) return known
  const read = text.endsWith('%') ? new Decimal(text.slice(0, -1)).div(100) : new Decimal(text)
  figures.set(text, read)
  return read
}

/** What the rule text says, word by word, on another library's decimals: the oracle. */
export const ratedByHand = (plan: CommissionPlan, base: Minor): Minor => {
  const amount = new Decimal(base).div(100)
  if (amount.lte(0)) return 0
  const round = (value: Decimal) => value.toDecimalPlaces(2, modes[plan.rounding.mode])
  const lineOf = (value: Decimal) => (plan.rounding.scope === 'per-line' ? round(value) : value)
  let commission = new Decimal(0)
  let lower = new Decimal(0)
  for (const { upTo, rate, flat = '0', boundary = 'upper' } of plan.tiers) {
    const bound = upTo === undefined ? null : figure(upTo)
    if (plan.mode === 'graduated') {
      const part = (bound ? Decimal.min(amount, bound) : amount).minus(lower)
      if (part.lte(0)) break
      commission = commission.plus(lineOf(part.times(figure(rate)).plus(figure(flat))))
      lower = bound ?? lower
    } else if (!bound || amount.lt(bound) || (boundary === 'upper' && amount.eq(bound))) {
      commission = lineOf(amount.times(figure(rate)).plus(figure(flat)))
      break
    }
  }
  const rewards = (plan.rewards ?? []).map((reward) => rewardByHand(reward, amount))
  let total = Decimal.sum(commission, ...rewards)
  if (plan.cap !== undefined) total = Decimal.min(total, figure(plan.cap))
  if (plan.floor !== undefined) total = Decimal.max(total, figure(plan.floor))
  return round(total).times(100).toNumber()
}

const rewardByHand = (reward: CommissionReward, amount: Decimal): Decimal => {
  const { from, amount: paid, every, each, reached } = reward
  const isReached = (goal: Decimal) => (reached === 'at' ? amount.gte(goal) : amount.gt(goal))
  if (!isReached(figure(from))) return new Decimal(0)
  let sum = figure(paid)
  if (every === undefined || each === undefined) return sum
  const steps = amount.minus(figure(from)).div(figure(every)).floor().toNumber()
  for (let step = Math.max(1, steps - 1); step <= steps + 1; step += 1) {
    if (isReached(figure(from).plus(figure(every).times(step)))) {
      sum = figure(paid).plus(figure(each).times(step))
    }
  }
  return sum
}

const text = (minor: Minor) => writeAmount(minor, 'CNY')
const money = (max: number) => fc.nat(max).map(text)
const positive = (max: number) => fc.integer({ min: 1, max }).map(text)

const rate = fc.oneof(
  fc.integer({ min: 0, max: 4000 }).map((parts) => `${parts / 100}%`),
  fc.constantFrom('0.05', '7', '0.3333', '12.345%'),
)

const reward: fc.Arbitrary<CommissionReward> = fc
  .record(
    {
      from: money(60_000),
      amount: money(9_999),
      reached: fc.constantFrom('at', 'above'),
      step: fc.record({ every: positive(20_000), each: money(999) }),
    },
    { requiredKeys: ['from', 'amount', 'reached'] },
  )
  .map(({ step, ...rest }) => ({ ...rest, ...step }))

/** Plans of every kind, small enough that bases up to a few thousand yuan meet all their edges. */
export const anyPlan: fc.Arbitrary<CommissionPlan> = fc
  .record({
    mode: fc.constantFrom<CommissionPlan['mode']>('graduated', 'whole-amount'),
    bounds: fc.uniqueArray(fc.integer({ min: 1, max: 80_000 }), { maxLength: 5 }),
    tiers: fc.array(
      fc.record(
        { rate, flat: money(999), boundary: fc.constantFrom<'upper' | 'lower'>('upper', 'lower') },
        { requiredKeys: ['rate'] },
      ),
      { minLength: 6, maxLength: 6 },
    ),
    rewards: fc.array(reward, { maxLength: 2 }),
    limits: fc.record({ cap: money(50_000), floor: money(5_000) }, { requiredKeys: [] }),
    rounding: fc.record({
      mode: fc.constantFrom<CommissionPlan['rounding']['mode']>('half-up', 'half-even', 'down'),
      scope: fc.constantFrom<CommissionPlan['rounding']['scope']>('once', 'per-line'),
    }),
  })
  .map(({ bounds, tiers, limits, ...plan }) => ({
    id: 'any',
    version: 1,
    currency: 'CNY',
    ...plan,
    ...limits,
    tiers: tiers.slice(0, bounds.length + 1).map((tier, place) => {
      const bound = bounds.toSorted((a, b) => a - b)[place]
      return bound === undefined ? tier : { ...tier, upTo: text(bound) }
    }),
  }))

/** Every figure at which a plan of yuan may bend, in fen. */
export const edgesOf = (plan: CommissionPlan, upTo: Minor): readonly Minor[] => {
  const fen = (yuan: string) => Math.round(Number(yuan) * 100)
  const bounds = plan.tiers.flatMap((tier) => (tier.upTo === undefined ? [] : [fen(tier.upTo)]))
  const steps = (plan.rewards ?? []).flatMap(({ from, every }) => {
    const step = every === undefined ? upTo : fen(every)
    const count = Math.min(200, Math.max(0, Math.floor((upTo - fen(from)) / step)))
    return Array.from({ length: count + 1 }, (_, place) => fen(from) + place * step)
  })
  return [0, ...bounds, ...steps]
}
