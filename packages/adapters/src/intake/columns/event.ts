import type { IntakeEvent } from '@hospital-crm/core'
import type { Mapped } from '../hl7v2/mapping/events.ts'
import { chargesOf } from './charge.ts'
import type { Field, Fields, Row } from './fields.ts'
import type { RowEvent, SettledMapping } from './mapping.ts'
import { identifiersOf, personOf } from './person.ts'
import { visitOf } from './visit.ts'

type VisitType = Extract<IntakeEvent, { visit: object }>['type']

const nothing = () => undefined

/** Reads what a row tells; undefined when something is refused. */
export const eventOf = (
  fields: Fields,
  mapping: SettledMapping,
): ((row: Row) => Mapped | 'ignored' | undefined) => {
  const time = (columns: SettledMapping['occurredAt'], field: string): Field<string> =>
    columns === undefined ? nothing : fields.instant(columns, field)
  const type = typeOf(fields, mapping.event)
  const person = mapping.person ? personOf(fields, mapping.person) : nothing
  const charges = chargesOf(fields, mapping)
  const visit = mapping.visit ? visitOf(fields, mapping.visit) : nothing
  const retired = mapping.retired ? identifiersOf(fields, mapping.retired) : () => []
  const recordedAt = time(mapping.recordedAt, 'recordedAt')
  const occurredAt = time(mapping.occurredAt, 'occurredAt')

  return (row) => {
    const told = type(row)
    if (told === undefined || told === 'ignored') return told
    if (told === 'charges-posted') return charges(row)
    const about = person(row)
    const recorded = recordedAt(row)
    const stay = told === 'person-updated' || told === 'merged' ? undefined : visit(row)
    const kind = told === 'stay' ? (stay?.dischargedAt ? 'discharged' : 'admitted') : told
    const stated = occurredAt(row) ?? stateTime(kind, stay) ?? recorded
    const gone = told === 'merged' ? retired(row) : []
    if (stated === undefined) row.refusals.push({ code: 'columns.no-time', field: 'occurredAt' })
    if (told === 'merged') refuseMerge(row, about?.identifiers ?? [], gone)
    if (row.refusals.length > 0 || !about || stated === undefined) return undefined
    const when = {
      occurredAt: stated,
      ...(recorded !== undefined && { recordedAt: recorded }),
    }
    if (kind === 'merged') return { type: kind, ...when, survivor: about, retired: gone }
    if (kind === 'person-updated') return { type: kind, ...when, person: about }
    return stay && { type: kind, ...when, person: about, visit: stay }
  }
}

const typeOf = (fields: Fields, event: SettledMapping['event']): Field<RowEvent> => {
  if (typeof event === 'string') return () => event
  const read = fields.coded(event, 'event')
  return (row) => {
    const told = read(row)
    const isEmpty = told === undefined && row.refusals.length === 0
    if (isEmpty) row.refusals.push({ code: 'columns.unknown-code', field: 'event' })
    return told
  }
}

type Times = {
  readonly admittedAt?: string | undefined
  readonly dischargedAt?: string | undefined
}

const stateTime = (type: VisitType | 'person-updated' | 'merged', stay: Times | undefined) => {
  if (type === 'discharged') return stay?.dischargedAt
  return type === 'admitted' || type === 'registered' ? stay?.admittedAt : undefined
}

type Numbers = Extract<IntakeEvent, { type: 'merged' }>['retired']

const refuseMerge = ({ refusals }: Row, survivor: Numbers, retired: Numbers) => {
  if (retired.length === 0) {
    refusals.push({ code: 'columns.no-retired-number', field: 'retired' })
    return
  }
  const isSame = ({ value, type }: Numbers[number]) =>
    survivor.some((own) => own.value === value && own.type === type)
  if (retired.some(isSame)) {
    refusals.push({ code: 'columns.merged-into-itself', field: 'retired' })
  }
}
