import * as z from 'zod'
import { type Day, readDay, writeDay } from '../calendar/day.ts'
import { compileCalendar, type WorkCalendar } from '../calendar/work-calendar.ts'
import { countWorkingDays } from '../calendar/working-days.ts'

const Name = z.string().min(1)
const Within = z.union([
  z.strictObject({ days: z.int().min(0).max(365) }),
  z.strictObject({ workingDays: z.int().min(0).max(250) }),
])

/** How soon something is answered, and who hears of it when it is not: local days after the deadline. */
const Severity = z.strictObject({
  answerWithin: Within,
  escalation: z
    .array(z.strictObject({ afterDays: z.int().min(0).max(365), to: Name }))
    .max(10)
    .default([]),
})

/** How a hospital deals with complaints and suggestions: its classes, and what each severity demands. */
export const FeedbackRules = z.strictObject({
  classes: z.array(Name).min(1).max(200),
  severities: z.record(Name, Severity),
  /** Local days after the answer in which it may be taken up again. */
  reopenWithinDays: z.int().min(0).max(3660).default(30),
})
export type FeedbackRules = z.infer<typeof FeedbackRules>

/**
 * The last local day for an answer to what came on `received`, which is not counted itself. Calendars:
 * the newest first; without any, Monday to Friday are worked.
 */
export const answerDue = (
  within: z.infer<typeof Within>,
  received: Day,
  calendars: readonly WorkCalendar[],
): Day => {
  const day = readDay(received)
  if ('days' in within) return writeDay(day + within.days)
  return writeDay(countWorkingDays(calendars.map(compileCalendar), day, within.workingDays).day)
}
