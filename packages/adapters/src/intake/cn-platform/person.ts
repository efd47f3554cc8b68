import type { IntakeIdentifier, IntakePerson } from '@hospital-crm/core'
import { at, attribute, children } from '../../xml.ts'
import { isFillerNumber, isOneDigitOver } from '../hl7v2/mapping/fillers.ts'
import { valued } from '../hl7v2/mapping/reading.ts'
import { dayAt, instantAt, nameAt, numberAt, oids, type Reading, refuse } from './elements.ts'

/** GB/T 2261.1. */
const sexes: Readonly<Record<string, IntakePerson['sex']>> = {
  '1': 'male',
  '2': 'female',
  '0': 'unknown',
  '9': 'unknown',
}

/** The numbers of a patient; the platform's own and those of cards are known by who gives them. */
export const numbersOf = (patient: unknown, authority: string): IntakeIdentifier[] => {
  const national = numberAt(at(patient, 'patientPerson'), oids.nationalId)
  const own = numberAt(patient, oids.patient)
  const card = numberAt(patient, oids.card)
  return [
    ...(own === undefined ? [] : [{ value: own, type: 'PI', authority }]),
    ...(card === undefined ? [] : [{ value: card, type: 'IDCard', authority }]),
    ...(national === undefined || isOneDigitOver(national)
      ? []
      : [{ value: national, type: 'NI' }]),
  ]
}

/** What a patient element says about a person; undefined, and refused, when no number names them. */
export const personOf = (reading: Reading, patient: unknown): IntakePerson | undefined => {
  const identifiers = numbersOf(patient, reading.authority)
  if (identifiers.length === 0) {
    return refuse(reading, 'cn-platform.no-patient-id', 'patient/id')
  }
  const person = at(patient, 'patientPerson')
  const died = instantAt(reading, at(person, 'deceasedTime'), 'patientPerson/deceasedTime')
  const isDead = attribute(at(person, 'deceasedInd'), 'value') === 'true'
  return valued({
    identifiers,
    name: nameAt(person),
    birthDate: dayAt(at(person, 'birthTime')),
    sex: sexes[attribute(at(person, 'administrativeGenderCode'), 'code') ?? ''],
    phones: phonesOf(person),
    address: addressOf(person),
    died: died ?? (isDead ? true : undefined),
  })
}

const phonesOf = (person: unknown): string[] => {
  const telecom = children(person, 'telecom')
  const items = [...telecom.flatMap((each) => children(each, 'item')), ...telecom]
  const phones = items.flatMap((item) => attribute(item, 'value')?.replace(/^tel:/i, '') ?? [])
  return [...new Set(phones.filter((phone) => !isFillerNumber(phone)))]
}

/** Province to house number; the whole address in one (SAL) goes before its parts. */
const partsOfAddress = ['STA', 'CTY', 'CNT', 'STB', 'STR', 'BNR']

const addressOf = (person: unknown): string | undefined => {
  const [first] = children(at(person, 'addr'), 'item')
  const parts = new Map(
    children(first, 'part').map((part) => [attribute(part, 'type'), attribute(part, 'value')]),
  )
  const whole = parts.get('SAL') ?? partsOfAddress.map((type) => parts.get(type) ?? '').join('')
  return whole === '' || isFillerNumber(whole) ? undefined : whole
}
