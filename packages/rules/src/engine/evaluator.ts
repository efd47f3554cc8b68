import { type Scope, scopeOf, type Vocabulary } from '../condition/scope.ts'
import { refuse } from '../refusal.ts'
import { dated } from '../table/deadline.ts'
import type { Decision } from '../table/decision.ts'
import { compileFlat } from '../table/flat.ts'
import { type Rows, rowsOf } from '../table/rows.ts'
import type { RuleSet } from '../table/rule-set.ts'
import { compileTiers } from '../table/tier-search.ts'

/** A rule set as a function of the context. */
export type Decide<Context, Outcome = unknown> = (context: Context) => Decision<Outcome>

/** By what the rows of a set, and its tiers, are decided. */
export interface Executors<Context> {
  readonly rows: (rows: Rows) => Decide<Context>
  readonly tiers: typeof compileTiers<Context>
}

/** Decides a set of any kind by the executors given. */
export const decideWith = <Context>(
  set: RuleSet,
  scope: Scope<Context>,
  { rows, tiers }: Executors<Context>,
): Decide<Context> => {
  if (set.kind === 'tiers') return tiers(set, scope.fact(set.on))
  const choose = rows(rowsOf(set))
  return set.kind === 'deadline' ? dated(choose, scope) : choose
}

/**
 * The smallest thing that decides, for pages: rules in turn, without diagrams, traces and checks. Takes
 * a set that was checked before; needs no `eval`. A fact that is another set's outcome wants a `get` of
 * its own (`rules.unknown-set`).
 */
export const evaluator = <Context, Outcome = unknown>(
  set: RuleSet<Outcome>,
  vocabulary: Vocabulary<Context>,
): Decide<Context, Outcome> => {
  const scope = scopeOf(set, vocabulary, ({ outcomeOf }) =>
    refuse('rules.unknown-set', { set: outcomeOf }),
  )
  const rows = (all: Rows) => compileFlat(all, scope)
  return decideWith(set, scope, { rows, tiers: compileTiers }) as Decide<Context, Outcome>
}
