import { match } from 'ts-pattern'
import { refuse } from '../../../kernel/refusal.ts'
import type { Context } from '../../../kernel/slice.ts'
import { heldId, isHeldBy } from '../keys.ts'
import type { Appointment, AppointmentCommand, Booked } from '../schema.ts'
import { type Decided, released, room, slotOf, taking } from './room.ts'

type Told = Extract<AppointmentCommand, { type: 'tell' }>

/** What follows from a source's word on an appointment that it keeps. What it recorded later stands, whatever arrives first. */
export const tell = (record: Appointment, told: Told, context: Context<Appointment>): Decided[] => {
  const known = 'patient' in record ? record : undefined
  const { feed, recordedAt } = told
  if (known?.told && known.told.recordedAt > recordedAt) return []
  const follows = told.status === 'booked' ? held(known, told, context) : over(known, told, context)
  const isRepeated = known?.told?.recordedAt === recordedAt && follows.length === 0
  return isRepeated ? [] : [...follows, { type: 'appointment.told', feed, recordedAt }]
}

const isLive = ({ status }: Booked) =>
  status === 'booked' || status === 'confirmed' || status === 'waiting'

const isIn = (known: Booked, { schedule, day, at }: Told) =>
  known.schedule === schedule && known.day === day && known.at === at

/** What is booked where; a place is taken of a slot that is still to come. */
const held = (known: Booked | undefined, told: Told, context: Context<Appointment>): Decided[] => {
  const { id, now, own } = context
  const isThere = known !== undefined && isIn(known, told)
  if (isThere && known.status !== 'waiting' && known.status !== 'cancelled') return []
  const { patient, channel } = known ?? told
  const mine = heldId(told, patient)
  if (!isHeldBy(own(mine), id)) return refuse('appointment.already-booked')
  const { begins, held, remindAt, place } = room(told, channel, context)
  const isComing = begins > now
  if (isComing && place === undefined) return refuse('appointment.full')
  const takes = taking(id, isComing && place ? [place, mine] : [mine])
  const slot = { ...slotOf(told), begins, ...held, ...(isComing && { place, ...remindAt }) }
  if (known && isLive(known) && known.status !== 'waiting') {
    const before = slotOf(known)
    return [{ type: 'appointment.rescheduled', ...slot, before }, ...released(known), ...takes]
  }
  const gives = known?.status === 'waiting' ? released(known) : []
  const { source } = known ?? told
  const booking = { patient, channel, ...(source !== undefined && { source }) }
  return [{ type: 'appointment.booked', ...booking, ...slot, askedAt: now }, ...gives, ...takes]
}

/** What has come to an end; one that nobody told of before is entered with it, without a place. */
const over = (known: Booked | undefined, told: Told, context: Context<Appointment>): Decided[] => {
  if (known && !isLive(known)) return []
  const { patient, channel, source, reason } = told
  const { begins, held } = known ? { begins: known.begins, held: {} } : room(told, channel, context)
  const slot = slotOf(known ?? told)
  const booking = { patient, channel, ...(source !== undefined && { source }) }
  const entered = { type: 'appointment.booked', ...booking, ...slot, begins, ...held } as const
  const first: Decided[] = known ? [] : [{ ...entered, askedAt: context.now }]
  return match(told.status)
    .returnType<Decided[]>()
    .with('attended', () => [...first, { type: 'appointment.attended' }])
    .with('missed', () =>
      context.now < begins
        ? refuse('appointment.not-yet')
        : [...first, { type: 'appointment.missed' }],
    )
    .otherwise(() => [
      ...first,
      {
        type: 'appointment.cancelled',
        ...slot,
        reason: reason ?? told.feed,
        freed: known?.place !== undefined,
      },
      ...(known ? released(known) : []),
    ])
}
