import { placesFor, Schedule as ScheduleContent, writeInstant, zoneOf } from '@hospital-crm/rules'
import { match } from 'ts-pattern'
import * as z from 'zod'
import { refuse } from '../../kernel/refusal.ts'
import { type Context, type On, on } from '../../kernel/slice.ts'
import { heldId, isTaken, placeId, type SlotName, scheduleKey, slotIn } from './keys.ts'
import type { Appointment, AppointmentCommand, AppointmentEvent, Booked } from './schema.ts'

type Decided = AppointmentEvent | On<AppointmentEvent>
type Said<Type extends AppointmentCommand['type']> = Extract<AppointmentCommand, { type: Type }>

const Held = z.object({ status: z.string(), content: ScheduleContent.optional() })
const Person = z.object({ status: z.string() })

const isOpen = (record: Appointment): record is Booked =>
  record.status === 'booked' || record.status === 'confirmed'

export const decide = (
  record: Appointment,
  command: AppointmentCommand,
  context: Context<Appointment>,
) => {
  const notOpen = () =>
    record.status === 'none'
      ? refuse('appointment.unknown', { appointment: context.id })
      : refuse('appointment.not-open', { appointment: context.id })
  return match(command)
    .returnType<Decided[]>()
    .with({ type: 'book' }, (said) => (record.status === 'none' ? book(said, context) : notOpen()))
    .with({ type: 'promote' }, () => (record.status === 'waiting' ? promote(record, context) : []))
    .with({ type: 'reschedule' }, (said) =>
      isOpen(record) ? reschedule(record, said, context) : notOpen(),
    )
    .with({ type: 'confirm' }, () => {
      if (record.status === 'confirmed') return []
      return record.status === 'booked' ? [{ type: 'appointment.confirmed' }] : notOpen()
    })
    .with({ type: 'cancel' }, ({ reason }) => {
      if (record.status === 'cancelled') return []
      if (record.status !== 'waiting' && !isOpen(record)) return notOpen()
      const freed = record.place !== undefined
      return [
        { type: 'appointment.cancelled', ...slotOf(record), reason, freed },
        ...released(record),
      ]
    })
    .with({ type: 'attend' }, () =>
      isOpen(record) ? [{ type: 'appointment.attended' }] : notOpen(),
    )
    .with({ type: 'miss' }, () => {
      if (!isOpen(record)) return notOpen()
      if (context.now < record.begins) return refuse('appointment.not-yet')
      return [{ type: 'appointment.missed' }]
    })
    .with({ type: 'remind' }, () => {
      if (!isOpen(record) || record.remindAt === undefined) return []
      if (record.remindAt > context.now) return []
      const { patient, begins } = record
      return [{ type: 'appointment.reminded', patient, ...slotOf(record), begins }]
    })
    .exhaustive()
}

const slotOf = ({ schedule, day, at }: SlotName): SlotName => ({ schedule, day, at })

const freed: AppointmentEvent = { type: 'appointment.place-freed' }

/** What an appointment gives back. */
const released = (known: Booked): Decided[] => [
  ...(known.place === undefined ? [] : [on(known.place, freed)]),
  on(heldId(known, known.patient), freed),
]

/** The slot's beginning, where it is held, its reminder and its first free place; refuses a slot that is not held or is over. */
const room = (
  slot: SlotName,
  channel: string,
  { now, policy, own, other }: Context<Appointment>,
) => {
  const { content, status } = other(scheduleKey(slot.schedule), Held) ?? {}
  const rule = status === 'held' && content ? slotIn(content, slot) : undefined
  if (!rule || !content) return refuse('appointment.no-such-slot')
  const millis = zoneOf(policy.zone).instantOf(Date.parse(`${slot.day}T${slot.at}:00Z`))
  const begins = writeInstant(millis)
  if (begins <= now) return refuse('appointment.slot-over')
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

const taken = (appointment: string): AppointmentEvent => ({
  type: 'appointment.place-taken',
  appointment,
})

const book = (
  { type: _, orWait, ...booking }: Said<'book'>,
  context: Context<Appointment>,
): Decided[] => {
  const { now: askedAt, id, own, other } = context
  const { patient, channel } = booking
  if (other({ kind: 'patient', id: patient }, Person)?.status !== 'person') {
    return refuse('patient.unknown', { patient })
  }
  const mine = heldId(booking, patient)
  if (isTaken(own(mine))) return refuse('appointment.already-booked')
  const { begins, held, remindAt, place } = room(booking, channel, context)
  if (place === undefined) {
    if (!orWait) return refuse('appointment.full')
    return [
      { type: 'appointment.waitlisted', ...booking, begins, ...held, askedAt },
      on(mine, taken(id)),
    ]
  }
  return [
    { type: 'appointment.booked', ...booking, begins, ...held, place, ...remindAt, askedAt },
    on(place, taken(id)),
    on(mine, taken(id)),
  ]
}

const promote = (known: Booked, context: Context<Appointment>): Decided[] => {
  const { id } = context
  const { patient, channel, source, begins: _, askedAt } = known
  const found = room(known, channel, context)
  if (found.place === undefined) return []
  const booking = { patient, ...slotOf(known), channel, ...(source !== undefined && { source }) }
  const { begins, held, remindAt, place } = found
  return [
    { type: 'appointment.booked', ...booking, begins, ...held, place, ...remindAt, askedAt },
    on(place, taken(id)),
  ]
}

const reschedule = (
  known: Booked,
  { day, at }: Said<'reschedule'>,
  context: Context<Appointment>,
): Decided[] => {
  const to = { schedule: known.schedule, day, at }
  const before = slotOf(known)
  if (day === known.day && at === known.at) return []
  const held = heldId(to, known.patient)
  if (isTaken(context.own(held))) return refuse('appointment.already-booked')
  const { begins, remindAt, place } = room(to, known.channel, context)
  if (place === undefined) return refuse('appointment.full')
  return [
    { type: 'appointment.rescheduled', ...to, begins, place, ...remindAt, before },
    ...released(known),
    on(place, taken(context.id)),
    on(held, taken(context.id)),
  ]
}
