import { type DayNumber, weekday, writeDay } from './day.ts'
import type { CompiledCalendar } from './work-calendar.ts'

export type DeadlineShift = 'none' | 'postpone' | 'advance'

/** Where a date was moved to, and what is uncertain about it. */
export interface Placed {
  readonly day: DayNumber
  readonly provisional: boolean
  readonly warnings: readonly string[]
}

/** The calendars in force at one moment, the newest first; none: Monday to Friday, no shifting. */
export type WorkDays = readonly CompiledCalendar[]

const certain: readonly string[] = []

const isWeekday = (day: DayNumber) => weekday(day) < 5

const covering = (calendars: WorkDays, day: DayNumber) =>
  calendars.find(({ first, last }) => first <= day && day <= last)

const coverageEnds = (calendars: WorkDays, day: DayNumber) => {
  const before = calendars.filter(({ last }) => last < day)
  const ends = (before.length > 0 ? before : calendars).map(({ last }) => last)
  return `calendar-coverage-ends:${writeDay(Math.max(...ends))}`
}

const provisional = (calendars: WorkDays, day: DayNumber, uncovered: DayNumber): Placed => ({
  day,
  provisional: true,
  warnings: [coverageEnds(calendars, uncovered)],
})

const asItIs = (day: DayNumber): Placed => ({ day, provisional: false, warnings: certain })

/** The nth working day after the anchor, which is not counted itself; 0 is the anchor. */
export const countWorkingDays = (calendars: WorkDays, anchor: DayNumber, count: number): Placed => {
  let day = anchor
  let uncovered: DayNumber | null = null
  for (let left = count; left > 0; ) {
    day += 1
    const calendar = covering(calendars, day)
    if (!calendar) uncovered ??= day
    if (calendar ? calendar.isWorking(day) : isWeekday(day)) left -= 1
  }
  return uncovered === null || calendars.length === 0
    ? asItIs(day)
    : provisional(calendars, day, uncovered)
}

/**
 * Moves a deadline off a day off, never before `notBefore`. A day that no calendar covers is left
 * where it is, as it would be without any calendar, and is provisional.
 */
export const shiftDeadline = (
  calendars: WorkDays,
  shift: DeadlineShift,
  due: DayNumber,
  notBefore: DayNumber,
): Placed => {
  if (shift === 'none' || calendars.length === 0) return asItIs(due)
  if (shift === 'postpone') return nextWorkingDay(calendars, due, 1)
  const advanced = nextWorkingDay(calendars, due, -1)
  if (advanced.day >= notBefore) return advanced
  const { warnings, ...postponed } = nextWorkingDay(calendars, due, 1)
  return { ...postponed, warnings: ['advance-would-precede-open', ...warnings] }
}

const nextWorkingDay = (calendars: WorkDays, from: DayNumber, step: 1 | -1): Placed => {
  for (let day = from; ; day += step) {
    const calendar = covering(calendars, day)
    if (!calendar) return provisional(calendars, day, day)
    if (calendar.isWorking(day)) return asItIs(day)
  }
}
