import { match } from 'ts-pattern'
import * as z from 'zod'
import { refuse } from '../../../kernel/refusal.ts'
import type { Context } from '../../../kernel/slice.ts'
import { heldId, isTaken } from '../keys.ts'
import type { Appointment, AppointmentCommand, Booked } from '../schema.ts'
import { comingRoom, type Decided, isOpen, released, slotOf, taking } from './room.ts'
import { tell } from './tell.ts'

type Said<Type extends AppointmentCommand['type']> = Extract<AppointmentCommand, { type: Type }>

const Person = z.object({ status: z.string() })

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
    .with({ type: 'tell' }, (told) => tell(record, told, context))
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
  const { begins, held, remindAt, place } = comingRoom(booking, channel, context)
  if (place === undefined) {
    if (!orWait) return refuse('appointment.full')
    return [
      { type: 'appointment.waitlisted', ...booking, begins, ...held, askedAt },
      ...taking(id, [mine]),
    ]
  }
  return [
    { type: 'appointment.booked', ...booking, begins, ...held, place, ...remindAt, askedAt },
    ...taking(id, [place, mine]),
  ]
}

const promote = (known: Booked, context: Context<Appointment>): Decided[] => {
  const { id } = context
  const { patient, channel, source, begins: _, askedAt } = known
  const found = comingRoom(known, channel, context)
  if (found.place === undefined) return []
  const booking = { patient, ...slotOf(known), channel, ...(source !== undefined && { source }) }
  const { begins, held, remindAt, place } = found
  return [
    { type: 'appointment.booked', ...booking, begins, ...held, place, ...remindAt, askedAt },
    ...taking(id, [place]),
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
  const mine = heldId(to, known.patient)
  if (isTaken(context.own(mine))) return refuse('appointment.already-booked')
  const { begins, held, remindAt, place } = comingRoom(to, known.channel, context)
  if (place === undefined) return refuse('appointment.full')
  return [
    { type: 'appointment.rescheduled', ...to, begins, ...held, place, ...remindAt, before },
    ...released(known),
    ...taking(context.id, [place, mine]),
  ]
}
