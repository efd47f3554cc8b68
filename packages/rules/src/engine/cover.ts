import type { Path } from '../condition/fold.ts'
import type { Picture } from '../table/compile-rows.ts'
import type { RowSet, Rows } from '../table/rows.ts'
import type { Report } from './finding.ts'
import type { Domain } from './regions-in-domain.ts'

/** The rules of one set taken together, within what is declared of its facts. */
export interface Cover {
  readonly set: RowSet
  readonly rows: Rows
  readonly picture: Picture<never>
  readonly domain: Domain
  readonly report: Report
}

/** Of one kind, before the rest goes without saying. */
export const mostFindings = 20

export const rulePath = ({ kind }: RowSet, rule: number): Path => [
  kind === 'table' ? 'rows' : 'rules',
  rule,
]
