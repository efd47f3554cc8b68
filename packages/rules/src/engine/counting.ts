import type { Probe } from '../condition/compile-condition.ts'
import type { Test } from '../condition/condition.ts'
import type { FactType, FactValue } from '../condition/fact.ts'
import { sampleIn } from '../condition/sample.ts'
import { readFact, type Scope } from '../condition/scope.ts'
import { regionOf, variablesOf } from '../condition/variables.ts'
import { testsOf } from '../table/compile-rows.ts'
import type { Decision } from '../table/decision.ts'
import { rowsOf } from '../table/rows.ts'
import type { RuleSet, TierSet } from '../table/rule-set.ts'

/** How far a rule set has been exercised. */
export interface Coverage {
  readonly decisions: number
  /** How often each rule or tier was among those that hit. */
  readonly rules: Readonly<Record<string, number>>
  /** By the path of each test in the set: how often it was seen to hold, and how often not. */
  readonly tests: Readonly<Record<string, { readonly true: number; readonly false: number }>>
  /**
   * Values on a side of a bound that no decision has seen yet, one for each such region, `null` for a
   * fact that may be missing: what to test next.
   */
  readonly untested: readonly { readonly fact: string; readonly value: FactValue | null }[]
}

/** Decides as the compiled set does, and keeps count. */
export interface Counting<Context, Outcome> {
  readonly decide: (context: Context) => Decision<Outcome>
  readonly coverage: () => Coverage
}

/** `decide` makes the decisions, with a probe put before every test. */
export const countingOf = <Context, Outcome>(
  set: RuleSet,
  scope: Scope<Context>,
  compile: (probe: Probe<Context>) => (context: Context) => Decision<Outcome>,
): Counting<Context, Outcome> => {
  let decisions = 0
  const rules = new Map<string, number>(idsOf(set).map((id) => [id, 0]))
  const tests = new Map<string, { true: number; false: number }>()
  const decide = compile((asks, path) => {
    const seen = { true: 0, false: 0 }
    tests.set(path.join('.'), seen)
    return (context) => {
      const holds = asks(context)
      seen[`${holds}`] += 1
      return holds
    }
  })
  const bounds = variablesOf(boundTests(set, scope), scope).list.flatMap((variable) =>
    variable.kind === 'fact'
      ? [{ variable, read: readFact(variable.fact), seen: new Set<number>() }]
      : [],
  )
  return {
    decide: (context) => {
      for (const { variable, read, seen } of bounds) seen.add(regionOf(variable, read(context)))
      const decision = decide(context)
      decisions += 1
      for (const id of decision.ruleIds) rules.set(id, (rules.get(id) ?? 0) + 1)
      return decision
    },
    coverage: () => ({
      decisions,
      rules: Object.fromEntries(rules),
      tests: Object.fromEntries([...tests].map(([path, seen]) => [path, { ...seen }])),
      untested: bounds.flatMap(({ variable, seen }) =>
        Array.from({ length: variable.regions }, (_, region) => region).flatMap((region) => {
          const value = seen.has(region) ? undefined : sampleIn(variable, region)
          return value === undefined ? [] : [{ fact: variable.fact.id, value }]
        }),
      ),
    }),
  }
}

const idsOf = (set: RuleSet): readonly string[] =>
  (set.kind === 'tiers' ? set.tiers : set.kind === 'table' ? set.rows : set.rules).map(
    ({ id }) => id,
  )

/** The tests by whose bounds a set cuts its facts; those of tiers lie in their bounds and steps. */
const boundTests = (set: RuleSet, scope: Scope<never>): readonly Test[] =>
  set.kind === 'tiers' ? tierTests(set, scope.fact(set.on).type) : testsOf(rowsOf(set), scope.named)

const tierTests = ({ on, tiers, steps = [] }: TierSet, type: FactType): readonly Test[] =>
  [...tiers.map(({ upTo }) => upTo), ...steps.map(({ from }) => from)].flatMap((bound): Test[] =>
    bound === null
      ? []
      : [{ fact: on, op: 'le', value: type === 'integer' ? Math.floor(Number(bound)) : bound }],
  )
