import { readInstant } from '../calendar/instant.ts'
import { allocate } from '../money/allocate.ts'
import type { Minor } from '../money/amount.ts'
import type { Touch } from './facts.ts'

/** How a report divides a visit among its touches. None of these decides pay. */
export type ReportModel = 'first' | 'last' | 'linear' | 'position'

/**
 * A touch's part in a report. It is no credit: it has no payee, no role and another `basis`, and the
 * commission rules take nothing like it.
 */
export interface ReportedShare {
  readonly basis: 'report'
  readonly model: ReportModel
  readonly touch: string
  /** Of `of`; the parts of a visit sum to it. */
  readonly parts: number
  readonly of: number
  readonly amount: Minor
}

const partsOf: Readonly<Record<ReportModel, (count: number) => readonly number[]>> = {
  first: (count) => one(count, 0),
  last: (count) => one(count, count - 1),
  linear: (count) => evenly(count),
  position: (count) => (count < 3 ? evenly(count) : ends(count)),
}

const evenly = (count: number) => Array.from({ length: count }, () => 1)

const one = (count: number, place: number) =>
  Array.from({ length: count }, (_, index) => (index === place ? 1 : 0))

/** Two fifths to the first and the last each, one fifth to all between. */
const ends = (count: number) =>
  Array.from({ length: count }, (_, index) =>
    index === 0 || index === count - 1 ? 2 * (count - 2) : 1,
  )

/**
 * Divides an amount of minor units among the touches of a visit, by time, for reports on channels:
 * all to the first or the last, evenly, or two fifths to each end. The shares sum to it exactly.
 */
export const reportShares = (
  model: ReportModel,
  touches: readonly Pick<Touch, 'id' | 'at'>[],
  amount: Minor,
): readonly ReportedShare[] => {
  if (touches.length === 0) return []
  const inTime = touches.toSorted(
    (a, b) => readInstant(a.at) - readInstant(b.at) || (a.id < b.id ? -1 : 1),
  )
  const parts = partsOf[model](inTime.length)
  const of = parts.reduce((sum, part) => sum + part, 0)
  const shares = allocate(amount, parts.map(String))
  return inTime.map(({ id }, place) => ({
    basis: 'report',
    model,
    touch: id,
    parts: parts[place] ?? 0,
    of,
    amount: shares[place] ?? 0,
  }))
}
