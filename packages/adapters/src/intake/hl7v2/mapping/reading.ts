import type { Zone } from '@hospital-crm/rules'
import type { AppointmentProfile } from '../appointment-profile.ts'
import type { ChargeProfile } from '../charge-profile.ts'
import type { Hl7Message, Hl7Segment } from '../codec/message.ts'
import { type Hl7Time, instantOf, localDayOf } from '../codec/time.ts'
import type { Hl7Refusal } from '../refusal.ts'
import { isFiller, isFillerNumber } from './fillers.ts'
import { knownDay, knownTime } from './known-time.ts'

/** One message being mapped. What cannot be mapped is noted in `refusals`; nothing throws. */
export interface Reading {
  readonly message: Hl7Message
  readonly source: string
  readonly zone: Zone
  readonly chinese: boolean
  readonly charges?: ChargeProfile | undefined
  readonly appointments?: AppointmentProfile | undefined
  readonly refusals: Hl7Refusal[]
}

const controls = /\p{Cc}+/gu

/** A value as text: on one line, trimmed, and missing when it is empty, HL7's `""` or a filler. */
export const textOf = (
  segment: Hl7Segment | undefined,
  field: number,
  component?: number,
  subcomponent?: number,
  repetition?: number,
): string | undefined => {
  const value = segment?.value(field, component, subcomponent, repetition)
  if (!value) return undefined
  // Line breaks come from \.br\; a NUL would be refused by PostgreSQL long after the message was acknowledged.
  const text = value.replace(controls, ' ').trim()
  return text === '' || isFiller(text) ? undefined : text
}

/** A number or code that identifies: as text, and missing when it is all zeros. */
export const numberOf: typeof textOf = (...where) => {
  const text = textOf(...where)
  return text === undefined || isFillerNumber(text) ? undefined : text
}

/** The instant a field holds, in UTC; missing when it is empty or a filler, refused when it is no real time. */
export const instantAt = (
  reading: Reading,
  segment: Hl7Segment | undefined,
  field: number,
  component = 1,
): string | undefined => {
  const time = timeAt(reading, segment, field, component)
  return time && instantOf(time, reading.zone)
}

/** The calendar day a field holds, as written, where it holds one. */
export const dayAt = (segment: Hl7Segment | undefined, field: number): string | undefined =>
  knownDay(numberOf(segment, field))

/** The day a field holds in the hospital's zone; missing when it is empty or a filler, refused when it is no real date. */
export const localDayAt = (
  reading: Reading,
  segment: Hl7Segment | undefined,
  field: number,
): string | undefined => {
  const time = timeAt(reading, segment, field)
  return time && localDayOf(time, reading.zone)
}

const timeAt = (
  reading: Reading,
  segment: Hl7Segment | undefined,
  field: number,
  component = 1,
): Hl7Time | undefined => {
  const text = numberOf(segment, field, component)
  if (text === undefined) return undefined
  return knownTime(text, () => {
    reading.refusals.push({ code: 'hl7.bad-time', field: `${segment?.name}-${field}` })
  })
}

/** The same object without what is undefined or an empty list. */
export const valued = <Value extends object>(value: Value): Value => {
  const kept: Partial<Value> = {}
  for (const key in value) {
    const entry = value[key]
    if (entry !== undefined && !(Array.isArray(entry) && entry.length === 0)) kept[key] = entry
  }
  return kept as Value
}
