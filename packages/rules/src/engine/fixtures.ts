import type { Facts, FactType, FactValue } from '../condition/fact.ts'
import type { Vocabulary } from '../condition/scope.ts'
import { kinds } from '../condition/value-kind.ts'
import { canonical } from '../table/decision.ts'
import type { Fixture, RuleSet } from '../table/rule-set.ts'
import { compileRules } from './evaluate.ts'

/** Facts as data, by id; one that is not named is missing. */
export type FactRecord = Readonly<Record<string, FactValue | null>>

/** How one fixture went. */
export interface FixtureResult {
  readonly name: string
  readonly ok: boolean
  /** What was decided; null where the fixture itself is wrong. */
  readonly got: { readonly outcome: unknown; readonly ruleId: string | null } | null
  /** What differs, as a sentence; empty where nothing does. */
  readonly why: string
}

export const valueIn = (record: FactRecord, id: string) =>
  Object.hasOwn(record, id) ? (record[id] ?? null) : null

/** The same words, with every fact read from a record, outcomes of other sets too. */
export const recordVocabulary = (vocabulary: Vocabulary<never>): Vocabulary<FactRecord> => ({
  ...vocabulary,
  facts: Object.fromEntries(
    Object.entries(vocabulary.facts).map(([id, { type, ...declared }]) => [
      id,
      { ...declared, type, outcomeOf: undefined, get: (record: FactRecord) => valueIn(record, id) },
    ]),
  ) as Facts<FactRecord>,
})

/** Runs fixtures, those of the set itself unless others are given, without any host. */
export const runFixtures = (
  set: RuleSet,
  vocabulary: Vocabulary<never>,
  fixtures: readonly Fixture[] = set.tests ?? [],
): readonly FixtureResult[] => {
  const { decide } = compileRules(set, recordVocabulary(vocabulary))
  return fixtures.map(({ name, facts, expect, rule }) => {
    const fault = factFault(facts, vocabulary.facts)
    if (fault !== null) return { name, ok: false, got: null, why: fault }
    const { outcome, ruleId } = decide(facts)
    const why = [
      canonical(outcome) === canonical(expect) ? '' : differ('outcome', expect, outcome),
      rule === undefined || rule === ruleId ? '' : differ('rule', rule, ruleId),
    ]
    const said = why.filter((part) => part !== '').join('; ')
    return { name, ok: said === '', got: { outcome, ruleId }, why: said }
  })
}

const differ = (what: string, expected: unknown, got: unknown) =>
  `${what}: expected ${JSON.stringify(expected)}, got ${JSON.stringify(got)}`

/** A fixture that names no fact, or gives one that it cannot be, has not tested anything. */
const factFault = (
  record: FactRecord,
  facts: Readonly<Record<string, { readonly type: FactType }>>,
): string | null => {
  for (const [id, value] of Object.entries(record)) {
    const fact = Object.hasOwn(facts, id) ? facts[id] : undefined
    if (!fact) return `no fact is called ${JSON.stringify(id)}`
    if (value !== null && !kinds[fact.type].isValid(value)) return `${id}: a ${fact.type} expected`
  }
  return null
}

/** A fixture as a test of any framework: it throws what differs. */
export interface NamedCase {
  readonly name: string
  readonly run: () => void
}

/** For `for (const { name, run } of namedCases(…)) it(name, run)`. */
export const namedCases = (results: () => readonly FixtureResult[]): readonly NamedCase[] =>
  results().map(({ name, ok, why }) => ({
    name,
    run: () => {
      if (!ok) throw new Error(why)
    },
  }))
