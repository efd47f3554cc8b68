import * as z from 'zod'
import { Day, type DayNumber, readDay, weekday } from './day.ts'

const names = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'] as const

/**
 * The working days of a hospital as its government published them. Nothing is known outside
 * `coverage` (first and last day, both included): a date that falls there is provisional.
 */
export const WorkCalendar = z
  .strictObject({
    weekend: z.array(z.enum(names)).max(6),
    coverage: z.tuple([Day, Day]),
    holidays: z.array(Day),
    workingWeekends: z.array(Day),
  })
  .refine(({ coverage: [first, last] }) => first <= last, {
    path: ['coverage'],
    message: 'calendar.coverage-ends-before-it-begins',
  })
export type WorkCalendar = z.infer<typeof WorkCalendar>

export interface CompiledCalendar {
  readonly first: DayNumber
  readonly last: DayNumber
  readonly isWorking: (day: DayNumber) => boolean
}

const compiled = new WeakMap<WorkCalendar, CompiledCalendar>()

export const compileCalendar = (calendar: WorkCalendar): CompiledCalendar => {
  const known = compiled.get(calendar)
  if (known) return known
  const weekend = new Set(calendar.weekend.map((name) => names.indexOf(name)))
  const holidays = new Set(calendar.holidays.map(readDay))
  const workingWeekends = new Set(calendar.workingWeekends.map(readDay))
  const isWorking = (day: DayNumber) =>
    !holidays.has(day) && (workingWeekends.has(day) || !weekend.has(weekday(day)))
  const [first, last] = calendar.coverage
  const answer = { first: readDay(first), last: readDay(last), isWorking }
  compiled.set(calendar, answer)
  return answer
}
