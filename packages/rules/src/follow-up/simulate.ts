import { type Instant, type Millis, readInstant, writeInstant } from '../calendar/instant.ts'
import type { Draw } from './draw.ts'
import type { FollowUpFact } from './fact.ts'
import { boundariesOf, momentsOf, statesOf } from './moments.ts'
import type { FollowUpProgramme } from './programme.ts'
import { ledgerFor, pictureAt } from './records.ts'
import type { TaskState } from './task.ts'

/** A task entered a state at an instant (UTC). */
export interface Transition {
  readonly at: Instant
  readonly visit: string
  readonly generation: number
  readonly tier: number
  readonly state: TaskState
}

const ever = Number.POSITIVE_INFINITY

/**
 * Lists the transitions of all tasks from `from` to `to`, both included, in the order of time and
 * at one instant of visits, tiers and generations. All facts are used, and what happened counts
 * from when it happened, whenever it became known.
 */
export const simulateFollowUps = (
  programme: FollowUpProgramme,
  facts: readonly FollowUpFact[],
  draws: readonly Draw[],
  { from, to }: { readonly from: Instant; readonly to: Instant },
): readonly Transition[] => {
  const [first, last] = [readInstant(from), readInstant(to)]
  const ledger = ledgerFor(programme, facts, ever)
  const at = (asOf: Millis) => pictureAt(programme, ledger, draws, asOf, ever).records
  const isWithin = (moment: Millis) => first <= moment && moment <= last
  const instants = new Set([first, ...momentsOf(ledger, draws)].filter(isWithin))
  for (const moment of [...instants]) {
    for (const boundary of boundariesOf(at(moment))) if (isWithin(boundary)) instants.add(boundary)
  }
  let states = statesOf(at(first - 1))
  const transitions: Transition[] = []
  for (const instant of [...instants].sort((a, b) => a - b)) {
    const records = at(instant)
    const changed = records
      .map(({ task }) => task)
      .filter(({ key, state }) => states.get(key) !== state)
      .sort((a, b) => (a.visit < b.visit ? -1 : a.visit > b.visit ? 1 : a.tier - b.tier))
    for (const { visit, generation, tier, state } of changed) {
      transitions.push({ at: writeInstant(instant), visit, generation, tier, state })
    }
    states = statesOf(records)
  }
  return transitions
}
