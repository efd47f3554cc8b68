import type { Condition, Operand, Test } from '../condition/condition.ts'
import { operandsOf } from '../condition/holds.ts'
import { testsOf } from '../table/compile-rows.ts'
import { rowsOf } from '../table/rows.ts'
import type { RuleSet } from '../table/rule-set.ts'

const named = (operand: Operand | Test): readonly string[] => {
  if (typeof operand !== 'object') return []
  if ('fact' in operand) return [operand.fact]
  return 'fn' in operand ? operand.args.flatMap(named) : []
}

/** The facts that a test reads. */
export const factsIn = (test: Test): readonly string[] => [
  ...named(test),
  ...operandsOf(test).flatMap(named),
]

/** The facts that a rule set itself reads, in alphabetical order. */
export const factsOf = (
  set: RuleSet,
  conditionNamed: (name: string) => Condition,
): readonly string[] => {
  if (set.kind === 'tiers') return [set.on]
  const asked = testsOf(rowsOf(set), conditionNamed).flatMap(factsIn)
  const counted = set.kind === 'deadline' ? set.rules.map(({ from }) => from) : []
  return [...new Set([...asked, ...counted])].sort()
}
