import * as z from 'zod'
import { commissionChange } from '../commission/contributions.ts'
import type { CommissionPlan } from '../commission/plan.ts'
import { type Minor, narrow } from '../money/amount.ts'
import { refuse } from '../refusal.ts'
import type { Claim } from './wage-deduction.ts'

/**
 * What made-up results cost: money back, and a penalty of so many times what they earned or what
 * they pretended to bring in. `includesReturn` takes the money back out of the penalty.
 */
export const FraudRule = z.strictObject({
  times: z.int().min(0),
  of: z.enum(['earned', 'revenue']),
  includesReturn: z.boolean(),
})
export type FraudRule = z.infer<typeof FraudRule>

/** A finding after investigation: which part of a settled base was made up, decided by two persons. */
export interface FraudFinding {
  readonly id: string
  readonly settled: Minor
  readonly madeUp: Minor
  readonly decidedBy: readonly [string, string]
}

/**
 * The claims that follow: what the made-up part had earned, and the penalty apart from it, open until
 * heard and appealed; neither is a deduction. Refuses one person deciding twice
 * (`fraud.one-decider`) and a part that is not within what was settled (`fraud.not-settled`).
 */
export const fraudClaims = (
  plan: CommissionPlan,
  rule: FraudRule,
  { id, settled, madeUp, decidedBy: [one, other] }: FraudFinding,
): readonly Claim[] => {
  if (one === other) return refuse('fraud.one-decider', { finding: id })
  if (madeUp <= 0 || madeUp > settled) return refuse('fraud.not-settled', { finding: id })
  const earned = -commissionChange(plan, { settled, now: settled - madeUp }).total
  const fold = narrow(BigInt(rule.of === 'earned' ? earned : madeUp) * BigInt(rule.times))
  const penalty = rule.includesReturn ? Math.max(0, fold - earned) : fold
  const claims: Claim[] = [
    {
      id: `${id}/return`,
      kind: 'overpayment',
      amount: earned,
      standing: 'open',
      because: 'commission that was settled on made-up results',
    },
    {
      id: `${id}/penalty`,
      kind: 'penalty',
      amount: penalty,
      standing: 'open',
      because: `${rule.times} times the made-up results, by the rule book`,
    },
  ]
  return claims.filter(({ amount }) => amount > 0)
}
