import type * as z from 'zod'
import type { RuleSet } from '../table/rule-set.ts'
import type { Report } from './finding.ts'

/** Holds every outcome of a list or a table to the vendor's own schema. */
export const checkOutcomes = (set: RuleSet, schema: z.ZodType, report: Report): void => {
  if (set.kind === 'tiers' || set.kind === 'deadline') return
  const named = { set: `${set.id}@${set.version}` }
  const rules = set.kind === 'list' ? set.rules : set.rows
  const check = (outcome: unknown, path: readonly (string | number)[]) => {
    for (const issue of schema.safeParse(outcome).error?.issues ?? []) {
      const at = [
        ...path,
        ...issue.path.map((key) => (typeof key === 'number' ? key : String(key))),
      ]
      report('error', 'shape', at, issue.message, named)
    }
  }
  rules.forEach(({ outcome }, place) => {
    check(outcome, [set.kind === 'list' ? 'rules' : 'rows', place, 'outcome'])
  })
  if (set.otherwise !== undefined) check(set.otherwise, ['otherwise'])
}
