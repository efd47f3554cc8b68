import { type Month, minute, officeTime } from './china-time.ts'
import type { Draft, His } from './drafts.ts'
import type { AccidentKind } from './planted.ts'
import type { Random } from './prng.ts'
import type { Stay, Stays } from './stays.ts'

/**
 * How a visit stands at the end of the month, and so what becomes of its follow-up plan:
 * - `standing`: discharged, the plan goes on.
 * - `readmitted`: discharged, what was open ended with the next stay.
 * - `deceased`: discharged, what was open ended with the death.
 * - `died-in-hospital`: discharged with 离院方式 5, no plan.
 * - `discharge-cancelled`: back in bed, no plan that counts.
 * - `admission-cancelled`: never a stay.
 * - `in-hospital`: not discharged.
 * - `unheard`: discharged, but no message says so, so the CRM believes the patient in hospital.
 */
export type Fate =
  | 'standing'
  | 'readmitted'
  | 'deceased'
  | 'died-in-hospital'
  | 'discharge-cancelled'
  | 'admission-cancelled'
  | 'in-hospital'
  | 'unheard'

/** Fates with which a visit is on the HIS's own list of discharges. */
export const isDischarged = (fate: Fate): boolean =>
  fate === 'standing' ||
  fate === 'readmitted' ||
  fate === 'deceased' ||
  fate === 'died-in-hospital' ||
  fate === 'unheard'

/** What became of one visit, and the messages that tell it. */
export interface Told {
  /** As it truly is in the end. */
  readonly stay: Stay
  readonly fate: Fate
  readonly drafts: readonly Draft[]
  /** Staff have a reason to call from the last message on, unless this says from when. */
  readonly from?: number
  /** Staff have no more reason to call from the next stay or the death on. */
  readonly until?: number
}

/** `aftermath`: the second visit of an accident that takes two; `plain`: nothing befell it. */
export interface Story extends Told {
  readonly kind: AccidentKind | 'plain' | 'aftermath'
}

/** What an accident is told with. */
export interface Scene {
  readonly month: Month
  readonly random: Random
  readonly stays: Stays
  readonly his: His
}

/** Something that befalls visits. */
export interface Accident {
  /** How many in a month of so many discharges. */
  count(discharges: number, random: Random): number
  /** Tells one case: the visit it befalls, then the other visit that it takes, if any. */
  tell(scene: Scene, at: number): readonly Told[]
}

/** About a share of the discharges; one at least where there are enough of them. */
export const share =
  (of: number): Accident['count'] =>
  (discharges) =>
    Math.max(Math.round(discharges * of), discharges >= 300 ? 1 : 0)

/** An office time so many hours after an instant. */
export const later = (random: Random, instant: number, least: number, most: number): number =>
  officeTime(instant + random.int(least * 60, most * 60) * minute)
