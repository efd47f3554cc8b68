import { type Minor, safe } from '../money/amount.ts'
import { type CompiledCommission, compileCommission } from './compiled-plan.ts'
import type { CommissionPlan } from './plan.ts'
import { type Earned, earnedBy } from './rate-commission.ts'

/** Where an account of a period stands: its revenue so far, and what that has earned. */
export interface AccountPosition extends Earned {
  readonly base: Minor
}

export const openAccount: AccountPosition = { base: 0, commission: 0, reward: 0, total: 0 }

const minus = (now: Earned, before: Earned): Earned => ({
  commission: now.commission - before.commission,
  reward: now.reward - before.reward,
  total: now.total - before.total,
})

/**
 * What is still to be booked when a base that was settled turns out to be another: the difference of
 * the two ratings, never the change times a rate. Negative where it is owed back.
 */
export const commissionChange = (
  plan: CommissionPlan,
  { settled, now }: { readonly settled: Minor; readonly now: Minor },
): Earned => {
  const formula = compileCommission(plan)
  return minus(earnedBy(formula, now), earnedBy(formula, settled))
}

/**
 * Adds amounts to an account in their order, and says what each contributes: what the account has
 * earned with it less what it had without. Contributions of any split of a period sum to the rating
 * of its sum.
 */
export const advanceAccount = (
  plan: CommissionPlan,
  position: AccountPosition,
  amounts: readonly Minor[],
): { readonly position: AccountPosition; readonly contributions: readonly Earned[] } => {
  const formula = compileCommission(plan)
  let stand = position
  const contributions = amounts.map((amount) => {
    const next = after(formula, stand, amount)
    const contribution = minus(next, stand)
    stand = next
    return contribution
  })
  return { position: stand, contributions }
}

const after = (
  formula: CompiledCommission,
  { base }: AccountPosition,
  amount: Minor,
): AccountPosition => {
  const sum = safe(base + safe(amount))
  return { base: sum, ...earnedBy(formula, sum) }
}

/** What each bill of a period contributes, in their order. */
export const commissionSeries = (
  plan: CommissionPlan,
  amounts: readonly Minor[],
): readonly Earned[] => advanceAccount(plan, openAccount, amounts).contributions
