import { placesFor, Schedule as ScheduleContent, writeInstant, zoneOf } from '@hospital-crm/rules'
import * as z from 'zod'
import { refuse } from '../../../kernel/refusal.ts'
import { type Context, type On, on } from '../../../kernel/slice.ts'
import { heldId, isTaken, placeId, type SlotName, scheduleKey, slotIn } from '../keys.ts'
import type { Appointment, AppointmentEvent, Booked } from '../schema.ts'

export type Decided = AppointmentEvent | On<AppointmentEvent>

const Held = z.object({ status: z.string(), content: ScheduleContent.optional() })

/** The slot's beginning, where it is held, its reminder and its first free place; refuses a slot that is not held. */
export const room = (
  slot: SlotName,
  channel: string,
  { policy, own, other }: Context<Appointment>,
) => {
  const { content, status } = other(scheduleKey(slot.schedule), Held) ?? {}
  const rule = status === 'held' && content ? slotIn(content, slot) : undefined
  if (!rule || !content) return refuse('appointment.no-such-slot')
  const millis = zoneOf(policy.zone).instantOf(Date.parse(`${slot.day}T${slot.at}:00Z`))
  const begins = writeInstant(millis)
  const { remindHours, department, practitioner } = content
  const held = {
    ...(department !== undefined && { department }),
    ...(practitioner !== undefined && { practitioner }),
  }
  const remindAt =
    remindHours === undefined ? {} : { remindAt: writeInstant(millis - remindHours * 3_600_000) }
  const place = placesFor(rule, channel)
    .map((each) => placeId(slot, each))
    .find((id) => !isTaken(own(id)))
  return { begins, held, remindAt, place }
}

/** The same of a slot that has not begun (`appointment.slot-over`). */
export const comingRoom = (slot: SlotName, channel: string, context: Context<Appointment>) => {
  const found = room(slot, channel, context)
  return found.begins <= context.now ? refuse('appointment.slot-over') : found
}

/** Whether it is still to come about. */
export const isOpen = (
  record: Appointment,
): record is Booked & { readonly status: 'booked' | 'confirmed' } =>
  record.status === 'booked' || record.status === 'confirmed'

export const slotOf = ({ schedule, day, at }: SlotName): SlotName => ({ schedule, day, at })

const freed: AppointmentEvent = { type: 'appointment.place-freed' }

/** What an appointment gives back. */
export const released = (known: Booked): Decided[] => [
  ...(known.place === undefined ? [] : [on(known.place, freed)]),
  on(heldId(known, known.patient), freed),
]

/** What an appointment takes: a place, and the patient's one in this slot. */
export const taking = (appointment: string, places: readonly string[]): Decided[] =>
  places.map((place) => on(place, { type: 'appointment.place-taken', appointment }))
