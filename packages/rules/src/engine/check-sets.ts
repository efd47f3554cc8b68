import type * as z from 'zod'
import type { Vocabulary } from '../condition/scope.ts'
import type { RuleSet } from '../table/rule-set.ts'
import type { Limits } from './budget.ts'
import { checkChains } from './check-chains.ts'
import { checkOutcomes } from './check-outcomes.ts'
import { checkSet } from './check-set.ts'
import { checkVersions } from './check-versions.ts'
import { type Finding, hasErrors, reporter } from './finding.ts'

/** What was found in sets of any origin, and the sets themselves as copies that carry data alone. */
export interface CheckedSets {
  readonly ok: boolean
  readonly findings: readonly Finding[]
  readonly sets: readonly RuleSet[]
}

/** Checks one set, or a list of sets that belong together, each for itself and as they lie to each other. */
export const checkSets = (
  data: unknown,
  vocabulary: Vocabulary<never>,
  limits: Limits,
  outcome?: z.ZodType,
): CheckedSets => {
  const { findings, report } = reporter()
  const list = Array.isArray(data) ? data : null
  const checked = list
    ? list.map((one, place) => checkSet(one, vocabulary, limits, [place]))
    : [checkSet(data, vocabulary, limits)]
  const sets = checked.flatMap(({ set }) => set ?? [])
  const all = checked.flatMap((one) => one.findings)
  if (outcome) for (const set of sets) checkOutcomes(set, outcome, report)
  if (list && !hasErrors(all)) {
    checkVersions(sets, report)
    checkChains(sets, vocabulary, report)
  }
  const found = [...all, ...findings]
  return { ok: !hasErrors(found), findings: found, sets }
}
