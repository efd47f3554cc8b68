/** Turns a wall clock reading of one zone into the instant it names. */
export interface Zone {
  readonly name: string
  /** `wall` is the reading taken as if it were UTC, in milliseconds. */
  instantOf(wall: number): number
}

const zones = new Map<string, Zone>()
const hour = 3_600_000
const day = 24 * hour
/** No zone is further than this from UTC. */
const reach = 16 * hour
const mostDays = 10_000

/**
 * A reading that a clock skips in spring counts with the offset before the change (02:30 is 03:30), and one it
 * shows twice in autumn is the first: as java.time and Temporal do. Throws a RangeError for an unknown zone.
 */
export const zoneOf = (name: string): Zone => {
  const known = zones.get(name)
  if (known) return known
  const offsetAt = offsets(name)
  /** Days on which, and around which, the offset does not change; nearly all of them. */
  const steady = new Map<number, number>()

  const instantOf = (wall: number): number => {
    const today = Math.floor(wall / day)
    const usual = steady.get(today)
    if (usual !== undefined) return wall - usual
    const before = offsetAt(today * day - reach)
    const after = offsetAt((today + 1) * day + reach)
    if (before !== after) return resolve(wall, before, after, offsetAt)
    if (steady.size >= mostDays) steady.clear()
    steady.set(today, before)
    return wall - before
  }

  const zone = { name, instantOf }
  zones.set(name, zone)
  return zone
}

const resolve = (
  wall: number,
  before: number,
  after: number,
  offsetAt: (instant: number) => number,
): number => {
  const [first, second] = [wall - before, wall - after]
  const fitting = [first, second].filter((instant) => wall - instant === offsetAt(instant))
  return fitting.length === 0 ? first : Math.min(...fitting)
}

const offsets = (timeZone: string) => {
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone,
    hourCycle: 'h23',
    era: 'short',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  })
  return (instant: number): number => {
    const part: Record<string, string> = {}
    for (const { type, value } of format.formatToParts(instant)) part[type] = value
    const year = part.era === 'BC' ? 1 - Number(part.year) : Number(part.year)
    const wall = new Date(0)
    wall.setUTCFullYear(year, Number(part.month) - 1, Number(part.day))
    wall.setUTCHours(Number(part.hour), Number(part.minute), Number(part.second))
    return wall.getTime() - Math.floor(instant / 1000) * 1000
  }
}
