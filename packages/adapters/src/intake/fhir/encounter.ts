import type { IntakeVisit } from '@hospital-crm/core'
import type { Mapped } from '../hl7v2/mapping/events.ts'
import { valued } from '../hl7v2/mapping/reading.ts'
import { subjectOf } from './patient.ts'
import { instantAt, numberOf, type Reading, refuse } from './reading.ts'
import type { Encounter } from './schema.ts'
import { codedOf, codeOf, nameOf, spokenOf } from './spoken.ts'

/** ActEncounterCode as the kinds of visits; what is not listed is not said. */
const classes: Readonly<Record<string, IntakeVisit['class']>> = {
  IMP: 'inpatient',
  ACUTE: 'inpatient',
  NONAC: 'inpatient',
  AMB: 'outpatient',
  VR: 'outpatient',
  HH: 'outpatient',
  EMER: 'emergency',
  SS: 'day-case',
  OBSENC: 'observation',
}

type VisitType = Extract<Mapped, { person: object; visit: object }>['type']
type ToldOfVisit = Omit<Extract<Mapped, { type: VisitType }>, 'occurredAt'>

const typeOf = (status: string | undefined, kind: IntakeVisit['class']): VisitType | undefined => {
  if (status === 'planned') return undefined
  if (status === 'finished') return 'discharged'
  if (status === 'cancelled' || status === 'entered-in-error') return 'admission-cancelled'
  if (status === 'unknown' || status === undefined) return 'visit-updated'
  return kind === undefined || kind === 'inpatient' ? 'admitted' : 'registered'
}

/** What an Encounter tells; `ignored` for one that is only planned, nothing when something is refused. */
export const encounterEvent = (
  reading: Reading,
  encounter: Encounter,
): ToldOfVisit | 'ignored' | undefined => {
  const kind = classes[encounter.class?.code?.toUpperCase() ?? '']
  const type = typeOf(encounter.status, kind)
  if (type === undefined) return 'ignored'
  const person = subjectOf(reading, encounter.subject, 'Encounter.subject')
  const number =
    visitNumberOf(encounter) ?? refuse(reading, 'fhir.no-visit-number', 'Encounter.identifier')
  const admittedAt = instantAt(reading, encounter.period?.start, 'Encounter.period.start')
  const end = instantAt(reading, encounter.period?.end, 'Encounter.period.end')
  if (!person || number === undefined) return undefined
  const visit = valued({
    number,
    class: kind,
    department: departmentOf(reading, encounter),
    ...placesOf(reading, encounter),
    attending: attendingOf(reading, encounter),
    admittedAt,
    dischargedAt: type === 'discharged' ? end : undefined,
    disposition: codeOf(encounter.hospitalization?.dischargeDisposition),
    diagnoses: diagnosesOf(reading, encounter),
  })
  return { type, person, visit }
}

/** A visit number where one is told as such (VN), else the first identifier, else the server's id. */
const visitNumberOf = (encounter: Encounter): string | undefined => {
  const named = encounter.identifier.find(({ type }) =>
    type?.coding.some(({ code }) => code === 'VN'),
  )
  return named?.value ?? numberOf(encounter)
}

/** The service says the department better than the organisation, which is mostly the whole hospital. */
const departmentOf = (reading: Reading, encounter: Encounter): IntakeVisit['department'] => {
  const { serviceType, serviceProvider } = encounter
  const coding = serviceType?.coding.find(({ code }) => code !== undefined)
  const code = coding?.code ?? serviceType?.text
  if (code === undefined) return codedOf(reading, serviceProvider)
  return valued({ code, name: serviceType?.text ?? coding?.display })
}

const attendingOf = (reading: Reading, { participant }: Encounter): IntakeVisit['attending'] => {
  const attends = participant.find(({ type }) =>
    type.some(({ coding }) => coding.some(({ code }) => code === 'ATND')),
  )
  return codedOf(reading, attends?.individual)
}

/** LocationPhysicalType. */
const places = { wa: 'ward', ro: 'room', bd: 'bed' } as const

const placesOf = (reading: Reading, { location }: Encounter) => {
  const found: { ward?: string; room?: string; bed?: string } = {}
  for (const { location: reference, physicalType } of location) {
    const spoken = spokenOf(reading, reference)
    const kind = codeOf(physicalType ?? spoken?.physicalType)
    const name = nameOf(spoken) ?? reference.display
    if (name !== undefined && (kind === 'wa' || kind === 'ro' || kind === 'bd')) {
      found[places[kind]] = name
    }
  }
  return found
}

const diagnosesOf = (
  reading: Reading,
  { diagnosis, reasonCode }: Encounter,
): IntakeVisit['diagnoses'] => {
  const conditions = diagnosis.map(({ condition }) => spokenOf(reading, condition)?.code)
  const told = conditions.filter((code) => code !== undefined)
  return (told.length > 0 ? told : reasonCode)
    .map(({ coding: [first], text }) => valued({ code: first?.code, name: text ?? first?.display }))
    .filter((each) => Object.keys(each).length > 0)
}
