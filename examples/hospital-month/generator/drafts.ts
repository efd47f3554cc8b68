import { hour, minute } from './china-time.ts'
import type { Registration } from './people.ts'
import type { Random } from './prng.ts'
import type { Stay } from './stays.ts'

export type AdtTrigger = 'A01' | 'A02' | 'A03' | 'A04' | 'A08' | 'A11' | 'A13' | 'A31' | 'A40'
export type IgnoredType = 'ORU^R01' | 'MDM^T02' | 'DFT^P03'

/** A message before it is written: what it tells, when that was recorded, and when it was sent. */
export interface Draft {
  readonly type: AdtTrigger | IgnoredType
  /** The visit as the message tells it. */
  readonly stay: Stay
  /** Whether it says when and how the patient left. */
  readonly left: boolean
  /** When it happened (EVN-6). */
  readonly occurredAt: number
  /** When the HIS recorded it (EVN-2). */
  readonly recordedAt: number
  /** When the HIS wrote the message (MSH-7). */
  readonly writtenAt: number
  /** When the message came. The feed is in this order, which is not always that of recording. */
  readonly sentAt: number
  /** A death told, or a told death taken back. */
  readonly died?: number | 'revoked'
  /** Where the patient was before a transfer. */
  readonly before?: Stay
  /** The registration that a merge retires. */
  readonly retired?: Registration
  /** Written by a system that counts its messages anew, so that its number was another's before. */
  readonly reusesControlId?: true
}

/** The HIS: what happens becomes a message within three quarters of an hour. */
export interface His {
  admits(stay: Stay): Draft
  discharges(stay: Stay): Draft
  /** A clinic visit begins. */
  registers(visit: Stay): Draft
  transfers(before: Stay, after: Stay, at: number): Draft
  /** An update during the stay. */
  updates(stay: Stay, at: number): Draft
  /** An update that tells when the patient left. */
  restates(stay: Stay, at: number): Draft
  cancelsAdmission(stay: Stay, at: number): Draft
  cancelsDischarge(stay: Stay, at: number): Draft
  /** An update of the person alone. */
  updatesPerson(stay: Stay, at: number, died: number | 'revoked'): Draft
  merges(survivor: Stay, retired: Registration, at: number): Draft
  /** A message for other systems. */
  tells(type: IgnoredType, stay: Stay, at: number): Draft
}

export const createHis = (random: Random): His => {
  const draft = (type: Draft['type'], stay: Stay, occurredAt: number, left = false): Draft => {
    const recordedAt = occurredAt + random.int(2, 40) * minute + random.int(0, 59) * 1000
    const sentAt = recordedAt + random.int(1, 30) * 1000
    return { type, stay, left, occurredAt, recordedAt, writtenAt: recordedAt, sentAt }
  }
  return {
    admits: (stay) => draft('A01', stay, stay.admittedAt),
    discharges: (stay) => draft('A03', stay, stay.dischargedAt, true),
    registers: (visit) => draft('A04', visit, visit.admittedAt),
    transfers: (before, after, at) => ({ ...draft('A02', after, at), before }),
    updates: (stay, at) => draft('A08', stay, at),
    restates: (stay, at) => draft('A08', stay, at, true),
    cancelsAdmission: (stay, at) => draft('A11', stay, at),
    cancelsDischarge: (stay, at) => draft('A13', stay, at),
    updatesPerson: (stay, at, died) => ({ ...draft('A31', stay, at), died }),
    merges: (survivor, retired, at) => ({ ...draft('A40', survivor, at), retired }),
    tells: (type, stay, at) => draft(type, stay, at),
  }
}

/** The longest that `His` takes from an event to its message. */
export const longestDelay = hour

/** The same content written and sent anew, with a number of its own. */
export const resent = (draft: Draft, at: number): Draft => ({
  ...draft,
  writtenAt: at,
  sentAt: at + 1000,
})
