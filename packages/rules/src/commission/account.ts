import type { Day } from '../calendar/day.ts'
import type { Verdict } from '../compliance/judge.ts'
import type { Minor } from '../money/amount.ts'
import type { ClassifiedLine, LineStanding } from './classify.ts'
import { advanceAccount } from './contributions.ts'
import { type Earned, type Rating, rateCommission } from './rate-commission.ts'
import type { Month, SettledPosition } from './settlement-facts.ts'
import { type CommissionTerms, type Meter, termsRef } from './terms.ts'

/** One charge on a statement: where it comes from, and what became of it. */
export interface StatementLine {
  readonly charge: string
  readonly visit: string
  readonly touch: string
  /** The version of the attribution rules. */
  readonly rules: string
  readonly on: Day
  readonly category: string
  readonly amount: Minor
  readonly refundOf?: string
  readonly share?: {
    readonly place: number
    readonly among: readonly string[]
    readonly whole: Minor
  }
  readonly standing: LineStanding
  readonly because: string | null
  /** The gate's row and its release, where the gate was asked. */
  readonly gate: Pick<Verdict, 'judgement' | 'profile' | 'rule' | 'ground' | 'release'> | null
  /** What the account has earned with it less what it had without; nothing unless counted. */
  readonly contribution: Earned
}

/** One meter of one month: how its base came about, what it earns, and what of that is still due. */
export interface AccountSection {
  readonly month: Month
  readonly corrects: boolean
  readonly terms: string
  readonly meter: string
  readonly counts: Meter['counts']
  /** What was added, what was taken back, and what an earlier month left below nothing. */
  readonly gross: Minor
  readonly refunded: Minor
  readonly carriedBase: Minor
  readonly rating: Rating
  readonly settled: Earned | null
  /** The rating less what was settled. */
  readonly due: Earned
  /** What held lines would add if released, and refused ones on top if the law allowed. */
  readonly heldTotal: Minor
  readonly refusedTotal: Minor
  readonly lines: readonly StatementLine[]
}

const nothing: Earned = { commission: 0, reward: 0, total: 0 }

const sum = (lines: readonly ClassifiedLine[]) => lines.reduce((total, { adds }) => total + adds, 0)

export interface Account {
  readonly month: Month
  readonly terms: CommissionTerms
  readonly meter: Meter
  readonly lines: readonly ClassifiedLine[]
  readonly settled: SettledPosition | undefined
}

/** Rates one account; `carriedBase` is 0 or less. */
export const sectionOf = (
  { month, terms, meter, lines, settled }: Account,
  carriedBase: Minor,
  openMonth: Month,
): AccountSection => {
  const { plan, id, counts } = meter
  const standing = (word: LineStanding) => lines.filter((one) => one.standing === word)
  const counted = standing('counted')
  const rating = rateCommission(plan, carriedBase + sum(counted))
  const withHeld = rateCommission(plan, rating.base + sum(standing('held'))).total
  const withAll = rating.base + sum(standing('held')) + sum(standing('refused'))
  const before = { base: carriedBase, ...nothing }
  const { contributions } = advanceAccount(
    plan,
    before,
    counted.map(({ adds }) => adds),
  )
  let place = 0
  return {
    month,
    corrects: month !== openMonth,
    terms: termsRef(terms),
    meter: id,
    counts,
    gross: sum(counted.filter(({ adds }) => adds > 0)),
    refunded: sum(counted.filter(({ adds }) => adds < 0)),
    carriedBase,
    rating,
    settled: settled ? earned(settled) : null,
    due: less(rating, settled ?? nothing),
    heldTotal: withHeld - rating.total,
    refusedTotal: rateCommission(plan, withAll).total - withHeld,
    lines: lines.map((one) =>
      lineOf(one, one.standing === 'counted' ? contributions[place++] : nothing),
    ),
  }
}

const earned = ({ commission, reward, total }: Earned): Earned => ({ commission, reward, total })

const less = (now: Earned, before: Earned): Earned => ({
  commission: now.commission - before.commission,
  reward: now.reward - before.reward,
  total: now.total - before.total,
})

export const lineOf = (
  { line, on, standing, because, verdict }: ClassifiedLine,
  contribution: Earned = nothing,
): StatementLine => {
  const { id: charge, visit, touch, rules, category, amount, refundOf, share } = line
  const gate = verdict && gateOf(verdict)
  const plain = { charge, visit, touch, rules, on, category, amount }
  const judged = { standing, because, gate, contribution }
  return refundOf === undefined && !share
    ? { charge, visit, touch, rules, on, category, amount, standing, because, gate, contribution }
    : { ...plain, ...(refundOf !== undefined && { refundOf }), ...(share && { share }), ...judged }
}

const gates = new WeakMap<Verdict, StatementLine['gate']>()

/** Thousands of lines rest on one verdict. */
const gateOf = (verdict: Verdict): StatementLine['gate'] => {
  const known = gates.get(verdict)
  if (known) return known
  const { judgement, profile, rule, ground, release } = verdict
  const gate = { judgement, profile, rule, ground, ...(release !== undefined && { release }) }
  gates.set(verdict, gate)
  return gate
}
