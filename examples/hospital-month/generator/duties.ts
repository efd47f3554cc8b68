import type { Random } from './prng.ts'
import type { Staff, StaffMember } from './staff.ts'
import type { Stay } from './stays.ts'

/** How somebody keeps their duty: the shares they forget and do late. */
interface Habit {
  readonly forgets: number
  readonly delays: number
}

/** A call or visit that somebody owes after a discharge. */
export interface Duty {
  readonly tier: 1 | 2 | 3
  readonly role: 'attending' | 'call-centre' | 'outreach'
  /** Whose it is. */
  readonly by: StaffMember
  readonly habit: Habit
  /** First and last day, counted from the discharge, on which it is done in time. */
  readonly inTime: readonly [number, number]
  /** The days on which it is done when it is done late. */
  readonly late: readonly [number, number]
}

/** Departments differ, and in each of them the doctors do. */
const habitOf = (random: Random, { id, department = '' }: StaffMember): Habit => {
  const house = random.fork(department).next()
  const own = random.fork(id).next()
  return { forgets: 0.3 * house * house + 0.1 * own, delays: 0.25 * house + 0.2 * own * own }
}

/** The work of the whole hospital's teams is watched, so little is forgotten there. */
const watched: Habit = { forgets: 0.03, delays: 0.06 }

/** The attending doctor calls in the first week, the call centre in the second; one in twenty is visited at home. */
export const dutiesOf = (random: Random, { attending }: Stay, staff: Staff): Duty[] => {
  const habit = habitOf(random.fork('habits'), attending)
  const agent = random.pick(staff.agents)
  const calls: Duty[] = [
    { tier: 1, role: 'attending', by: attending, habit, inTime: [1, 6], late: [8, 20] },
    { tier: 2, role: 'call-centre', by: agent, habit: watched, inTime: [8, 13], late: [15, 24] },
  ]
  if (!random.chance(0.05)) return calls
  const by = random.pick(staff.outreach)
  const visit = { tier: 3, role: 'outreach', inTime: [15, 27], late: [28, 29] } as const
  return [...calls, { ...visit, by, habit: watched }]
}
