import { TZDate } from '@date-fns/tz'
import { addDays, addMonths, format, startOfDay } from 'date-fns'

/** The local days of a window, and the instant at which it has passed. */
export interface Planned {
  readonly opens: string
  readonly due: string
  readonly deadlineInstant: string
}

/** The three windows as one would write them down with date-fns. */
export const byDateFns = (where: string) => (dischargedAt: string) => {
  const day0 = startOfDay(new TZDate(dischargedAt, where))
  const windows = [
    [day0, addDays(day0, 7)],
    [addDays(day0, 8), addDays(day0, 14)],
    [addDays(day0, 15), addMonths(day0, 1)],
  ] as const
  return windows.map(([opens, due]): Planned => {
    const deadline = startOfDay(addDays(due, 1))
    return {
      opens: format(opens, 'yyyy-MM-dd'),
      due: format(due, 'yyyy-MM-dd'),
      deadlineInstant: new Date(deadline.getTime()).toISOString(),
    }
  })
}

export const dayMs = 86_400_000
const chinaMs = 8 * 3_600_000
export const dayText = (day: number) => new Date(day * dayMs).toISOString().slice(0, 10)

const monthLater = (day: number) => {
  const date = new Date(day * dayMs)
  const [year, month] = [date.getUTCFullYear(), date.getUTCMonth() + 1]
  const last = new Date(Date.UTC(year, month + 1, 0)).getUTCDate()
  return Date.UTC(year, month, Math.min(date.getUTCDate(), last)) / dayMs
}

/** The same where every day is 24 hours and begins at 16:00 UTC: no zone, no plan, no state. */
export const byConstantOffset = (dischargedAt: string): Planned[] => {
  const day0 = Math.floor((Date.parse(dischargedAt) + chinaMs) / dayMs)
  const windows = [
    [day0, day0 + 7],
    [day0 + 8, day0 + 14],
    [day0 + 15, monthLater(day0)],
  ] as const
  return windows.map(([opens, due]) => ({
    opens: dayText(opens),
    due: dayText(due),
    deadlineInstant: new Date((due + 1) * dayMs - chinaMs).toISOString(),
  }))
}
