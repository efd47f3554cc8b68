import { holds, type Scene } from '../condition/holds.ts'
import type { Decision } from './decision.ts'
import { settle, stopsAtFirst } from './hit-policy.ts'
import type { Rows } from './rows.ts'

/** The meaning of lists, tables and deadline rules: which rules hold, and what that comes to. */
export const decideRows = (rows: Rows, scene: Scene): Decision<unknown> => {
  const held = rows.rules.filter(({ clauses }) =>
    clauses.every(({ condition }) => holds(condition, scene)),
  )
  return settle(rows, stopsAtFirst(rows) ? held.slice(0, 1) : held)
}
