import {
  placesFor,
  type Schedule,
  type SlotPlace,
  type SlotRule,
  slotsOf,
} from '@hospital-crm/rules'
import type { Seen } from '../../kernel/slice.ts'
import type { Key } from '../../ports/store.ts'
import type { Appointment, AppointmentCommand, Booked } from './schema.ts'

export interface SlotName {
  readonly schedule: string
  readonly day: string
  readonly at: string
}

export const scheduleKey = (schedule: string): Key => ({ kind: 'schedule', id: schedule })

export const placeId = ({ schedule, day, at }: SlotName, { pool, nth }: SlotPlace) =>
  `place:${schedule}/${day}T${at}/${pool}/${nth}`

/** A patient has one place in a slot, whoever books it. */
export const heldId = ({ schedule, day, at }: SlotName, patient: string) =>
  `held:${schedule}/${day}T${at}/${patient}`

/** The slot as its schedule has it; `undefined` where it is not held then. */
export const slotIn = (content: Schedule, { day, at }: SlotName): SlotRule | undefined =>
  slotsOf(content, { from: day, to: day }).find((slot) => slot.at === at)

export const isTaken = (record: Appointment | undefined) => record?.status === 'taken'

/** Whether an appointment may have what this record stands for: it is free, or its own already. */
export const isHeldBy = (record: Appointment, appointment: string) =>
  record.status !== 'taken' || record.appointment === appointment

/** Places of a slot as far as they must be looked at: up to the first that is free. */
const placesUpToFree = (
  slot: SlotName,
  channel: string,
  { own, other }: Seen<Appointment>,
): readonly string[] => {
  const seen = other(scheduleKey(slot.schedule)) as { content?: Schedule } | null | undefined
  const rule = seen?.content && slotIn(seen.content, slot)
  if (!rule) return []
  const ids = placesFor(rule, channel).map((place) => placeId(slot, place))
  const free = ids.findIndex((id) => !isTaken(own(id)))
  return free < 0 ? ids : ids.slice(0, free + 1)
}

const bookedIn = (record: Appointment | undefined): Booked | undefined =>
  record && 'patient' in record ? record : undefined

/** The record that an appointment takes its place by, beside its own. */
export const keys = (command: AppointmentCommand, seen: Seen<Appointment>): readonly string[] => {
  if (command.type === 'book') {
    const { patient, channel } = command
    return [seen.fresh, heldId(command, patient), ...placesUpToFree(command, channel, seen)]
  }
  if (command.type === 'tell') return keysTold(command, seen)
  const { appointment } = command
  const known = bookedIn(seen.own(appointment))
  if (!known) return [appointment]
  const held = [heldId(known, known.patient), ...(known.place === undefined ? [] : [known.place])]
  const target = command.type === 'reschedule' ? { ...known, ...command } : known
  const isPlacing = command.type === 'promote' || command.type === 'reschedule'
  const places = isPlacing ? placesUpToFree(target, known.channel, seen) : []
  const isHeld = isPlacing || command.type === 'cancel'
  return [
    appointment,
    ...(isHeld ? held : []),
    ...(command.type === 'reschedule' ? [heldId(target, known.patient)] : []),
    ...places,
  ]
}

/** A source that was asked by us tells of the record we have; of any other there is one by the source's own number. */
const keysTold = (
  { ours, appointment, ...told }: Extract<AppointmentCommand, { type: 'tell' }>,
  seen: Seen<Appointment>,
): readonly string[] => {
  const both = ours === undefined ? [appointment] : [ours, appointment]
  const known = ours === undefined ? undefined : bookedIn(seen.own(ours))
  const [main = appointment, ...other] = known ? both : both.toReversed()
  const record = bookedIn(seen.own(main))
  const { patient, channel } = record ?? told
  const held = record
    ? [heldId(record, record.patient), ...(record.place ? [record.place] : [])]
    : []
  return [main, ...other, ...held, heldId(told, patient), ...placesUpToFree(told, channel, seen)]
}

export const needs = (command: AppointmentCommand, seen: Seen<Appointment>): readonly Key[] => {
  if (command.type === 'book') {
    return [scheduleKey(command.schedule), { kind: 'patient', id: command.patient }]
  }
  if (command.type === 'tell') return [scheduleKey(command.schedule)]
  const known = bookedIn(seen.own(command.appointment))
  const isPlacing = command.type === 'promote' || command.type === 'reschedule'
  return known && isPlacing ? [scheduleKey(known.schedule)] : []
}
