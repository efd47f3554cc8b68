import { readDecimal, writeDecimal } from '../condition/decimal.ts'
import { type Scene, type Seen, sceneOf } from '../condition/holds.ts'
import { readFactStrictly, type Scope } from '../condition/scope.ts'
import { type LabelOf, type Trace, traceOf, until } from '../condition/trace.ts'
import type { Decision } from '../table/decision.ts'
import { stopsAtFirst } from '../table/hit-policy.ts'
import { rateTiers } from '../table/rate-tiers.ts'
import { type Rows, type Rule, rowsOf } from '../table/rows.ts'
import type { RuleSet } from '../table/rule-set.ts'

/** A rule that was looked at: whether it held, and each condition that was looked at. */
export interface LookedAt {
  readonly ruleId: string
  readonly ok: boolean
  readonly trace: Trace
  readonly note?: string
}

/** A decision with all that led to it. Holds the facts as they were read: whoever logs it logs them. */
export interface Explanation<Outcome> extends Decision<Outcome> {
  readonly facts: Readonly<Record<string, Seen>>
  /** In the order in which they were looked at, up to the one that decided where that ends the search. */
  readonly looked: readonly LookedAt[]
  /** Of a tier set: what each tier and step contributed, before cap, floor and rounding. */
  readonly lines: readonly { readonly id: string; readonly base: string; readonly amount: string }[]
  /** How the facts came about that are outcomes of other sets, by fact. */
  readonly chained: Readonly<Record<string, Explanation<unknown>>>
}

/** How a rule set tells what its decision rests on. */
export type Explain<Context> = (
  context: Context,
) => Pick<Explanation<unknown>, 'facts' | 'looked' | 'lines'>

export const explainerOf = <Context>(
  set: RuleSet,
  scope: Scope<Context>,
  facts: readonly string[],
): Explain<Context> => {
  const rows = set.kind === 'tiers' ? null : rowsOf(set)
  const labelOf: LabelOf = (fact) => scope.fact(fact).label
  return (context) => ({
    facts: Object.fromEntries(
      facts.map((fact) => [fact, readFactStrictly(scope.fact(fact))(context)]),
    ),
    looked: rows ? lookedAt(rows, sceneOf(scope, context), labelOf) : [],
    lines: set.kind === 'tiers' ? linesOf(set, sceneOf(scope, context)) : [],
  })
}

const lookedAt = (rows: Rows, scene: Scene, labelOf: LabelOf): readonly LookedAt[] => {
  const looked: LookedAt[] = []
  for (const rule of rows.rules) {
    const one = ruleTrace(rule, scene, labelOf)
    looked.push(one)
    if (one.ok && stopsAtFirst(rows)) break
  }
  return looked
}

const ruleTrace = ({ id, clauses, note }: Rule, scene: Scene, labelOf: LabelOf): LookedAt => {
  const conditions = clauses.map(({ condition }) => condition)
  const parts = until(conditions, false, (part) => traceOf(part, scene, labelOf))
  const [only] = parts
  const ok = parts.every((part) => part.ok)
  const trace = only && conditions.length === 1 ? only : ({ kind: 'all', ok, parts } as const)
  return { ruleId: id, ok, trace, ...(note === undefined ? {} : { note }) }
}

const linesOf = (set: RuleSet & { readonly kind: 'tiers' }, scene: Scene) => {
  const amount = scene.seen({ fact: set.on })
  if (amount === null) return []
  return rateTiers(set, readDecimal(amount as string)).lines.map(({ id, base, amount: paid }) => ({
    id,
    base: writeDecimal(base),
    amount: writeDecimal(paid),
  }))
}
