import { at } from '../../xml.ts'
import type { Mapped } from '../hl7v2/mapping/events.ts'
import { toldOfAppointment } from './appointment.ts'
import { findIn, instantAt, type Reading, refuse } from './elements.ts'
import { numbersOf, personOf } from './person.ts'
import type { Meaning } from './services.ts'
import { visitOf } from './visit.ts'

type AboutPerson = 'person-updated' | 'merged'
const isAboutPerson = (meaning: Meaning): meaning is AboutPerson =>
  meaning === 'person-updated' || meaning === 'merged'

/** What a message says by the meaning of its service; undefined when something is refused or nothing is there. */
export const eventOf = (
  reading: Reading,
  message: unknown,
  meaning: Meaning,
): Mapped | 'ignored' | undefined => {
  const quiet = { ...reading, refusals: [] }
  const recordedAt = instantAt(quiet, at(message, 'creationTime'), 'creationTime')
  const recorded = recordedAt === undefined ? {} : { recordedAt }
  const told = toldBy(reading, message, meaning)
  if (!told || told === 'ignored') return told
  const { stated, ...event } = told
  const occurredAt = stated ?? recordedAt
  if (occurredAt !== undefined) return { ...event, occurredAt, ...recorded }
  return refuse(reading, 'cn-platform.no-time', 'creationTime')
}

const toldBy = (reading: Reading, message: unknown, meaning: Meaning) => {
  if (isAboutPerson(meaning)) return toldOfPerson(reading, message, meaning)
  if (meaning !== 'appointment') return toldOfVisit(reading, message, meaning)
  if (!reading.appointments) return 'ignored'
  const appointment = findIn(message, 'encounterAppointment')
  if (appointment === undefined) return undefined
  return toldOfAppointment(reading, appointment, reading.appointments)
}

const toldOfPerson = (reading: Reading, message: unknown, meaning: AboutPerson) => {
  const registration =
    findIn(message, 'registrationRequest') ?? findIn(message, 'registrationEvent')
  if (registration === undefined) return undefined
  const person = personOf(reading, findIn(registration, 'patient'))
  if (!person) return undefined
  if (meaning === 'person-updated') return { type: meaning, person, stated: undefined }
  const gone = numbersOf(findIn(registration, 'priorRegisteredRole'), reading.authority)
  const retired = gone.filter(
    ({ value, type }) =>
      !person.identifiers.some((own) => own.value === value && own.type === type),
  )
  if (retired.length > 0) return { type: meaning, survivor: person, retired, stated: undefined }
  const code = gone.length === 0 ? 'cn-platform.no-retired-id' : 'cn-platform.merged-into-itself'
  return refuse(reading, code, 'priorRegisteredRole/id')
}

const toldOfVisit = (
  reading: Reading,
  message: unknown,
  meaning: Exclude<Meaning, AboutPerson | 'appointment'>,
) => {
  const encounter = findIn(message, 'encounterEvent')
  if (encounter === undefined) return undefined
  const person = personOf(reading, at(encounter, 'subject', 'patient'))
  const visit = visitOf(reading, encounter)
  if (!person || !visit) return undefined
  const { admittedAt, dischargedAt } = visit
  if (meaning === 'discharged' && dischargedAt === undefined) {
    // It would otherwise count from when somebody wrote the message.
    return refuse(reading, 'cn-platform.no-time', 'encounterEvent/effectiveTime/high')
  }
  // Where no discharge is sent, an update that knows the discharge time is one.
  const isDischarge = meaning === 'visit-updated' && dischargedAt !== undefined
  const type = isDischarge ? 'discharged' : meaning
  const moved = at(encounter, 'location1', 'time', 'low')
  const times = {
    discharged: dischargedAt,
    admitted: admittedAt,
    registered: admittedAt,
    transferred: instantAt(reading, moved, 'location1/time/low'),
    'visit-updated': undefined,
    'admission-cancelled': undefined,
    'discharge-cancelled': undefined,
  }
  return { type, person, visit, stated: times[type] }
}
