import type { IntakeIdentifier, IntakePerson } from '@hospital-crm/core'
import type { Mapped } from '../hl7v2/mapping/events.ts'
import { isFiller, isFillerNumber } from '../hl7v2/mapping/fillers.ts'
import { knownDay } from '../hl7v2/mapping/known-time.ts'
import { isEastAsian, writtenName } from '../hl7v2/mapping/name.ts'
import { valued } from '../hl7v2/mapping/reading.ts'
import { idOf, instantAt, type Reading, refuse } from './reading.ts'
import { type Address, type Identifier, Patient, type Reference } from './schema.ts'

/** The systems of numbers that a state gives, which are unique without a word of who sent them. */
const national: Readonly<Record<string, string>> = {
  'urn:oid:2.16.156.10011.1.3': 'NI',
  'http://hl7.org/fhir/sid/us-ssn': 'SS',
  'urn:oid:2.16.840.1.113883.4.1': 'SS',
}

/** A number with its type (HL7 table 0203) and the system it is unique in. */
const numberOf = ({ value, system, type }: Identifier): IntakeIdentifier[] => {
  if (value === undefined || isFillerNumber(value)) return []
  const state = national[system ?? '']
  if (state) return [{ value, type: state }]
  return [valued({ value, type: type?.coding[0]?.code, authority: system })]
}

/** The id a server gave, which other resources refer to: RI in table 0203. */
const resourceNumber = (id: string, source: string): IntakeIdentifier => ({
  value: id,
  type: 'RI',
  authority: source,
})

const numbersOf = ({ identifier, id }: Patient, { source }: Reading): IntakeIdentifier[] => [
  ...identifier.flatMap(numberOf),
  ...(id === undefined ? [] : [resourceNumber(id, source)]),
]

/** Former names and the like are not what somebody is called. */
const otherwise = new Set(['old', 'maiden', 'nickname', 'anonymous', 'temp'])

const nameOf = ({ name }: Patient): string | undefined =>
  [
    ...name.filter(({ use }) => use === 'official' || use === 'usual'),
    ...name.filter(({ use }) => !otherwise.has(use ?? '')),
    ...name,
  ]
    .map(({ text, family, given }) => text ?? writtenName(family, given.join(' ') || undefined))
    .find((written) => written !== undefined && !isFiller(written))

const addressOf = ({ text, line, city, district, state, postalCode, country }: Address) => {
  if (text !== undefined) return isFiller(text) ? undefined : text
  const street = line.join(' ') || undefined
  const known = [street, district, city, state].filter((part) => part !== undefined)
  if (known.some(isEastAsian)) {
    // A street line often repeats its province and city.
    const parts = [state, city, district, street].filter((part) => part !== undefined)
    return parts
      .filter((part, at) => !parts.slice(at + 1).some((later) => later.includes(part)))
      .join('')
  }
  const region = [state, postalCode].filter((part) => part !== undefined).join(' ') || undefined
  return (
    [street, district, city, region, country].filter((part) => part !== undefined).join(', ') ||
    undefined
  )
}

const genders = new Set(['male', 'female', 'other', 'unknown'])

/** What a Patient says about a person; undefined, and refused, when nothing names them. */
const personOf = (reading: Reading, patient: Patient): IntakePerson | undefined => {
  const identifiers = numbersOf(patient, reading)
  if (identifiers.length === 0) return refuse(reading, 'fhir.no-patient-id', 'Patient.identifier')
  const phones = patient.telecom
    .filter(({ system, use }) => (system === 'phone' || system === 'sms') && use !== 'old')
    .flatMap(({ value }) => (value === undefined || isFillerNumber(value) ? [] : [value]))
  const died = instantAt(reading, patient.deceasedDateTime, 'Patient.deceasedDateTime')
  return valued({
    identifiers,
    name: nameOf(patient),
    birthDate: knownDay(patient.birthDate),
    sex: genders.has(patient.gender ?? '') ? (patient.gender as IntakePerson['sex']) : undefined,
    phones: [...new Set(phones)],
    address: patient.address
      .filter(({ use }) => use !== 'old')
      .map(addressOf)
      .find((address) => address !== undefined),
    died: died ?? patient.deceasedBoolean,
  })
}

/** The person a reference points to: the resource that came along, else what the reference itself says. */
const referredPerson = (
  reading: Reading,
  reference: Reference | undefined,
): IntakePerson | undefined => {
  const came = Patient.safeParse(reading.resolve(reference))
  if (came.success) return personOf(reading, came.data)
  const id = idOf(reference?.reference)
  const identifiers = [
    ...(reference?.identifier ? numberOf(reference.identifier) : []),
    ...(id === undefined ? [] : [resourceNumber(id, reading.source)]),
  ]
  return identifiers.length === 0 ? undefined : { identifiers }
}

/** Whom a resource is about; refused, unless something else is, where it names nobody. */
export const subjectOf = (
  reading: Reading,
  reference: Reference | undefined,
  field: string,
): IntakePerson | undefined => {
  const person = referredPerson(reading, reference)
  return person || reading.refusals.length > 0 ? person : refuse(reading, 'fhir.no-patient', field)
}

type Told<Type extends Mapped['type']> = Extract<Mapped, { type: Type }>
export type ToldOfPatient =
  | Omit<Told<'person-updated'>, 'occurredAt'>
  | Omit<Told<'merged'>, 'occurredAt'>

/** What a Patient tells: of the person, and of each person they were found to be. */
export const patientEvents = (reading: Reading, patient: Patient): ToldOfPatient[] => {
  const person = personOf(reading, patient)
  if (!person) return []
  const merges = patient.link.flatMap(({ other, type }): ToldOfPatient[] => {
    const isRetired = type === 'replaced-by'
    const linked = isRetired || type === 'replaces' ? referredPerson(reading, other) : undefined
    if (!linked) return []
    const [survivor, gone] = isRetired ? [linked, person] : [person, linked]
    // A national number listed on both sides goes on living with the survivor.
    const retired = gone.identifiers.filter(
      (number) => !survivor.identifiers.some((own) => isSame(own, number)),
    )
    if (retired.length > 0) return [{ type: 'merged', survivor, retired }]
    refuse(reading, 'fhir.merged-into-itself', 'Patient.link')
    return []
  })
  // Of a patient who was replaced nothing is news but that.
  const isReplaced = patient.link.some(({ type }) => type === 'replaced-by')
  return isReplaced && merges.length > 0 ? merges : [{ type: 'person-updated', person }, ...merges]
}

const isSame = (one: IntakeIdentifier, other: IntakeIdentifier): boolean =>
  one.value === other.value && one.type === other.type && one.authority === other.authority
