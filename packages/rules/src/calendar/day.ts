import * as z from 'zod'
import { refuse } from '../refusal.ts'

/** A civil day, `YYYY-MM-DD`. Whose day it is, is said by the zone it was read in. */
export const Day = z.iso.date()
export type Day = z.infer<typeof Day>

/** Days since 1970-01-01: what all arithmetic runs on. */
export type DayNumber = number

/** Proleptic Gregorian; years are reckoned from 1 March, so that a leap day is a year's last. */
export const dayNumber = (year: number, month: number, day: number): DayNumber => {
  const y = month <= 2 ? year - 1 : year
  const m = month <= 2 ? month + 9 : month - 3
  const leapDays = Math.floor(y / 4) - Math.floor(y / 100) + Math.floor(y / 400)
  return y * 365 + leapDays + Math.floor((153 * m + 2) / 5) + day - 719469
}

export const civil = (day: DayNumber): { year: number; month: number; day: number } => {
  const shifted = day + 719468
  const era = Math.floor(shifted / 146097)
  const dayOfEra = shifted - era * 146097
  const yearOfEra = Math.floor(
    (dayOfEra -
      Math.floor(dayOfEra / 1460) +
      Math.floor(dayOfEra / 36524) -
      Math.floor(dayOfEra / 146096)) /
      365,
  )
  const dayOfYear =
    dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100))
  const shiftedMonth = Math.floor((5 * dayOfYear + 2) / 153)
  const month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
  return {
    year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0),
    month,
    day: dayOfYear - Math.floor((153 * shiftedMonth + 2) / 5) + 1,
  }
}

const two = (value: number) => (value < 10 ? `0${value}` : `${value}`)

/** Days of some two hundred years. */
const mostWritten = 75_000
const written = new Map<DayNumber, Day>()

export const writeDay = (day: DayNumber): Day => {
  const known = written.get(day)
  if (known !== undefined) return known
  const { year, month, day: date } = civil(day)
  const text = `${String(year).padStart(4, '0')}-${two(month)}-${two(date)}`
  if (written.size >= mostWritten) written.clear()
  written.set(day, text)
  return text
}

const form = /^(\d{4})-(\d{2})-(\d{2})$/

export const readDay = (text: Day): DayNumber => {
  const [, year, month, date] = form.exec(text) ?? []
  const day = dayNumber(Number(year), Number(month), Number(date))
  if (Number.isNaN(day) || writeDay(day) !== text) return refuse('day.malformed', { day: text })
  return day
}

/** `dayNumber` takes a thirteenth month for the January after. */
const daysInMonth = (year: number, month: number) =>
  dayNumber(year, month + 1, 1) - dayNumber(year, month, 1)

/** So many calendar months from the anchor itself, clamped to the end of the month it lands in. */
export const addMonths = (anchor: DayNumber, months: number): DayNumber => {
  const { year, month, day } = civil(anchor)
  const index = year * 12 + (month - 1) + months
  const landsIn = { year: Math.floor(index / 12), month: (index % 12) + 1 }
  const last = daysInMonth(landsIn.year, landsIn.month)
  return dayNumber(landsIn.year, landsIn.month, Math.min(day, last))
}

/** 0 is Monday, 6 is Sunday. */
export const weekday = (day: DayNumber): number => (((day + 3) % 7) + 7) % 7

/** The Monday after the ISO week in which the day lies. */
export const nextMonday = (day: DayNumber): DayNumber => day - weekday(day) + 7

const weeks = new Map<DayNumber, string>()

/** `YYYY-Www`: the ISO week in which the day lies, with the year that owns the week. */
export const isoWeek = (day: DayNumber): string => {
  const thursday = day - weekday(day) + 3
  const known = weeks.get(thursday)
  if (known !== undefined) return known
  const { year } = civil(thursday)
  const week = Math.floor((thursday - dayNumber(year, 1, 1)) / 7) + 1
  const text = `${String(year).padStart(4, '0')}-W${two(week)}`
  weeks.set(thursday, text)
  return text
}
