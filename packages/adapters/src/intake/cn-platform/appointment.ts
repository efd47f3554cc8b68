import { at } from '../../xml.ts'
import { clockOf } from '../hl7v2/codec/time.ts'
import type { Mapped } from '../hl7v2/mapping/events.ts'
import { codedAt, instantAt, numberAt, type Reading, refuse } from './elements.ts'
import { personOf } from './person.ts'
import type { SettledAppointments } from './profile.ts'
import { isCancelled } from './status.ts'

type Told = Extract<Mapped, { appointment: object }>
type Status = SettledAppointments['statuses'][string]

/** 门诊预约状态 by its names; its codes are each vendor's own, 1 booked with one and perhaps cancelled with another. */
const named: Readonly<Record<string, Status>> = {
  预约成功: 'booked',
  患者预约: 'booked',
  取消预约: 'cancelled',
}

/** Where an appointment says which system booked it, what is booked, and with whom. */
const places = {
  appointment: [],
  system: ['reusableDevice', 'assignedDevice'],
  resource: ['arrivedBy', 'transportationIntent'],
  staff: ['performer', 'assignedPerson'],
} as const

const fieldOf = (...path: readonly string[]) => ['encounterAppointment', ...path].join('/')

/** What became of an appointment; `ignored` where the hospital settled that, nothing where something is refused. */
export const toldOfAppointment = (
  reading: Reading,
  appointment: unknown,
  settled: SettledAppointments,
): (Omit<Told, 'occurredAt'> & { readonly stated: undefined }) | 'ignored' | undefined => {
  const status = statusOf(reading, appointment, settled.statuses)
  if (status === 'ignored') return status
  const person = personOf(reading, at(appointment, 'subject', 'patient'))
  const numberIn = (place: keyof typeof places) => numberAt(at(appointment, ...places[place]))
  const needed = (place: keyof typeof places) =>
    numberIn(place) ??
    refuse(reading, 'cn-platform.no-appointment', fieldOf(...places[place], 'id'))
  const number = needed('appointment')
  const booked = needed(settled.schedule)
  const schedule = booked && scheduleOf(reading, booked, settled)
  const begins = beginningOf(reading, appointment, places[settled.begins])
  if (!status || !person || !number || !schedule || !begins) return undefined
  const [day = '', time = ''] = clockOf(begins, reading.zone).split(' ')
  const channel = new Map(Object.entries(settled.channels)).get(numberIn('system') ?? '') ?? 'his'
  const told = { number, schedule, day, at: time.slice(0, 5), channel }
  // Which of its three times tells when it was booked, nobody says: it counts from when the message was written.
  return { type: `appointment-${status}` as const, person, appointment: told, stated: undefined }
}

const statusOf = (
  reading: Reading,
  appointment: unknown,
  settled: SettledAppointments['statuses'],
): Status | undefined => {
  if (isCancelled(appointment)) return 'cancelled'
  const { code, name } = codedAt(at(appointment, ...places.system, 'code'))
  const known = new Map(Object.entries({ ...named, ...settled }))
  const field = fieldOf(...places.system, 'code')
  if (code === undefined && name === undefined) {
    return refuse(reading, 'cn-platform.no-appointment', field)
  }
  return (
    known.get(code ?? '') ??
    known.get(name ?? '') ??
    refuse(reading, 'cn-platform.unknown-code', field)
  )
}

const scheduleOf = (
  reading: Reading,
  number: string,
  { schedule, schedules }: SettledAppointments,
): string | undefined => {
  if (!schedules) return number
  const known = new Map(Object.entries(schedules)).get(number)
  return known ?? refuse(reading, 'cn-platform.unknown-code', fieldOf(...places[schedule], 'id'))
}

const beginningOf = (reading: Reading, appointment: unknown, place: readonly string[]) => {
  const path = [...place, 'effectiveTime', 'low']
  const low = at(appointment, ...path)
  const begins = instantAt(reading, low, fieldOf(...path))
  if (begins !== undefined || reading.refusals.length > 0) return begins
  return refuse(reading, 'cn-platform.no-appointment', fieldOf(...path))
}
