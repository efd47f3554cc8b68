import { day, hour, isoTime, type Month, minute } from './china-time.ts'
import { type Duty, dutiesOf } from './duties.ts'
import type { Random } from './prng.ts'
import type { Staff } from './staff.ts'
import { type Story, share } from './story.ts'

export type ContactResult = 'completed' | 'no-answer' | 'wrong-number' | 'refused'

/** One attempt of somebody to reach a discharged patient. */
export interface Contact extends Pick<Duty, 'role' | 'tier'> {
  /** When it happened; an instant in UTC, ISO 8601. */
  readonly at: string
  /** When it was entered: mostly at once, sometimes days later. */
  readonly recordedAt: string
  readonly visit: string
  readonly result: ContactResult
  /** Id of the member of staff. */
  readonly by: string
}

const results: readonly (readonly [ContactResult, number])[] = [
  ['completed', 80],
  ['no-answer', 15],
  ['wrong-number', 3],
  ['refused', 2],
]

/** The shares of contacts that are entered days later, and of the call centre's that come too early. */
const slips = { enteredLate: 0.06, tooEarly: 0.02, beforeDischarge: 0.006 }

interface Task {
  readonly month: Month
  readonly story: Story
  readonly duty: Duty
  /** The doctor spoke with the patient before they left, and takes that for the call. */
  readonly tookItAsDone: boolean
}

/** What came of one duty: attempts until somebody is reached, refuses or the caller gives up. */
const attempts = (random: Random, { month, story, duty, tookItAsDone }: Task): Contact[] => {
  const { stay, drafts, until = Number.POSITIVE_INFINITY } = story
  const from = story.from ?? Math.max(...drafts.map(({ sentAt }) => sentAt))
  const { tier, role, by, habit, inTime, late } = duty
  const made: Contact[] = []
  const enter = (at: number, result: ContactResult) => {
    const isLate = random.chance(slips.enteredLate)
    const delay = isLate ? random.int(25, 200) * hour : random.int(1, 30) * minute
    // The HIS offers no form for it until it knows the discharge.
    const recordedAt = isoTime(Math.max(at, from) + delay)
    made.push({ at: isoTime(at), recordedAt, visit: stay.visit, role, tier, result, by: by.id })
  }
  const midnight = stay.dischargedAt - ((stay.dischargedAt - month.start) % day)
  const onDay = (days: number) => midnight + days * day + random.int(9 * 60, 17 * 60) * minute

  if (tookItAsDone) {
    enter(stay.dischargedAt - random.int(60, 180) * minute, 'completed')
    return made
  }
  if (random.chance(habit.forgets)) return made
  if (tier === 2 && random.chance(slips.tooEarly)) {
    const at = onDay(random.int(2, 5))
    if (at > from && at < until) enter(at, 'completed')
    return made
  }
  const [first, last] = random.chance(habit.delays) ? late : inTime
  let at = onDay(random.int(first, last))
  while (at <= from + hour) at += day
  for (let attempt = 0; attempt < 3 && at < until; attempt += 1) {
    const [result] = random.weighted(results, ([, weight]) => weight)
    enter(at, result)
    if (result === 'completed' || result === 'refused') break
    at += day + random.int(-30, 120) * minute
  }
  return made
}

/**
 * What staff did for the month's discharges, in the order in which it was entered, up to some weeks after the month.
 * They know what the HIS knows, so nobody calls after a readmission or a death, or for a discharge nobody heard of.
 */
export const contactsOf = (
  random: Random,
  month: Month,
  stories: readonly Story[],
  staff: Staff,
): Contact[] => {
  const followed = stories.filter(({ fate }) => {
    return fate === 'standing' || fate === 'readmitted' || fate === 'deceased'
  })
  const plain = followed.filter(({ kind }) => kind === 'plain')
  const ahead = share(slips.beforeDischarge)(stories.length, random)
  const talkedTo = new Set(random.some(plain, ahead))
  return followed
    .flatMap((story) =>
      dutiesOf(random, story.stay, staff).flatMap((duty) => {
        const tookItAsDone = duty.tier === 1 && talkedTo.has(story)
        return attempts(random, { month, story, duty, tookItAsDone })
      }),
    )
    .sort((one, other) => Date.parse(one.recordedAt) - Date.parse(other.recordedAt))
}
