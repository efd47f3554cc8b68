import * as z from 'zod'
import { Day, Id, Instant, Text } from '../../kernel/fields.ts'

const TimeOfDay = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/)

/** One slot of a schedule. */
const slot = { schedule: Id, day: Day, at: TimeOfDay }

const booking = {
  patient: Id,
  ...slot,
  /** By which channel it was booked: phone, web, wechat, partner, walk-in … */
  channel: Text,
  /** Who or what brought it, for attribution: a touch, a campaign, a partner. */
  source: Id.optional(),
}

/** The instant at which the slot begins. */
const begins = { begins: Instant }
/** Where it is and with whom, as the schedule said when it was booked. */
const held = { department: Id.optional(), practitioner: Id.optional() }

const Told = z.strictObject({ feed: Text, recordedAt: Instant })

/**
 * An appointment, by its id; and, so that no slot holds more than it has, a record for each place in a
 * slot (`place:…`) and for a patient in a slot (`held:…`), each of which says whose it is.
 */
export const Appointment = z.discriminatedUnion('status', [
  z.strictObject({ status: z.literal('none') }),
  z.strictObject({
    status: z.enum(['booked', 'confirmed', 'waiting', 'cancelled', 'attended', 'missed']),
    ...booking,
    ...begins,
    ...held,
    /** The record of its place; absent while it waits for one. */
    place: Id.optional(),
    askedAt: Instant,
    /** When the patient is to be reminded; absent once it is done. */
    remindAt: Instant.optional(),
    reason: Text.optional(),
    /** Which feed keeps it as well, and when that recorded its last word; absent for one that is only ours. */
    told: Told.optional(),
  }),
  z.strictObject({ status: z.enum(['taken', 'free']), appointment: Id }),
])
export type Appointment = z.infer<typeof Appointment>
export type Booked = Extract<Appointment, { patient: string }>

const named = { appointment: Id }

export const AppointmentCommand = z.discriminatedUnion('type', [
  /** Takes a place; where there is none, waits for one if asked to. */
  z.strictObject({ type: z.literal('book'), ...booking, orWait: z.boolean().default(false) }),
  /** Takes a place that has become free, for who waits. */
  z.strictObject({ type: z.literal('promote'), ...named }),
  z.strictObject({ type: z.literal('reschedule'), ...named, day: Day, at: TimeOfDay }),
  z.strictObject({ type: z.literal('confirm'), ...named }),
  z.strictObject({ type: z.literal('cancel'), ...named, reason: Text }),
  z.strictObject({ type: z.literal('attend'), ...named }),
  z.strictObject({ type: z.literal('miss'), ...named }),
  z.strictObject({ type: z.literal('remind'), ...named }),
  /** Takes what a source says of an appointment that it keeps, as it is now; `ours` where it was asked by us. */
  z.strictObject({
    type: z.literal('tell'),
    ...named,
    ours: Id.optional(),
    ...booking,
    status: z.enum(['booked', 'cancelled', 'attended', 'missed']),
    reason: Text.optional(),
    ...Told.shape,
  }),
])
export type AppointmentCommand = z.infer<typeof AppointmentCommand>

/** No place where a source told of a slot that had begun. */
const placed = { place: Id.optional(), remindAt: Instant.optional() }

export const AppointmentEvent = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('appointment.booked'),
    ...booking,
    ...begins,
    ...held,
    ...placed,
    askedAt: Instant,
  }),
  z.strictObject({
    type: z.literal('appointment.waitlisted'),
    ...booking,
    ...begins,
    ...held,
    askedAt: Instant,
  }),
  z.strictObject({
    type: z.literal('appointment.rescheduled'),
    ...slot,
    ...begins,
    ...held,
    ...placed,
    before: z.strictObject(slot),
  }),
  z.strictObject({ type: z.literal('appointment.confirmed') }),
  z.strictObject({
    type: z.literal('appointment.cancelled'),
    ...slot,
    reason: Text,
    /** Whether somebody who waits can have the place now. */
    freed: z.boolean(),
  }),
  z.strictObject({ type: z.literal('appointment.attended') }),
  z.strictObject({ type: z.literal('appointment.missed') }),
  z.strictObject({
    type: z.literal('appointment.reminded'),
    patient: Id,
    ...slot,
    ...begins,
  }),
  z.strictObject({ type: z.literal('appointment.told'), ...Told.shape }),
  z.strictObject({ type: z.literal('appointment.place-taken'), appointment: Id }),
  z.strictObject({ type: z.literal('appointment.place-freed') }),
])
export type AppointmentEvent = z.infer<typeof AppointmentEvent>
