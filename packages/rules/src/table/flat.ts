import { type Asks, compileCondition, everyOf, type Probe } from '../condition/compile-condition.ts'
import type { Scope } from '../condition/scope.ts'
import type { Decision } from './decision.ts'
import { settle, stopsAtFirst } from './hit-policy.ts'
import type { Rows, Rule } from './rows.ts'

/** The rules one after the other, each as a closure; where the first decides, no further than that. */
export const compileFlat = <Context>(
  rows: Rows,
  scope: Scope<Context>,
  probe?: Probe<Context>,
): ((context: Context) => Decision<unknown>) => {
  const rules = rows.rules.map((rule) => ({
    rule,
    asks: askingAll(rule, scope, probe),
    alone: settle(rows, [rule]),
  }))
  const none = settle(rows, [])
  if (stopsAtFirst(rows)) {
    return (context) => {
      for (const { asks, alone } of rules) if (asks(context)) return alone
      return none
    }
  }
  return (context) => {
    const hits = rules.filter(({ asks }) => asks(context))
    const [first, second] = hits
    if (first && !second) return first.alone
    return first
      ? settle(
          rows,
          hits.map(({ rule }) => rule),
        )
      : none
  }
}

const askingAll = <Context>(
  { clauses }: Rule,
  scope: Scope<Context>,
  probe?: Probe<Context>,
): Asks<Context> =>
  everyOf(clauses.map(({ condition, path }) => compileCondition(condition, scope, path, probe)))
