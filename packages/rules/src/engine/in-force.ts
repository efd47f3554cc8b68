import { isDay } from '../condition/value-kind.ts'
import { refuse } from '../refusal.ts'
import type { RuleSet } from '../table/rule-set.ts'

/**
 * The rule sets in force on a day `YYYY-MM-DD`, one version of each id: of those that have begun and not
 * ended, the one that began last. Reads no clock. Refuses what is no day (`day.malformed`).
 */
export const inForceOn = <Set extends Pick<RuleSet, 'id' | 'validFrom' | 'validTo'>>(
  sets: readonly Set[],
  day: string,
): readonly Set[] => {
  if (!isDay(day)) return refuse('day.malformed', { day })
  const latest = new Map<string, Set>()
  for (const set of sets) {
    const hasBegun = set.validFrom <= day && (set.validTo === undefined || day < set.validTo)
    const other = latest.get(set.id)
    if (hasBegun && (!other || other.validFrom < set.validFrom)) latest.set(set.id, set)
  }
  return [...latest.values()]
}
