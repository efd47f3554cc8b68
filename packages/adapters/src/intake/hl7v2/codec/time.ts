import { writeDay, type Zone } from '@hospital-crm/rules'

/** A time as a message writes it: a day at least, with what was said of the hour. */
export interface Hl7Time {
  readonly year: number
  readonly month: number
  readonly day: number
  /** Milliseconds since local midnight; 0 for a plain date. */
  readonly ofDay: number
  /** Minutes east of UTC, when the sender says so. */
  readonly offset?: number | undefined
}

const packed =
  /^(\d{4})(?:(\d\d)(?:(\d\d)(?:(\d\d)(?:(\d\d)(?:(\d\d)(?:\.(\d{1,9})|(\d{3}))?)?)?)?)?)? ?(Z|[+-]\d\d:?\d\d)?$/
const written =
  /^(\d{4})([-/])(\d{1,2})\2(\d{1,2})(?:[T ](\d{1,2}):(\d\d)(?::(\d\d)(?:\.(\d{1,9}))?)?)? ?(Z|[+-]\d\d:?\d\d)?$/

/**
 * Reads an HL7 time of 4 to 14 digits with fraction and offset, 17 digits with milliseconds, and dates written
 * `2015-04-25` or `2015/4/25 8:05:00`. Undefined when it is no real date or hour, or less than a day, as HL7 allows.
 */
export const parseTime = (text: string): Hl7Time | undefined => {
  const digits = packed.exec(text)
  if (digits) {
    const [, year, month, day, hour, minute, second, fraction, millis, offset] = digits
    if (day === undefined) return undefined
    return timeOf(year, month, day, hour, minute, second, fraction ?? millis, offset)
  }
  const parts = written.exec(text)
  if (!parts) return undefined
  const [, year, , month, day, hour, minute, second, fraction, offset] = parts
  return timeOf(year, month, day, hour, minute, second, fraction, offset)
}

const between = (text: string, least: number, most: number) =>
  Number(text) >= least && Number(text) <= most

const timeOf = (
  year = '',
  month = '',
  day = '',
  hour = '0',
  minute = '0',
  second = '0',
  fraction = '0',
  offset: string | undefined,
): Hl7Time | undefined => {
  const real =
    between(year, 1, 9999) &&
    between(month, 1, 12) &&
    between(day, 1, daysIn(Number(year), Number(month))) &&
    between(hour, 0, 23) &&
    between(minute, 0, 59) &&
    between(second, 0, 59)
  const minutes = offset === undefined ? undefined : offsetMinutes(offset)
  if (!real || Number.isNaN(minutes)) return undefined
  const millis = Number(fraction.slice(0, 3).padEnd(3, '0'))
  return {
    year: Number(year),
    month: Number(month),
    day: Number(day),
    ofDay: ((Number(hour) * 60 + Number(minute)) * 60 + Number(second)) * 1000 + millis,
    offset: minutes,
  }
}

const daysIn = (year: number, month: number): number => {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28
  return [4, 6, 9, 11].includes(month) ? 30 : 31
}

const offsetMinutes = (offset: string): number => {
  if (offset === 'Z') return 0
  const digits = offset.replace(':', '')
  const [hours, minutes] = [Number(digits.slice(1, 3)), Number(digits.slice(3))]
  if (hours > 14 || minutes > 59) return Number.NaN
  return (digits.startsWith('-') ? -1 : 1) * (hours * 60 + minutes)
}

/** The instant in UTC, as ISO 8601; a time without offset is local to `zone`, a plain date its midnight. */
export const instantOf = (time: Hl7Time, zone: Zone): string => {
  const midnight = new Date(0).setUTCFullYear(time.year, time.month - 1, time.day)
  const wall = midnight + time.ofDay
  return new Date(
    time.offset === undefined ? zone.instantOf(wall) : wall - time.offset * 60_000,
  ).toISOString()
}

/** The calendar day as it is written, without regard to zones: YYYY-MM-DD. */
export const dayOf = ({ year, month, day }: Hl7Time): string =>
  `${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`

/** The day as it is written, or where there is an offset the hospital's day: drivers give a day as the instant it began. */
export const localDayOf = (time: Hl7Time, zone: Zone): string =>
  time.offset === undefined ? dayOf(time) : writeDay(zone.dayOf(Date.parse(instantOf(time, zone))))

/** An instant on the zone's clock, `YYYY-MM-DD HH:mm:ss`. */
export const clockOf = (instant: string, { name }: Pick<Zone, 'name'>): string =>
  new Intl.DateTimeFormat('sv-SE', {
    timeZone: name,
    dateStyle: 'short',
    timeStyle: 'medium',
  }).format(new Date(instant))
