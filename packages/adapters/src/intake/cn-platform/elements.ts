import type { Zone } from '@hospital-crm/rules'
import { at, attribute, children, descendants } from '../../xml.ts'
import { instantOf } from '../hl7v2/codec/time.ts'
import { isFiller, isFillerNumber } from '../hl7v2/mapping/fillers.ts'
import { knownDay, knownTime } from '../hl7v2/mapping/known-time.ts'
import type { SettledAppointments } from './profile.ts'
import type { CnPlatformRefusal } from './refusal.ts'

/** One message being read. What cannot be read is noted in `refusals`; nothing throws. */
export interface Reading {
  readonly zone: Zone
  /** Who gives the numbers of patients. */
  readonly authority: string
  readonly appointments?: SettledAppointments | undefined
  readonly refusals: CnPlatformRefusal[]
}

/** Notes why a message cannot be taken. */
export const refuse = (
  { refusals }: Pick<Reading, 'refusals'>,
  code: CnPlatformRefusal['code'],
  field: string,
): undefined => {
  refusals.push({ code, field })
}

/** The national object identifiers of what stands in a message. */
export const oids = {
  patient: '2.16.156.10011.2.5.1.4',
  card: '2.16.156.10011.2.5.1.6',
  nationalId: '2.16.156.10011.1.3',
  outpatient: '2.16.156.10011.1.11',
  inpatient: '2.16.156.10011.1.12',
  visitCount: '2.16.156.10011.2.5.1.8',
  visit: '2.16.156.10011.2.5.1.9',
  staff: '2.16.156.10011.1.4',
  department: '2.16.156.10011.1.26',
  ward: '2.16.156.10011.1.27',
  room: '2.16.156.10011.1.21',
  bed: '2.16.156.10011.1.22',
} as const

const worded = (text: string | undefined) =>
  text === undefined || isFiller(text) ? undefined : text

/** The number that an element has, under a root if one is told: `<id><item root extension/></id>`, or without `item`. */
export const numberAt = (element: unknown, root?: string): string | undefined => {
  const ids = children(element, 'id')
  const items = [...ids.flatMap((id) => children(id, 'item')), ...ids, ...children(element, 'item')]
  const own = items.find((item) => root === undefined || attribute(item, 'root') === root)
  const value = attribute(own, 'extension')
  return value === undefined || isFillerNumber(value) ? undefined : value
}

/** A name in one piece: `<name><item><part value/></item></name>`. */
export const nameAt = (element: unknown): string | undefined => {
  const name = at(element, 'name')
  const parts = children(at(name, 'item') ?? name, 'part').map((part) => attribute(part, 'value'))
  return worded(parts.filter((part) => part !== undefined).join('') || undefined)
}

/** A code with what it is called. */
export const codedAt = (element: unknown) => ({
  code: worded(attribute(element, 'code')),
  name: worded(attribute(at(element, 'displayName'), 'value')),
})

/** The instant an element's `value` holds, in UTC; refused when it is no real time. */
export const instantAt = (
  { zone, refusals }: Reading,
  element: unknown,
  field: string,
): string | undefined => {
  const text = attribute(element, 'value')
  if (text === undefined || isFillerNumber(text)) return undefined
  const time = knownTime(text, () => refuse({ refusals }, 'cn-platform.bad-time', field))
  return time && instantOf(time, zone)
}

/** The day an element's `value` holds, where it holds one. */
export const dayAt = (element: unknown): string | undefined => knownDay(attribute(element, 'value'))

/** The first element of a name, however deep. */
export const findIn = (element: unknown, name: string): unknown => {
  for (const each of descendants(element)) {
    const [found] = children(each, name)
    if (found !== undefined) return found
  }
  return undefined
}
