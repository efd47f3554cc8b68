import { type Policy, zoneOf } from '@hospital-crm/rules'

const minuteMs = 60_000
const dayMs = 86_400_000

const minutesOf = (time: string) => Number(time.slice(0, 2)) * 60 + Number(time.slice(3))

/** The first instant from now on that is not in the quiet hours: now itself, or their next end. */
export const afterQuietHours = (
  { zone: name, quietHours }: Pick<Policy, 'zone' | 'quietHours'>,
  now: string,
) => {
  const zone = zoneOf(name)
  const instant = Date.parse(now)
  const today = zone.dayOf(instant)
  const at = (day: number, time: string) => zone.instantOf(day * dayMs + minutesOf(time) * minuteMs)
  const { from, until } = quietHours
  const overnight = minutesOf(from) > minutesOf(until)
  const nights = overnight ? [today - 1, today] : [today]
  for (const night of nights) {
    const end = at(overnight ? night + 1 : night, until)
    if (at(night, from) <= instant && instant < end) return new Date(end).toISOString()
  }
  return now
}
