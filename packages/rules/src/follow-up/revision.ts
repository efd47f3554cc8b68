import type { DayNumber } from '../calendar/day.ts'
import type { Millis } from '../calendar/instant.ts'
import type { Leaving } from './generations.ts'
import type { Window } from './windows.ts'

/** The windows of an episode as they stood from one instant of knowledge on. */
export interface Revision {
  readonly known: Millis
  readonly cause:
    | 'discharged'
    | 'corrected'
    | 'calendar-published'
    | 'plan-published'
    | 'moved-by-hand'
  readonly leaving: Leaving
  /** Day 0: the local day of the discharge. */
  readonly day0: DayNumber
  readonly windows: readonly Window[]
}
