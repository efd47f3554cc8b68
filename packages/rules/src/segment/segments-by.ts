import { compileRules } from '../engine/evaluate.ts'
import type { FactRecord } from '../engine/fixtures.ts'
import type { OpenBook } from '../engine/rule-book.ts'
import { refuse } from '../refusal.ts'

/** How many of a group fall into each segment, the largest first, and how many there are. */
export interface SegmentGroup {
  readonly group: string
  readonly count: number
  readonly segments: readonly { readonly segment: string; readonly count: number }[]
}

const bySize = (a: { readonly count: number }, b: { readonly count: number }) => b.count - a.count

/**
 * Counts the segments that a set of a book decides for customers, in groups by one of their facts, such
 * as `department`, `region` or `payer`; a missing fact is the group ``, no decision the segment ``.
 * Refuses a set that the book does not have (`rules.unknown-set`).
 */
export const segmentsBy = (
  { sets, vocabulary }: OpenBook,
  set: string,
  customers: readonly FactRecord[],
  by: string,
): readonly SegmentGroup[] => {
  const rules = sets.find(({ id }) => id === set) ?? refuse('rules.unknown-set', { set })
  const { decide } = compileRules<FactRecord>(rules, vocabulary, { among: sets })
  const decided = customers.map((facts) => ({
    group: String(facts[by] ?? ''),
    segment: String(decide(facts).outcome ?? ''),
  }))
  const groups = [...Map.groupBy(decided, ({ group }) => group)].map(([group, members]) => ({
    group,
    count: members.length,
    segments: [...Map.groupBy(members, ({ segment }) => segment)]
      .map(([segment, all]) => ({ segment, count: all.length }))
      .sort(bySize),
  }))
  return groups.sort(bySize)
}
