import { readDay, type WorkCalendar, writeDay } from '@hospital-crm/rules'
import { calendarOf, type Known } from '../calendar-of.ts'

/** What is used of an instance of the package `date-holidays`, made for a country, state and region. */
export interface DateHolidays {
  getHolidays(year: number): readonly {
    readonly date: string
    readonly start: Date
    readonly end: Date
    readonly type: string
  }[]
}

const dayMs = 86_400_000

const daysOff = (holidays: DateHolidays, year: number): string[] =>
  holidays
    .getHolidays(year)
    .filter(({ type }) => type === 'public')
    .flatMap(({ date, start, end }) => {
      const length = Math.max(1, Math.round((end.getTime() - start.getTime()) / dayMs))
      const first = readDay(date.slice(0, 10))
      return Array.from({ length }, (_, nth) => writeDay(first + nth))
    })

/**
 * A work calendar out of an instance of the package `date-holidays`, which the host hands in: public
 * holidays and weekends are off. Its rules go on for ever; `knownThrough` says how far the hospital relies
 * on them. It knows no weekends that are worked on, so for China take `chineseDaysCalendar`.
 */
export const dateHolidaysCalendar = (holidays: DateHolidays, known: Known): WorkCalendar => {
  const [first, last] = [known.from, known.knownThrough].map((day) => Number(day.slice(0, 4)))
  const off = new Set<string>()
  // The year before as well: a holiday may last over the new year.
  for (let year = (first ?? 0) - 1; year <= (last ?? 0); year += 1) {
    for (const day of daysOff(holidays, year)) off.add(day)
  }
  return calendarOf(known, (day, isWeekend) => !isWeekend && !off.has(day))
}
