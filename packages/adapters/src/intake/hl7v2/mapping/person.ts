import type { IntakeIdentifier, IntakePerson } from '@hospital-crm/core'
import type { Hl7Segment } from '../codec/message.ts'
import { addressAt, areaAt, phonesAt } from './contact.ts'
import { isOneDigitOver } from './fillers.ts'
import { nameAt } from './name.ts'
import { dayAt, instantAt, numberOf, type Reading, textOf, valued } from './reading.ts'

/** What a PID segment says about a person; undefined, and refused, when no number names them. */
export const personOf = (
  reading: Reading,
  pid: Hl7Segment | undefined,
): IntakePerson | undefined => {
  const identifiers = identifiersOf(reading, pid)
  if (identifiers.length === 0) {
    reading.refusals.push({ code: 'hl7.no-patient-id', field: 'PID-3' })
    return undefined
  }
  return valued({
    identifiers,
    name: nameAt(pid, 5),
    birthDate: dayAt(pid, 7),
    sex: sexes[textOf(pid, 8)?.toUpperCase() ?? ''],
    phones: [...phonesAt(pid, [13, 14])],
    address: addressAt(pid, 11),
    area: areaAt(pid, 11),
    died: diedOf(reading, pid),
  })
}

/** No person has more numbers, and comparing them must not take a hostile message's time. */
const mostNumbers = 1000

/** The numbers of a CX field, in their order; typed repetitions without a number are passed over. */
export const numbersAt = (
  reading: Reading,
  segment: Hl7Segment | undefined,
  field: number,
): IntakeIdentifier[] => {
  const found: IntakeIdentifier[] = []
  const count = segment?.count(field) ?? 0
  if (count > mostNumbers) {
    reading.refusals.push({ code: 'hl7.too-many', field: `${segment?.name}-${field}` })
    return found
  }
  for (let repetition = 1; repetition <= count; repetition += 1) {
    const value = numberOf(segment, field, 1, undefined, repetition)
    if (value === undefined) continue
    const type = textOf(segment, field, 5, undefined, repetition)
    const authority =
      textOf(segment, field, 4, 1, repetition) ?? textOf(segment, field, 4, 2, repetition)
    found.push(valued({ value, type, authority }))
  }
  return found
}

/** The numbers of a person: PID-3, else PID-2 and PID-4, and a national number in PID-19. */
export const identifiersOf = (
  reading: Reading,
  pid: Hl7Segment | undefined,
): IntakeIdentifier[] => {
  const listed = numbersAt(reading, pid, 3)
  // PID-2 and PID-4 repeat PID-3 in older versions, mostly with less.
  const found =
    listed.length > 0 ? listed : [...numbersAt(reading, pid, 2), ...numbersAt(reading, pid, 4)]
  const national = numberOf(pid, 19)
  const isNew = national !== undefined && found.every(({ value }) => value !== national)
  if (!isNew || isOneDigitOver(national)) return found
  return [...found, { value: national, type: reading.chinese ? 'NI' : 'SS' }]
}

/** Table 0001, and the digits of GB/T 2261.1 and ISO 5218. */
const sexes: Readonly<Record<string, IntakePerson['sex']>> = {
  M: 'male',
  F: 'female',
  O: 'other',
  A: 'other',
  U: 'unknown',
  N: 'unknown',
  MALE: 'male',
  FEMALE: 'female',
  '1': 'male',
  '2': 'female',
  '0': 'unknown',
  '9': 'unknown',
  男: 'male',
  女: 'female',
}

/** PID-29 says when; where it says nothing PID-30 says whether. A deleted PID-29 (`""`) is no word that somebody lives. */
const diedOf = (reading: Reading, pid: Hl7Segment | undefined): IntakePerson['died'] => {
  const at = instantAt(reading, pid, 29)
  if (at !== undefined) return at
  const said = textOf(pid, 30)?.toUpperCase()
  if (said === 'Y') return true
  return said === 'N' ? false : undefined
}
