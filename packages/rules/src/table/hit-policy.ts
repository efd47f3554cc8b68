import { addDecimals, compareDecimals, readDecimal, writeDecimal } from '../condition/decimal.ts'
import { canonical, type Decision, frozen } from './decision.ts'
import type { Rows, Rule } from './rows.ts'
import type { HitPolicy } from './rule-set.ts'

type Settled = Pick<Decision<unknown>, 'outcome' | 'ruleId' | 'how'>

/** At least one rule; in the order of the rule set. */
type Hits = readonly [Rule, ...Rule[]]

const by = ({ id, outcome }: Rule): Settled => ({ outcome, ruleId: id, how: 'rule' })

const together = (outcome: unknown, hits: Hits): Settled => ({
  outcome,
  ruleId: hits.length === 1 ? hits[0].id : null,
  how: 'rule',
})

const conflict: Settled = { outcome: null, ruleId: null, how: 'conflict' }

const listed = (hits: Hits) =>
  together(
    hits.map(({ outcome }) => outcome),
    hits,
  )

/** The rules by the rank of their outcome, and in their own order where it is the same. */
const ranked = (hits: Hits, { priorities = [] }: Rows): Hits => {
  const ranks = priorities.map(canonical)
  const rankOf = ({ outcome }: Rule) => {
    const rank = ranks.indexOf(canonical(outcome))
    return rank < 0 ? ranks.length : rank
  }
  return hits.toSorted((a, b) => rankOf(a) - rankOf(b)) as [Rule, ...Rule[]]
}

const numberOf = ({ outcome }: Rule) => readDecimal(outcome as string | number)

const most = (hits: Hits, sign: 1 | -1) =>
  by(
    hits.reduce((best, hit) =>
      compareDecimals(numberOf(hit), numberOf(best)) * sign > 0 ? hit : best,
    ),
  )

/** Exact; a number where all outcomes are, else a decimal text. */
const sum = (hits: Hits) => {
  const text = writeDecimal(hits.map(numberOf).reduce(addDecimals))
  return hits.every(({ outcome }) => typeof outcome === 'number') ? Number(text) : text
}

const policies: Readonly<Record<HitPolicy, (hits: Hits, rows: Rows) => Settled>> = {
  unique: (hits) => (hits.length === 1 ? by(hits[0]) : conflict),
  any: (hits) =>
    new Set(hits.map(({ outcome }) => canonical(outcome))).size === 1 ? by(hits[0]) : conflict,
  first: (hits) => by(hits[0]),
  priority: (hits, rows) => by(ranked(hits, rows)[0]),
  'rule-order': listed,
  'output-order': (hits, rows) => listed(ranked(hits, rows)),
  collect: listed,
  sum: (hits) => together(sum(hits), hits),
  min: (hits) => most(hits, -1),
  max: (hits) => most(hits, 1),
  count: (hits) => together(hits.length, hits),
}

const ofNothing: Partial<Readonly<Record<HitPolicy, unknown>>> = {
  'rule-order': [],
  'output-order': [],
  collect: [],
  count: 0,
}

const none = ({ hit, otherwise }: Rows): Settled =>
  otherwise === undefined
    ? { outcome: ofNothing[hit] ?? null, ruleId: null, how: 'none' }
    : { outcome: otherwise, ruleId: null, how: 'otherwise' }

/** Whether the first rule that holds decides alone, so that no other has to be looked at. */
export const stopsAtFirst = ({ hit }: Rows): boolean => hit === 'first'

/** The decision that the rules which hold, in the order of the rule set, come to by its hit policy. */
export const settle = (rows: Rows, hits: readonly Rule[]): Decision<unknown> => {
  const [first, ...others] = hits
  const looked: Hits | null = first ? (stopsAtFirst(rows) ? [first] : [first, ...others]) : null
  const { outcome, ...settled } = looked ? policies[rows.hit](looked, rows) : none(rows)
  return Object.freeze({
    outcome: frozen(outcome),
    ...settled,
    ruleIds: Object.freeze((looked ?? []).map(({ id }) => id)),
    set: rows.set,
    version: rows.version,
  })
}
