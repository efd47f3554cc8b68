import * as rrule from 'rrule'
import * as z from 'zod'
import { type Day, type DayNumber, readDay, writeDay } from './day.ts'

// A CommonJS build without named exports for Node, an ESM one for bundlers: whichever was found.
const found = rrule as typeof rrule & { readonly default?: typeof rrule }
const { RRule } = found.default ?? found

const frequencies: readonly number[] = [RRule.DAILY, RRule.WEEKLY]

const readRule = (text: string) => {
  try {
    return RRule.parseString(text)
  } catch {
    return null
  }
}

/**
 * Days that come again, as RFC 5545 writes them, by days and weeks only: `FREQ=WEEKLY;BYDAY=MO,TH`.
 * Months are counted from an anchor elsewhere, since "monthly from the 31st" would leave out February.
 */
export const Recurrence = z.string().refine((text) => {
  const options = readRule(text)
  const parts = ['freq', 'interval', 'byweekday', 'count', 'wkst']
  return (
    options !== null &&
    frequencies.includes(options.freq ?? -1) &&
    Object.keys(options).every((part) => parts.includes(part))
  )
}, 'recurrence.malformed')
export type Recurrence = z.infer<typeof Recurrence>

const millisOf = (day: DayNumber) => day * 86_400_000

/** The days of a recurrence that begins on `start`, within `from` and `to`, both included. */
export const recurringDays = (
  recurrence: Recurrence,
  start: Day,
  { from, to }: { readonly from: Day; readonly to: Day },
): readonly Day[] => {
  // In UTC from beginning to end: read as local times the answer would depend on the process's zone.
  const rule = new RRule({ ...RRule.parseString(recurrence), dtstart: dateOf(start) })
  return rule
    .between(dateOf(from), dateOf(to), true)
    .map((date) => writeDay(Math.floor(date.getTime() / 86_400_000)))
}

const dateOf = (day: Day) => new Date(millisOf(readDay(day)))
