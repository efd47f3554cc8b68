import { clockOf } from '../hl7v2/codec/time.ts'
import type { Mapped } from '../hl7v2/mapping/events.ts'
import { valued } from '../hl7v2/mapping/reading.ts'
import { subjectOf } from './patient.ts'
import type { Settled } from './profile.ts'
import { instantAt, isOfType, numberOf, type Reading, refuse } from './reading.ts'
import type { Appointment } from './schema.ts'
import { codeOf } from './spoken.ts'

type Told = Extract<Mapped, { appointment: object }>

/** AppointmentStatus; one that is only asked for is none yet. */
const statuses = new Map<string, Told['type']>(
  Object.entries({
    booked: 'appointment-booked',
    arrived: 'appointment-attended',
    'checked-in': 'appointment-attended',
    fulfilled: 'appointment-attended',
    cancelled: 'appointment-cancelled',
    'entered-in-error': 'appointment-cancelled',
    noshow: 'appointment-missed',
  } as const),
)

/** What an Appointment tells; `ignored` for one that is not booked, nothing when something is refused. */
export const appointmentEvent = (
  reading: Reading,
  appointment: Appointment,
  { schedules, channel }: NonNullable<Settled['appointments']>,
): Omit<Told, 'occurredAt'> | 'ignored' | undefined => {
  const type = statuses.get(appointment.status ?? '')
  if (type === undefined) return 'ignored'
  const actors = appointment.participant.map(({ actor }) => actor)
  const patient = actors.find((actor) => isOfType(reading, actor, 'Patient'))
  const person = subjectOf(reading, patient, 'Appointment.participant')
  const number = numberOf(appointment)
  const begins = instantAt(reading, appointment.start, 'Appointment.start')
  const service = codeOf(appointment.serviceType[0]) ?? codeOf(appointment.specialty[0])
  const needed = { identifier: number, start: begins, serviceType: service }
  for (const [field, value] of Object.entries(needed)) {
    if (value === undefined) refuse(reading, 'fhir.no-appointment', `Appointment.${field}`)
  }
  if (!person || !number || !begins || service === undefined) return undefined
  const schedule = schedules ? new Map(Object.entries(schedules)).get(service) : service
  if (schedule === undefined) {
    return refuse(reading, 'fhir.unknown-code', 'Appointment.serviceType')
  }
  const [day = '', time = ''] = clockOf(begins, reading.zone).split(' ')
  const reason = codeOf(appointment.cancelationReason)
  const told = { number, schedule, day, at: time.slice(0, 5), channel }
  return { type, person, appointment: valued({ ...told, reason }) }
}
