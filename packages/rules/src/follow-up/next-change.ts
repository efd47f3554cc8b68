import { type Instant, type Millis, readInstant, writeInstant } from '../calendar/instant.ts'
import type { Draw } from './draw.ts'
import type { FollowUpFact } from './fact.ts'
import { boundariesOf, momentsOf, statesOf } from './moments.ts'
import type { FollowUpProgramme } from './programme.ts'
import { ledgerFor, pictureAt, type Viewpoint } from './records.ts'
import type { TaskRecord } from './task-of.ts'

/**
 * The first instant after `asOf` (UTC) at which a task enters another state, or appears, by the
 * passing of time alone; null when nothing is left to change. Waiting for a draw is not a change:
 * `drawCandidates` says when that is due.
 */
export const nextChange = (
  programme: FollowUpProgramme,
  facts: readonly FollowUpFact[],
  draws: readonly Draw[],
  { asOf, knownAt }: Viewpoint,
): Instant | null => {
  const [start, known] = [readInstant(asOf), readInstant(knownAt)]
  const ledger = ledgerFor(programme, facts, known)
  const at = (instant: Millis) => pictureAt(programme, ledger, draws, instant, known).records
  const before = at(start)
  const coming = new Set([...momentsOf(ledger, draws), ...boundariesOf(before)])
  for (let instant = start; ; ) {
    instant = earliestAfter(coming, instant)
    if (instant === Number.POSITIVE_INFINITY) return null
    const after = at(instant)
    if (!sameStates(before, after)) return writeInstant(instant)
    for (const boundary of boundariesOf(after)) coming.add(boundary)
  }
}

const earliestAfter = (moments: ReadonlySet<Millis>, instant: Millis): Millis => {
  let earliest = Number.POSITIVE_INFINITY
  for (const moment of moments) if (moment > instant && moment < earliest) earliest = moment
  return earliest
}

const sameStates = (before: readonly TaskRecord[], after: readonly TaskRecord[]) => {
  const states = statesOf(before)
  return (
    before.length === after.length && after.every(({ task }) => states.get(task.key) === task.state)
  )
}
