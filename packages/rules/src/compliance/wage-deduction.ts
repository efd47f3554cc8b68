import * as z from 'zod'
import { Minor, narrow } from '../money/amount.ts'
import { Rate, readRate } from '../money/rate.ts'
import { divideBig } from '../money/rounding.ts'
import { LegalGround } from './profile.ts'

const Word = z.string().min(1)

/** What somebody owes the hospital, and how far it stands. */
export const Claim = z.strictObject({
  id: Word,
  kind: z.enum(['loss', 'overpayment', 'fine', 'penalty']),
  /** In minor units, above 0: what is still owed. */
  amount: Minor.positive(),
  /** `accepted` in writing by who owes it, or `final` after hearing and appeal. */
  standing: z.enum(['open', 'accepted', 'final']),
  because: Word,
})
export type Claim = z.infer<typeof Claim>

const Way = z.enum(['once-it-stands', 'only-if-accepted', 'never'])

/** How much of a month's wage the law lets an employer keep, and for which claims. */
export const WageDeductionRule = z.strictObject({
  atMost: Rate,
  ways: z.record(Claim.shape.kind, Way),
  ground: LegalGround,
})
export type WageDeductionRule = z.infer<typeof WageDeductionRule>

/** Mainland China: a fifth of the month's wage at most, and never below the local minimum wage. */
export const cnWageDeduction: WageDeductionRule = {
  atMost: '20%',
  ways: {
    loss: 'once-it-stands',
    overpayment: 'once-it-stands',
    fine: 'only-if-accepted',
    penalty: 'never',
  },
  ground: {
    statute: '工资支付暂行规定 (1994)',
    article: '16',
    reason:
      'Loss that an employee caused may be kept from the wage, a fifth of the month at most, and what remains is not below the local minimum; a general power to fine there is not.',
    source: '劳部发〔1994〕489号',
  },
}

/** One claim after a month: what was kept from the wage, what remains a claim, and why. */
export interface ClaimOutcome {
  readonly claim: string
  readonly deducted: Minor
  readonly remains: Minor
  readonly because: 'settled' | 'limit-reached' | 'still-open' | 'not-accepted' | 'not-from-wages'
}

export interface WageDeduction {
  /** The most that may be kept of this wage. */
  readonly limit: Minor
  readonly deducted: Minor
  readonly paid: Minor
  readonly claims: readonly ClaimOutcome[]
  readonly ground: LegalGround
}

/**
 * Keeps from a month's wage what the law allows for claims that stand, by order of their ids; the
 * rest remains owed. All amounts are minor units of one currency.
 */
export const deductFromWage = (
  rule: WageDeductionRule,
  { wage, minimumWage, claims }: { wage: Minor; minimumWage: Minor; claims: readonly Claim[] },
): WageDeduction => {
  const { parts, per } = readRate(rule.atMost)
  const share = narrow(divideBig(BigInt(Math.max(0, wage)) * parts, per, 'down'))
  const limit = Math.max(0, Math.min(share, wage - minimumWage))
  let left = limit
  const outcomes = claims
    .toSorted((a, b) => (a.id < b.id ? -1 : 1))
    .map((claim): ClaimOutcome => {
      const obstacle = obstacleOf(rule, claim)
      const deducted = obstacle ? 0 : Math.min(left, claim.amount)
      left -= deducted
      const remains = claim.amount - deducted
      const because = obstacle ?? (remains === 0 ? 'settled' : 'limit-reached')
      return { claim: claim.id, deducted, remains, because }
    })
  const deducted = limit - left
  return { limit, deducted, paid: wage - deducted, claims: outcomes, ground: rule.ground }
}

const obstacleOf = ({ ways }: WageDeductionRule, { kind, standing }: Claim) => {
  const way = ways[kind]
  if (way === 'never') return 'not-from-wages'
  if (standing === 'open') return 'still-open'
  return way === 'only-if-accepted' && standing !== 'accepted' ? 'not-accepted' : null
}
