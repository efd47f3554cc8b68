// All that the benches take of the engine, in one place.

export type { Condition } from '../../packages/rules/src/condition/condition.ts'
export type { Facts } from '../../packages/rules/src/condition/fact.ts'
export { emitRules } from '../../packages/rules/src/engine/emit.ts'
export { compileRules } from '../../packages/rules/src/engine/evaluate.ts'
export type { Decision } from '../../packages/rules/src/table/decision.ts'
export { rowsOf } from '../../packages/rules/src/table/rows.ts'
export type {
  ListSet,
  RuleSet,
  TableSet,
  TierSet,
} from '../../packages/rules/src/table/rule-set.ts'
