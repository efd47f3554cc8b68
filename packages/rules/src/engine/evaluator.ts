import { scopeOf, type Vocabulary } from '../condition/scope.ts'
import { refuse } from '../refusal.ts'
import { type Decide, decideWith } from '../table/decide-with.ts'
import { compileFlat } from '../table/flat.ts'
import type { Rows } from '../table/rows.ts'
import type { RuleSet } from '../table/rule-set.ts'
import { compileTiers } from '../table/tier-search.ts'

export type { Decide } from '../table/decide-with.ts'

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
