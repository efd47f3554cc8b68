import type { Condition } from '../condition/condition.ts'
import { cellCondition, type Path } from '../condition/fold.ts'
import type { DeadlineSet, HitPolicy, ListSet, TableSet } from './rule-set.ts'

/** A condition and where it stands in its rule set. */
export interface Clause {
  readonly condition: Condition
  readonly path: Path
}

/** A rule of a list, a row of a table or a rule of a deadline set: it holds when each clause does. */
export interface Rule {
  readonly id: string
  readonly clauses: readonly Clause[]
  readonly outcome: unknown
  readonly note?: string | undefined
}

/** What lists, tables and deadlines have in common: rules, and what becomes of those that hold. */
export interface Rows {
  readonly set: string
  readonly version: string
  readonly hit: HitPolicy
  readonly rules: readonly Rule[]
  readonly otherwise?: unknown
  readonly priorities?: readonly unknown[] | undefined
}

export type RowSet = ListSet | TableSet | DeadlineSet

export const rowsOf = (set: RowSet): Rows => {
  const head = { set: set.id, version: set.version }
  if (set.kind === 'table') {
    const { hit, otherwise, priorities, inputs } = set
    const rules = set.rows.map(({ id, when, outcome, note }, row): Rule => {
      const clauses = when.flatMap((cell, column): Clause[] =>
        cell === null
          ? []
          : [
              {
                condition: cellCondition(inputs[column] ?? '', cell),
                path: ['rows', row, 'when', column],
              },
            ],
      )
      return { id, clauses, outcome, note }
    })
    return { ...head, hit, otherwise, priorities, rules }
  }
  const clausesOf = (condition: Condition, place: number): Clause[] => [
    { condition, path: ['rules', place, 'when'] },
  ]
  if (set.kind === 'list') {
    const rules = set.rules.map(({ id, when, outcome, note }, place) => ({
      id,
      clauses: clausesOf(when, place),
      outcome,
      note,
    }))
    return { ...head, hit: set.hit, otherwise: set.otherwise, rules }
  }
  const rules = set.rules.map((rule, place) => ({
    id: rule.id,
    clauses: clausesOf(rule.when, place),
    outcome: rule,
    note: rule.note,
  }))
  return { ...head, hit: 'first', rules }
}
