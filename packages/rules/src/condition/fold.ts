import type { Cell, Condition, Test } from './condition.ts'

/** Where something stands: keys and places from the root of the rule set. */
export type Path = readonly (string | number)[]

/** What each kind of condition comes to, given what its parts have come to. */
export interface Folding<Result> {
  readonly test: (test: Test, path: Path) => Result
  readonly all: (parts: readonly Result[], path: Path) => Result
  readonly any: (parts: readonly Result[], path: Path) => Result
  readonly not: (part: Result, path: Path) => Result
  /** A shared condition; whoever folds decides whether to look into it. */
  readonly use: (name: string, path: Path) => Result
}

/** Walks a condition once, from its leaves up. */
export const fold = <Result>(
  condition: Condition,
  by: Folding<Result>,
  path: Path = [],
): Result => {
  const parts = (key: string, conditions: readonly Condition[]) =>
    conditions.map((part, place) => fold(part, by, [...path, key, place]))
  if ('all' in condition) return by.all(parts('all', condition.all), path)
  if ('any' in condition) return by.any(parts('any', condition.any), path)
  if ('not' in condition) return by.not(fold(condition.not, by, [...path, 'not']), path)
  if ('use' in condition) return by.use(condition.use, path)
  return by.test(condition, path)
}

/** What a field of a table asks, as a condition on the fact of its column. */
export const cellCondition = (fact: string, cell: Cell): Condition => {
  if (cell === null) return { all: [] }
  if (typeof cell !== 'object') return { fact, op: 'eq', value: cell }
  if ('op' in cell) return { fact, ...cell }
  if ('not' in cell) return { not: cellCondition(fact, cell.not) }
  return { any: cell.map((one) => cellCondition(fact, one)) }
}
