import type { Scope } from '../condition/scope.ts'
import { dated } from './deadline.ts'
import type { Decision } from './decision.ts'
import { type Rows, rowsOf } from './rows.ts'
import type { RuleSet } from './rule-set.ts'
import type { compileTiers } from './tier-search.ts'

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
