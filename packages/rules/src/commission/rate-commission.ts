import { type Minor, narrow, safe } from '../money/amount.ts'
import { divide, divideBig } from '../money/rounding.ts'
import {
  type CompiledCommission,
  type CompiledReward,
  type CompiledTier,
  compileCommission,
} from './compiled-plan.ts'
import type { CommissionPlan } from './plan.ts'

/** What a base earns, in minor units: by tiers, by rewards, and both after cap and floor. */
export interface Earned {
  readonly commission: Minor
  readonly reward: Minor
  readonly total: Minor
}

/** What one tier gives: `amount` is `base × rate`, and `flat` where the tier has one. */
export interface RatingLine {
  /** Counted from 1. */
  readonly tier: number
  readonly base: Minor
  readonly rate: string
  readonly flat?: Minor
  readonly amount: Minor
}

/** The whole answer for a base: `lines` sum to `commission`; cap and floor stand where they bite. */
export interface Rating extends Earned {
  readonly base: Minor
  readonly lines: readonly RatingLine[]
  readonly cap?: { readonly at: Minor; readonly cut: Minor }
  readonly floor?: { readonly at: Minor; readonly added: Minor }
}

const nothing: Earned = { commission: 0, reward: 0, total: 0 }

/**
 * What a base in minor units of the plan's currency earns: tiers, rewards, cap, floor, rounded as the
 * plan says. A base of 0 or less earns nothing. Exact at any size; refuses a base or an answer that no
 * safe integer holds (`money.unsafe`).
 */
export const rateCommission = (plan: CommissionPlan, base: Minor): Rating => {
  const formula = compileCommission(plan)
  const earned = earnedBy(formula, base)
  if (base <= 0) return { base, ...earned, lines: [] }
  const uncut = earned.commission + earned.reward
  const lifted = Math.min(uncut, formula.cap)
  return {
    base,
    ...earned,
    lines: linesOf(formula, base, earned.commission),
    ...(uncut > formula.cap && { cap: { at: formula.cap, cut: uncut - formula.cap } }),
    ...(earned.total > lifted && { floor: { at: formula.floor, added: earned.total - lifted } }),
  }
}

/** The same without its lines. */
export const earnedBy = (formula: CompiledCommission, base: Minor): Earned => {
  if (safe(base) <= 0) return nothing
  const reward = safe(rewardOf(formula.rewards, base))
  const commission = commissionOf(formula, tierOf(formula, base), base, reward)
  const total = Math.max(Math.min(safe(commission + reward), formula.cap), formula.floor)
  return { commission, reward, total }
}

const rewardOf = (rewards: readonly CompiledReward[], base: Minor): number => {
  let sum = 0
  for (const { from, amount, every, each } of rewards) {
    if (base < from) continue
    const past = base - from
    sum += amount + (every === 0 ? 0 : ((past - (past % every)) / every) * each)
  }
  return sum
}

const tierOf = ({ bounded, last }: CompiledCommission, base: Minor): CompiledTier => {
  for (const tier of bounded) {
    if (base < tier.until || (tier.ownsBound && base === tier.until)) return tier
  }
  return last
}

const commissionOf = (
  { rounding, isPerLine }: CompiledCommission,
  { whole, from, plain, exact, plainUpTo }: CompiledTier,
  base: Minor,
  reward: Minor,
): Minor => {
  const beside = isPerLine ? 0 : reward
  if (base <= plainUpTo) {
    const parts = plain.onset + (base - from) * plain.slope
    return whole + divide(parts, plain.per, rounding, beside)
  }
  const parts = exact.onset + BigInt(base - from) * exact.slope
  return narrow(BigInt(whole) + divideBig(parts, exact.per, rounding, BigInt(beside)))
}

/** Each line is what its tier adds to the rounded commission below it, so that the lines sum to it. */
const linesOf = (
  formula: CompiledCommission,
  base: Minor,
  commission: Minor,
): readonly RatingLine[] => {
  const top = tierOf(formula, base)
  const filled = formula.isGraduated ? formula.bounded.slice(0, top.tier - 1) : []
  return [...filled, top].map(({ tier, rate, flat, from, until, atBound }, place) => ({
    tier,
    base: (tier === top.tier ? base : until) - from,
    rate,
    ...(flat > 0 && { flat }),
    amount: (tier === top.tier ? commission : atBound) - (filled[place - 1]?.atBound ?? 0),
  }))
}
