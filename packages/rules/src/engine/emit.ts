import { type Scope, scopeOf, type Vocabulary } from '../condition/scope.ts'
import { refuse } from '../refusal.ts'
import { pictureOf } from '../table/compile-rows.ts'
import { settle, stopsAtFirst } from '../table/hit-policy.ts'
import { type RowSet, rowsOf } from '../table/rows.ts'
import type { RuleSet } from '../table/rule-set.ts'
import { chainText } from './emit-chain.ts'
import { diagramText } from './emit-diagram.ts'
import { type ModuleNames, moduleNames } from './emit-names.ts'
import { preamble } from './emit-preamble.ts'
import { tiersText } from './emit-tiers.ts'

/**
 * Writes a rule set out as the source text of an ES module that depends on nothing. It exports
 * `create(facts, functions)`, to be given the declarations of the vocabulary, which answers the
 * `decide` of the compiled set; outcomes of other sets come through a `get` like any fact. A table
 * reads all its facts at the outset. It trusts accessors to answer what their facts declare. Refuses
 * deadlines, tiers on decimals, and rules that are neither tried in order nor small enough for a
 * diagram (`rules.not-emitted`).
 */
export const emitRules = (set: RuleSet, vocabulary: Vocabulary<never>): string => {
  const scope = scopeOf(set, vocabulary, () => () => null)
  const module = moduleNames()
  const { functions, body } = partsOf(set, scope, module)
  return [
    preamble,
    ...module.constants(),
    '',
    'export const create = (facts, functions = {}) => {',
    ...module.parameters(),
    ...functions,
    '  return (context) => {',
    body,
    '  }',
    '}',
    '',
  ].join('\n')
}

const partsOf = (set: RuleSet, scope: Scope<never>, module: ModuleNames) => {
  if (set.kind === 'tiers') return tiersText(set, scope, module)
  if (set.kind === 'deadline') return refuse('rules.not-emitted', { set: set.id })
  return rowsText(set, scope, module)
}

const rowsText = (set: RowSet, scope: Scope<never>, module: ModuleNames) => {
  const rows = rowsOf(set)
  const picture = set.kind === 'list' && stopsAtFirst(rows) ? null : pictureOf(rows, scope)
  if (picture) {
    return diagramText(picture, scope, module, ({ hits }) =>
      settle(
        rows,
        hits.flatMap((rule) => rows.rules[rule] ?? []),
      ),
    )
  }
  if (!stopsAtFirst(rows)) return refuse('rules.not-emitted', { set: set.id })
  return { functions: [], body: chainText(rows, scope, module) }
}
