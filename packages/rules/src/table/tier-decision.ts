import { type Decimal, readDecimal, writeDecimal } from '../condition/decimal.ts'
import { type BoundFact, readFactStrictly } from '../condition/scope.ts'
import { refuse } from '../refusal.ts'
import type { Decision } from './decision.ts'
import { rateTiers } from './rate-tiers.ts'
import type { TierSet } from './rule-set.ts'

/** A whole number for an integer fact rounded to no decimals, else a decimal text. */
export type Total = number | string

export const isWhole = ({ round }: TierSet, { type }: Pick<BoundFact<never>, 'type'>): boolean =>
  type === 'integer' && round.scale === 0

/** Refuses a whole number that is not safe (`rules.amount-unsafe`). */
export const writeTotal = (total: Decimal, isWholeNumber: boolean): Total => {
  if (!isWholeNumber) return writeDecimal(total)
  const amount = Number(total.digits)
  return Number.isSafeInteger(amount) ? amount : refuse('rules.amount-unsafe')
}

/** Decisions of a tier set; made anew each time, since there is one for every amount. */
export const tierDecisions = ({ id, version, tiers }: TierSet) => {
  const ids = tiers.map((tier) => tier.id)
  const ruleIds = ids.map((each) => Object.freeze([each]))
  const none: Decision<Total> = Object.freeze({
    outcome: null,
    ruleId: null,
    ruleIds: Object.freeze([]),
    how: 'none',
    set: id,
    version,
  })
  const of = (outcome: Total, place: number): Decision<Total> => ({
    outcome,
    ruleId: ids[place] ?? null,
    ruleIds: ruleIds[place] ?? none.ruleIds,
    how: 'rule',
    set: id,
    version,
  })
  return { none, of }
}

/** The meaning of a tier set, as a function of the context. */
export const decideTiers = <Context>(
  set: TierSet,
  fact: BoundFact<Context>,
): ((context: Context) => Decision<Total>) => {
  const read = readFactStrictly(fact)
  const decisions = tierDecisions(set)
  const isWholeNumber = isWhole(set, fact)
  return (context) => {
    const value = read(context)
    if (value === null) return decisions.none
    const { place, total } = rateTiers(set, readDecimal(value as Total))
    return decisions.of(writeTotal(total, isWholeNumber), place)
  }
}
