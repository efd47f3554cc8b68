import type { Probe } from '../condition/compile-condition.ts'
import type { ChainedFact } from '../condition/fact.ts'
import { type Scope, scopeOf, type Vocabulary } from '../condition/scope.ts'
import { refuse } from '../refusal.ts'
import { compileRows, type Executor } from '../table/compile-rows.ts'
import { type Decide, decideWith } from '../table/decide-with.ts'
import type { Decision } from '../table/decision.ts'
import type { Effort } from '../table/diagram.ts'
import { compileFlat } from '../table/flat.ts'
import type { RuleSet } from '../table/rule-set.ts'
import { decideTiers } from '../table/tier-decision.ts'
import { compileTiers } from '../table/tier-search.ts'
import { type Counting, countingOf } from './counting.ts'
import { type Explain, type Explanation, explainerOf } from './explain.ts'
import { factsOf } from './facts-of.ts'

export interface CompileOptions {
  readonly executor?: Executor | undefined
  /** The sets whose outcomes are facts of this one, one version of each. */
  readonly among?: readonly RuleSet[] | undefined
  /** How large a decision diagram may become before rules are tried one after the other. */
  readonly effort?: Effort | undefined
}

/** A rule set made ready. Everything is pure: the same context gives the same answer. */
export interface CompiledRules<Context, Outcome> {
  readonly id: string
  readonly version: string
  /** The facts of the host that it reads, through the sets it builds upon too. */
  readonly requires: readonly string[]
  /**
   * Decides; the hot path. Trusts accessors to answer what the fact declares, and refuses where it
   * sees that they do not (`rules.fact-mistyped`).
   */
  readonly decide: (context: Context) => Decision<Outcome>
  readonly decideAll: (contexts: readonly Context[]) => readonly Decision<Outcome>[]
  /** The same decision with its reasons, by another compilation; checks every fact that it reads. */
  readonly explain: (context: Context) => Explanation<Outcome>
  /** Another compilation that counts; each call begins at nought. */
  readonly counting: () => Counting<Context, Outcome>
}

/**
 * Compiles a rule set that was checked before. Refuses words that nobody declared
 * (`rules.unknown-word`), a set it builds upon and was not given (`rules.unknown-set`), and sets that
 * build upon themselves (`rules.cycle`).
 */
export const compileRules = <Context, Outcome = unknown>(
  set: RuleSet<Outcome>,
  vocabulary: Vocabulary<Context>,
  options: CompileOptions = {},
): CompiledRules<Context, Outcome> =>
  compileWithin(set, vocabulary, options, []) as CompiledRules<Context, Outcome>

const compileWithin = <Context>(
  set: RuleSet,
  vocabulary: Vocabulary<Context>,
  options: CompileOptions,
  above: readonly string[],
): CompiledRules<Context, unknown> => {
  const { executor, effort, among = [] } = options
  if (above.includes(set.id)) return refuse('rules.cycle', { sets: [...above, set.id] })
  const chained = new Map<string, CompiledRules<Context, unknown>>()
  const builtUpon = (id: string): CompiledRules<Context, unknown> => {
    const known = chained.get(id)
    if (known) return known
    const other = among.find((one) => one.id === id) ?? refuse('rules.unknown-set', { set: id })
    const compiled = compileWithin(other, vocabulary, options, [...above, set.id])
    chained.set(id, compiled)
    return compiled
  }
  const scope = scopeOf(set, vocabulary, ({ outcomeOf, key }) => {
    const { decide } = builtUpon(outcomeOf)
    return (context) => valueAt(decide(context).outcome, key)
  })
  const own = factsOf(set, scope.named)
  const decide = deciderOf(set, scope, executor, effort)
  const chains = own.flatMap((fact) => {
    const { outcomeOf } = scope.fact(fact)
    return outcomeOf === undefined ? [] : [{ fact, upon: builtUpon(outcomeOf) }]
  })
  const hosted = own.filter((fact) => chains.every((chain) => chain.fact !== fact))
  let explain: Explain<Context> | null = null
  return {
    id: set.id,
    version: set.version,
    requires: [...new Set([...hosted, ...chains.flatMap(({ upon }) => upon.requires)])].sort(),
    decide,
    decideAll: (contexts) => contexts.map(decide),
    explain: (context) => {
      explain ??= explainerOf(set, scope, own)
      return {
        ...decide(context),
        ...explain(context),
        chained: Object.fromEntries(chains.map(({ fact, upon }) => [fact, upon.explain(context)])),
      }
    },
    counting: () => countingOf(set, scope, (probe) => deciderOf(set, scope, 'flat', effort, probe)),
  }
}

const valueAt = (outcome: unknown, key: ChainedFact['key']): unknown => {
  if (key === undefined) return outcome
  const isKeyed = typeof outcome === 'object' && outcome !== null && Object.hasOwn(outcome, key)
  return isKeyed ? (outcome as Record<string, unknown>)[key] : null
}

const deciderOf = <Context>(
  set: RuleSet,
  scope: Scope<Context>,
  executor: Executor | undefined,
  effort: Effort | undefined,
  probe?: Probe<Context>,
): Decide<Context> =>
  decideWith(set, scope, {
    rows: (rows) =>
      probe ? compileFlat(rows, scope, probe) : compileRows(rows, scope, executor, effort),
    tiers: executor === 'reference' ? decideTiers : compileTiers,
  })
