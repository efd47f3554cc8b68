import { refuse } from '../refusal.ts'
import type { DayNumber } from './day.ts'
import { dayMs, hourMs, type Millis } from './instant.ts'

/** A hospital's clock on the wall, by IANA name. */
export interface Zone {
  readonly name: string
  /** The local day of an instant. */
  readonly dayOf: (instant: Millis) => DayNumber
  /**
   * The first instant of a local day. Where 00:00 does not exist it is the first that does; for a
   * day the zone skipped altogether, the first instant of the next.
   */
  readonly startOf: (day: DayNumber) => Millis
  /**
   * The instant of a reading of the clock, `wall`: the reading taken as if it were UTC. One that the
   * clock skips counts with the offset before the change (02:30 is 03:30), and one it shows twice is
   * the first, as java.time and Temporal do.
   */
  readonly instantOf: (wall: Millis) => Millis
}

/** The offset changes at most once in a UTC day: `before` until `changesAt`, then `after`. */
interface Offsets {
  readonly before: number
  readonly changesAt: Millis
  readonly after: number
}

const zones = new Map<string, Zone>()

/** Days remembered for a zone; whoever asks for more, out of malice or a typing error, forgets the others. */
const mostDays = 20_000

const remember = <Value>(known: Map<DayNumber, Value>, day: DayNumber, value: Value): Value => {
  if (known.size >= mostDays) known.clear()
  known.set(day, value)
  return value
}

/** No zone is further than this from UTC. */
const reach = 16 * hourMs

/** Refuses a name that the runtime does not know (`zone.unknown`). Never reads the process's zone. */
export const zoneOf = (name: string): Zone => {
  const known = zones.get(name)
  if (known) return known
  const zone = learn(name)
  zones.set(name, zone)
  return zone
}

const learn = (name: string): Zone => {
  const offsetAt = offsetReader(name)
  const days = new Map<DayNumber, Offsets>()
  const starts = new Map<DayNumber, Millis>()

  const offsetsOn = (utcDay: DayNumber): Offsets => {
    const known = days.get(utcDay)
    if (known) return known
    const from = utcDay * dayMs
    const [before, after] = [offsetAt(from), offsetAt(from + dayMs)]
    const changesAt =
      before === after ? from + dayMs : firstWith(after, offsetAt, from, from + dayMs)
    return remember(days, utcDay, { before, changesAt, after })
  }

  const offsetOn = (instant: Millis): number => {
    const { before, changesAt, after } = offsetsOn(Math.floor(instant / dayMs))
    return instant < changesAt ? before : after
  }

  const dayOf = (instant: Millis): DayNumber => Math.floor((instant + offsetOn(instant)) / dayMs)

  const instantOf = (wall: Millis): Millis => {
    const earlier = offsetOn(wall - reach)
    const later = offsetOn(wall + reach)
    if (earlier === later) return wall - earlier
    const [first, second] = [wall - earlier, wall - later]
    const fitting = [first, second].filter((instant) => offsetOn(instant) === wall - instant)
    return fitting.length === 0 ? first : Math.min(...fitting)
  }

  const find = (day: DayNumber): Millis => {
    for (let utcDay = day - 1; utcDay <= day + 1; utcDay += 1) {
      const { before, changesAt, after } = offsetsOn(utcDay)
      const early = Math.max(utcDay * dayMs, day * dayMs - before)
      if (early < changesAt) return early
      const late = Math.max(changesAt, day * dayMs - after)
      if (late < (utcDay + 1) * dayMs) return late
    }
    return day * dayMs
  }

  const startOf = (day: DayNumber): Millis => {
    const known = starts.get(day)
    return known ?? remember(starts, day, find(day))
  }

  return { name, dayOf, startOf, instantOf }
}

const firstWith = (
  offset: number,
  offsetAt: (instant: Millis) => number,
  from: Millis,
  to: Millis,
): Millis => {
  let [still, already] = [from, to]
  while (already - still > 1) {
    const middle = Math.floor((still + already) / 2)
    if (offsetAt(middle) === offset) already = middle
    else still = middle
  }
  return already
}

const offsetReader = (name: string) => {
  const format = formatFor(name)
  return (instant: Millis): number => {
    const whole = Math.floor(instant / 1000) * 1000
    const read: Record<string, number> = {}
    for (const { type, value } of format.formatToParts(whole)) read[type] = Number(value)
    const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = read
    // `Date.UTC` reads the years 0 to 99 as 1900 to 1999.
    const midnight = new Date(0).setUTCFullYear(year, month - 1, day)
    return midnight + ((hour * 60 + minute) * 60 + second) * 1000 - whole
  }
}

const formatFor = (timeZone: string) => {
  try {
    return new Intl.DateTimeFormat('en-US', {
      timeZone,
      calendar: 'iso8601',
      numberingSystem: 'latn',
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    })
  } catch {
    return refuse('zone.unknown', { zone: timeZone })
  }
}
