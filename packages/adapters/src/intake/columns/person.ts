import type { IntakeIdentifier, IntakePerson } from '@hospital-crm/core'
import { isOneDigitOver } from '../hl7v2/mapping/fillers.ts'
import { valued } from '../hl7v2/mapping/reading.ts'
import type { Field, Fields, Row } from './fields.ts'
import type { SettledMapping } from './mapping.ts'

type Person = NonNullable<SettledMapping['person']>

/** What is written for the sexes: HL7 table 0001, GB/T 2261.1 and words. */
const sexes: Readonly<Record<string, IntakePerson['sex']>> = {
  M: 'male',
  MALE: 'male',
  男: 'male',
  男性: 'male',
  '1': 'male',
  F: 'female',
  FEMALE: 'female',
  女: 'female',
  女性: 'female',
  '2': 'female',
  O: 'other',
  U: 'unknown',
  '0': 'unknown',
  '9': 'unknown',
}

const national = /^(SS|NI|PPN|NN.*|IdentifyNO)$/

type Identifiers = Person['identifiers']

/** The numbers of a row that are one: no filler, and no national number of one digit over and over. */
export const identifiersOf = (
  fields: Fields,
  identifiers: Identifiers,
): ((row: Row) => IntakeIdentifier[]) => {
  const readers = identifiers.map(({ column, ...rest }) => ({ read: fields.number(column), rest }))
  return (row) =>
    readers.flatMap(({ read, rest }) => {
      const value = read(row)
      const isFiller =
        value === undefined || (national.test(rest.type ?? '') && isOneDigitOver(value))
      return isFiller ? [] : [valued({ value, ...rest })]
    })
}

/** The person of a row; undefined, and refused, when no number names them. */
export const personOf = (fields: Fields, person: Person): Field<IntakePerson> => {
  const identifiers = identifiersOf(fields, person.identifiers)
  const optional = <Value, Said>(said: Said | undefined, make: (said: Said) => Field<Value>) =>
    said === undefined ? () => undefined : make(said)
  const name = optional(person.name, fields.text)
  const birthDate = optional(person.birthDate, fields.day)
  const address = optional(person.address, fields.text)
  const area = optional(person.area, fields.number)
  const phones = (person.phones ?? []).map(fields.number)
  const sex = optional(person.sex, (said) => sexOf(fields, said))
  const died = optional(person.died, (said): Field<string | boolean> => {
    const field = 'person.died'
    return typeof said === 'object' && 'codes' in said
      ? fields.coded(said, field)
      : fields.instant(said, field)
  })
  return (row) => {
    const numbers = identifiers(row)
    if (numbers.length === 0) {
      row.refusals.push({ code: 'columns.no-number', field: 'person.identifiers' })
      return undefined
    }
    return valued({
      identifiers: numbers,
      name: name(row),
      birthDate: birthDate(row),
      sex: sex(row),
      phones: [...new Set(phones.flatMap((phone) => phone(row) ?? []))],
      address: address(row),
      area: areaOf(area(row)),
      died: died(row),
    })
  }
}

/** A province begins with 1 to 8; longer codes go on to the village. */
const areaOf = (code: string | undefined): string | undefined =>
  /^[1-8]\d(\d{2}(\d{2}(\d{3}|\d{6})?)?)?$/.test(code ?? '') ? code?.slice(0, 6) : undefined

/** A sex that nobody listed is none: it must not cost a follow-up. */
const sexOf = (
  fields: Fields,
  said: NonNullable<Person['sex']>,
): Field<NonNullable<IntakePerson['sex']>> => {
  if (typeof said === 'object' && 'codes' in said) {
    const read = fields.coded(said, 'person.sex')
    return (row) => read({ ...row, refusals: [] })
  }
  const read = fields.text(said)
  return (row) => sexes[read(row)?.toUpperCase() ?? '']
}
