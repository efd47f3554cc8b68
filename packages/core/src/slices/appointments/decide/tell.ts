import { match } from 'ts-pattern'
import { refuse } from '../../../kernel/refusal.ts'
import type { Context } from '../../../kernel/slice.ts'
import { heldId, isHeldBy } from '../keys.ts'
import type { Appointment, AppointmentCommand, Booked } from '../schema.ts'
import { type Decided, isOpen, released, room, slotOf, taking } from './room.ts'

type Told = Extract<AppointmentCommand, { type: 'tell' }>

/** What follows from a source's word on an appointment that it keeps. What it recorded later stands, whatever arrives first. */
export const tell = (record: Appointment, told: Told, context: Context<Appointment>): Decided[] => {
  const known = 'patient' in record ? record : undefined
  const { feed, recordedAt, status } = told
  if (known?.told && known.told.recordedAt > recordedAt) return []
  const follows = status === 'booked' ? toBook(known, told, context) : toEnd(known, told, context)
  const isRepeated = known?.told?.recordedAt === recordedAt && follows.length === 0
  return isRepeated ? [] : [...follows, { type: 'appointment.told', feed, recordedAt }]
}

const isIn = (known: Booked, { schedule, day, at }: Told) =>
  known.schedule === schedule && known.day === day && known.at === at

const bookingOf = ({ patient, channel, source }: Booked | Told) => ({
  patient,
  channel,
  ...(source !== undefined && { source }),
})

/** Books it, or moves it to where it is now. A place is taken only of a slot that is still to come. */
const toBook = (
  known: Booked | undefined,
  told: Told,
  context: Context<Appointment>,
): Decided[] => {
  const { id, now, own } = context
  const isThere = known !== undefined && isIn(known, told)
  if (isThere && known.status !== 'waiting' && known.status !== 'cancelled') return []
  const booking = bookingOf(known ?? told)
  const mine = heldId(told, booking.patient)
  if (!isHeldBy(own(mine), id)) return refuse('appointment.already-booked')
  const { begins, held, remindAt, place } = room(told, booking.channel, context)
  const isComing = begins > now
  if (isComing && place === undefined) return refuse('appointment.full')
  const takes = taking(id, isComing && place ? [place, mine] : [mine])
  const slot = { ...slotOf(told), begins, ...held, ...(isComing && { place, ...remindAt }) }
  if (known && isOpen(known)) {
    const before = slotOf(known)
    return [{ type: 'appointment.rescheduled', ...slot, before }, ...released(known), ...takes]
  }
  const gives = known?.status === 'waiting' ? released(known) : []
  return [{ type: 'appointment.booked', ...booking, ...slot, askedAt: now }, ...gives, ...takes]
}

/** Ends it; one that nobody told of before is entered with its end, without a place. */
const toEnd = (known: Booked | undefined, told: Told, context: Context<Appointment>): Decided[] => {
  if (known && !isOpen(known) && known.status !== 'waiting') return []
  const slot = slotOf(known ?? told)
  const { begins, held } = known
    ? { begins: known.begins, held: {} }
    : room(told, told.channel, context)
  const entered = { ...bookingOf(told), ...slot, begins, ...held, askedAt: context.now }
  const first: Decided[] = known ? [] : [{ type: 'appointment.booked', ...entered }]
  return match(told.status)
    .returnType<Decided[]>()
    .with('attended', () => [...first, { type: 'appointment.attended' }])
    .with('missed', () =>
      context.now < begins
        ? refuse('appointment.not-yet')
        : [...first, { type: 'appointment.missed' }],
    )
    .with('cancelled', 'booked', () => {
      const { reason = told.feed } = told
      const freed = known?.place !== undefined
      const gives = known ? released(known) : []
      return [...first, { type: 'appointment.cancelled', ...slot, reason, freed }, ...gives]
    })
    .exhaustive()
}
