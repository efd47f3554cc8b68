import { readDay, WorkCalendar, weekday, writeDay } from '@hospital-crm/rules'

/** The local days from which and through which a source's calendar is known, both included. */
export interface Known {
  readonly from: string
  readonly knownThrough: string
}

/** A work calendar out of whatever says of a single day whether it is worked on. */
export const calendarOf = (
  { from, knownThrough }: Known,
  isWorkday: (day: string, isWeekend: boolean) => boolean,
): WorkCalendar => {
  const holidays: string[] = []
  const workingWeekends: string[] = []
  for (let day = readDay(from); day <= readDay(knownThrough); day += 1) {
    const text = writeDay(day)
    const isWeekend = weekday(day) > 4
    const isWorked = isWorkday(text, isWeekend)
    if (isWeekend && isWorked) workingWeekends.push(text)
    if (!isWeekend && !isWorked) holidays.push(text)
  }
  return WorkCalendar.parse({
    ...{ weekend: ['Sat', 'Sun'], coverage: [from, knownThrough], holidays, workingWeekends },
  })
}
