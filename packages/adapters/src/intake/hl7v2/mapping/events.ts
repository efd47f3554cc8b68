import type { IntakeEvent } from '@hospital-crm/core'
import type { Hl7Segment } from '../codec/message.ts'
import { appointmentOf, isAppointment, toldBy } from './appointment.ts'
import { billOf } from './charges.ts'
import { mergesOf } from './merge.ts'
import { personOf } from './person.ts'
import { instantAt, type Reading } from './reading.ts'
import { visitOf } from './visit.ts'

type VisitEventType = Extract<IntakeEvent, { visit: unknown }>['type']
type Meaning = VisitEventType | 'person-updated' | 'merged' | 'charges-posted' | 'appointment'

/** What the ADT triggers mean here. */
const meanings: Readonly<Record<string, Meaning>> = {
  A01: 'admitted',
  A02: 'transferred',
  A03: 'discharged',
  A04: 'registered',
  A08: 'visit-updated',
  A11: 'admission-cancelled',
  A13: 'discharge-cancelled',
  A31: 'person-updated',
  A18: 'merged',
  A34: 'merged',
  A36: 'merged',
  A39: 'merged',
  A40: 'merged',
}

/** What a message type means; undefined when it is none of ours, or the profile does not settle how to read it. */
export const meaningOf = (
  type: string,
  trigger: string,
  { charges, appointments }: Pick<Reading, 'charges' | 'appointments'>,
): Meaning | undefined => {
  if (type === 'ADT') return meanings[trigger]
  if (type === 'SIU' && appointments && isAppointment(trigger)) return 'appointment'
  return type === 'DFT' && trigger === 'P03' && charges ? 'charges-posted' : undefined
}

/** An event without the provenance that every event of a message shares. */
export type Mapped<Event = IntakeEvent> = Event extends IntakeEvent
  ? Omit<Event, 'source' | 'key' | 'hash'>
  : never

/** The events of one message, empty when something is refused or nothing is told. Only a merge message can hold several. */
export const eventsOf = (reading: Reading, meaning: Meaning): Mapped[] => {
  const { message } = reading
  const pid = message.segment('PID')
  const recordedAt = recordedOf(reading)
  const recorded = recordedAt === undefined ? {} : { recordedAt }
  if (meaning === 'merged') {
    const merges = mergesOf(reading)
    const occurredAt = occurredOf(reading, undefined)
    return occurredAt
      ? merges.map((merge) => ({ type: 'merged', occurredAt, ...recorded, ...merge }))
      : []
  }
  if (meaning === 'charges-posted') {
    const bill = reading.charges && billOf(reading, pid, reading.charges)
    const occurredAt = occurredOf(reading, undefined)
    return bill && occurredAt ? [{ type: meaning, occurredAt, ...recorded, ...bill }] : []
  }
  const person = personOf(reading, pid)
  if (meaning === 'person-updated') {
    const occurredAt = occurredOf(reading, undefined)
    return person && occurredAt ? [{ type: meaning, occurredAt, ...recorded, person }] : []
  }
  if (meaning === 'appointment') {
    const type = toldBy(reading)
    if (type === 'ignored' || !reading.appointments) return []
    const appointment = appointmentOf(reading, reading.appointments)
    const occurredAt = occurredOf(reading, undefined)
    return person && appointment && occurredAt
      ? [{ type, occurredAt, ...recorded, person, appointment }]
      : []
  }
  const visit = visitOf(reading, pid, person?.identifiers[0])
  // Where no A03 is sent, an update that knows the discharge time is the discharge.
  const isDischarge = meaning === 'visit-updated' && visit?.dischargedAt !== undefined
  const type = isDischarge ? 'discharged' : meaning
  const stated = statedTime(type, visit?.admittedAt, visit?.dischargedAt)
  const occurredAt = occurredOf(reading, stated)
  return person && visit && occurredAt ? [{ type, occurredAt, ...recorded, person, visit }] : []
}

const statedTime = (
  type: VisitEventType,
  admittedAt: string | undefined,
  dischargedAt: string | undefined,
): string | undefined => {
  if (type === 'discharged') return dischargedAt
  return type === 'admitted' || type === 'registered' ? admittedAt : undefined
}

/**
 * When the source wrote it down (EVN-2); a repetition sent later was recorded when it was first. It
 * only tells which of two messages is the later word, so what is no time there is missing, not refused.
 */
const recordedOf = (reading: Reading): string | undefined =>
  instantAt({ ...reading, refusals: [] }, reading.message.segment('EVN'), 2)

/** When it happened: the visit's own time, else EVN-6; else when it was recorded (EVN-2) or sent (MSH-7). */
const occurredOf = (reading: Reading, stated: string | undefined): string | undefined => {
  if (stated !== undefined) return stated
  const { header } = reading.message
  const evn: Hl7Segment | undefined = reading.message.segment('EVN')
  const at =
    instantAt(reading, evn, 6) ?? instantAt(reading, evn, 2) ?? instantAt(reading, header, 7)
  if (at === undefined) reading.refusals.push({ code: 'hl7.no-time', field: 'EVN-2' })
  return at
}
