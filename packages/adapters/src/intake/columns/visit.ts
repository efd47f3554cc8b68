import type { IntakeVisit } from '@hospital-crm/core'
import { valued } from '../hl7v2/mapping/reading.ts'
import type { Field, Fields, Row } from './fields.ts'
import type { SettledMapping } from './mapping.ts'

type Visit = NonNullable<SettledMapping['visit']>

/** What is written for the kinds of visits: HL7 table 0004, FHIR's class codes and words. */
const classes: Readonly<Record<string, IntakeVisit['class']>> = {
  I: 'inpatient',
  IMP: 'inpatient',
  住院: 'inpatient',
  O: 'outpatient',
  AMB: 'outpatient',
  门诊: 'outpatient',
  E: 'emergency',
  EMER: 'emergency',
  急诊: 'emergency',
  日间: 'day-case',
  留观: 'observation',
}

const nothing = () => undefined

/** The visit of a row; undefined, and refused, when nothing numbers it. */
export const visitOf = (fields: Fields, visit: Visit): Field<IntakeVisit> => {
  const text = (columns: Visit['ward']): Field<string> =>
    columns === undefined ? nothing : fields.text(columns)
  const time = (columns: Visit['admittedAt'], name: string): Field<string> =>
    columns === undefined ? nothing : fields.instant(columns, `visit.${name}`)
  const number = fields.number(visit.number)
  const kind = classOf(fields, visit.class)
  const department = codedOf(fields, visit.department)
  const ward = text(visit.ward)
  const room = text(visit.room)
  const bed = text(visit.bed)
  const attending = codedOf(fields, visit.attending)
  const admittedAt = time(visit.admittedAt, 'admittedAt')
  const dischargedAt = time(visit.dischargedAt, 'dischargedAt')
  const disposition = codeOf(fields, visit.disposition, 'visit.disposition')
  const diagnoses = (visit.diagnoses ?? []).map((each) => diagnosesOf(fields, each))
  return (row) => {
    const own = number(row)
    if (own === undefined) {
      row.refusals.push({ code: 'columns.no-visit-number', field: 'visit.number' })
      return undefined
    }
    return valued({
      number: own,
      class: kind(row),
      department: department(row),
      ward: ward(row),
      room: room(row),
      bed: bed(row),
      attending: attending(row),
      admittedAt: admittedAt(row),
      dischargedAt: dischargedAt(row),
      disposition: disposition(row),
      diagnoses: diagnoses.flatMap((read) => read(row)),
    })
  }
}

const classOf = (
  fields: Fields,
  said: Visit['class'],
): Field<NonNullable<IntakeVisit['class']>> => {
  if (said === undefined) return nothing
  if (typeof said === 'object' && 'always' in said) return () => said.always
  if (typeof said === 'object' && 'codes' in said) return fields.coded(said, 'visit.class')
  const read = fields.text(said)
  return (row) => classes[read(row)?.toUpperCase() ?? '']
}

/** A code as the hospital writes it, or by what the mapping makes of it. */
export const codeOf = (
  fields: Fields,
  said: Visit['disposition'],
  field: string,
): Field<string> => {
  if (said === undefined) return nothing
  if (typeof said === 'object' && 'always' in said) return () => said.always
  if (typeof said === 'object' && 'codes' in said) return fields.coded(said, field)
  return fields.text(said)
}

/** A department or doctor of whom only the name is given goes by it. */
const codedOf = (
  fields: Fields,
  said: Visit['department'],
): Field<NonNullable<IntakeVisit['department']>> => {
  const code = said?.code === undefined ? nothing : fields.number(said.code)
  const name = said?.name === undefined ? nothing : fields.text(said.name)
  return (row) => {
    const written = name(row)
    const known = code(row) ?? written
    return known === undefined ? undefined : valued({ code: known, name: written })
  }
}

type Diagnoses = NonNullable<IntakeVisit['diagnoses']>

const diagnosesOf = (
  fields: Fields,
  { code, name, separator }: NonNullable<Visit['diagnoses']>[number],
): ((row: Row) => Diagnoses) => {
  const codesOf = code === undefined ? nothing : fields.text(code)
  const namesOf = name === undefined ? nothing : fields.text(name)
  const split = (text: string | undefined) =>
    (separator === undefined ? [text ?? ''] : (text ?? '').split(separator)).map((part) =>
      part.trim(),
    )
  return (row) => {
    const [codes, names] = [split(codesOf(row)), split(namesOf(row))]
    return Array.from({ length: Math.max(codes.length, names.length) }, (_, place) =>
      valued({ code: codes[place] || undefined, name: names[place] || undefined }),
    ).filter((diagnosis) => Object.keys(diagnosis).length > 0)
  }
}
