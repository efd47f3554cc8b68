import type * as z from 'zod'
import type { Vocabulary } from '../condition/scope.ts'
import { refuse } from '../refusal.ts'
import type { Fixture, RuleSet } from '../table/rule-set.ts'
import { defaultLimits, type Limits } from './budget.ts'
import { checkSets } from './check-sets.ts'
import { csvFixtures } from './csv-fixtures.ts'
import { emitRules } from './emit.ts'
import { type CompiledRules, type CompileOptions, compileRules } from './evaluate.ts'
import type { Finding } from './finding.ts'
import { type FixtureResult, type NamedCase, namedCases, runFixtures } from './fixtures.ts'
import { inForceOn } from './in-force.ts'

export interface EngineOptions<Context> extends Vocabulary<Context> {
  readonly limits?: Partial<Limits> | undefined
}

export interface CheckReport {
  /** No error among the findings. */
  readonly ok: boolean
  readonly findings: readonly Finding[]
}

/** A vendor's rule engine: one vocabulary, any number of rule sets. */
export interface RuleEngine<Context> {
  /**
   * Checks one rule set, or a list of sets that belong together, of any origin. Takes bounded effort,
   * and throws for no data. `outcome` is the vendor's own schema of what rules may come to.
   */
  readonly check: (data: unknown, outcome?: z.ZodType) => CheckReport
  /** The set itself, typed, if it has no errors; else refuses it (`rules.faulty`, with findings). */
  readonly read: <Outcome = unknown>(
    data: unknown,
    outcome?: z.ZodType<Outcome>,
  ) => RuleSet<Outcome>
  /** Checks and compiles. */
  readonly compile: <Outcome = unknown>(
    set: RuleSet<Outcome>,
    options?: CompileOptions,
  ) => CompiledRules<Context, Outcome>
  /** The versions in force on a day `YYYY-MM-DD`. */
  readonly at: <Set extends RuleSet>(sets: readonly Set[], day: string) => readonly Set[]
  /** The facts of the host that a set reads, through those of `among` that it builds upon too. */
  readonly requires: (set: RuleSet, among?: readonly RuleSet[]) => readonly string[]
  /** The set as the source text of an ES module without dependencies. */
  readonly emit: (set: RuleSet) => string
  /** Runs the fixtures of the set, or those given: as data, or as CSV text. */
  readonly runFixtures: (
    set: RuleSet,
    fixtures?: readonly Fixture[] | string,
  ) => readonly FixtureResult[]
  /** The same, named, for a test framework. */
  readonly cases: (set: RuleSet, fixtures?: readonly Fixture[] | string) => readonly NamedCase[]
}

export const createEngine = <Context>(options: EngineOptions<Context>): RuleEngine<Context> => {
  const { limits: given, ...vocabulary } = options
  const limits = { ...defaultLimits, ...given }
  const effort = { nodes: limits.diagramNodes, steps: 20_000_000 }

  const check = (data: unknown, outcome?: z.ZodType): CheckReport => {
    const { ok, findings } = checkSets(data, vocabulary, limits, outcome)
    return { ok, findings }
  }
  const read = <Outcome>(data: unknown, outcome?: z.ZodType<Outcome>): RuleSet<Outcome> => {
    const { ok, findings, sets } = checkSets(data, vocabulary, limits, outcome)
    const [set] = ok ? sets : []
    return (set ?? refuse('rules.faulty', { findings })) as RuleSet<Outcome>
  }
  const compile = <Outcome>(set: RuleSet<Outcome>, compileOptions: CompileOptions = {}) =>
    compileRules(read<Outcome>(set), vocabulary, { effort, ...compileOptions })
  const results = (data: RuleSet, fixtures?: readonly Fixture[] | string) => {
    const set = read(data)
    const rows = typeof fixtures === 'string' ? csvFixtures(fixtures, set, vocabulary) : fixtures
    return runFixtures(set, vocabulary, rows)
  }

  return {
    check,
    read,
    compile,
    at: inForceOn,
    requires: (set, among) => compileRules(set, vocabulary, { among }).requires,
    emit: (set) => emitRules(read(set), vocabulary),
    runFixtures: results,
    cases: (set, fixtures) => namedCases(() => results(set, fixtures)),
  }
}
