import type { WorkCalendar } from '@hospital-crm/rules'
import { calendarOf, type Known } from '../calendar-of.ts'

/** What is used of the package `chinese-days`. */
export interface ChineseDays {
  isWorkday(day: string): boolean
}

/**
 * A work calendar of mainland China out of the package `chinese-days`, which the host hands in. It takes
 * every weekday of a year that is not announced yet for a working day, so say through which local day
 * it is known: dates beyond are provisional.
 */
export const chineseDaysCalendar = (chineseDays: ChineseDays, known: Known): WorkCalendar =>
  calendarOf(known, (day) => chineseDays.isWorkday(day))
