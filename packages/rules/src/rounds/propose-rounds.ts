/** A home visit that is owed: where, and by which local day. */
export interface Visit {
  readonly task: string
  readonly region: string
  readonly due: string
}

/** A team that drives on a day. `regions`: where it is at home. */
export interface Team {
  readonly team: string
  readonly regions: readonly string[]
  readonly vehicle?: string | undefined
  /** How many visits it makes in a day. */
  readonly most: number
}

/** A team's day in one region. */
export interface Round<Stop extends Visit = Visit> {
  readonly team: string
  readonly region: string
  readonly vehicle?: string | undefined
  readonly stops: readonly Stop[]
}

export interface Proposal<Stop extends Visit = Visit> {
  readonly rounds: readonly Round<Stop>[]
  /** Visits that no team has room for on this day, or whose region nobody goes to. */
  readonly left: readonly Stop[]
}

const byDue = (a: Visit, b: Visit) => {
  if (a.due !== b.due) return a.due < b.due ? -1 : 1
  if (a.task === b.task) return 0
  return a.task < b.task ? -1 : 1
}

/**
 * Divides a day's home visits among teams: a team drives to one region a day, the most urgent visits go
 * first, and within a region each goes to the team that has the fewest. Teams that are at home in few of the
 * regions asked for are placed before those that could go anywhere. The same input gives the same
 * answer in whatever order it is written.
 */
export const proposeRounds = <Stop extends Visit>(
  visits: readonly Stop[],
  teams: readonly Team[],
): Proposal<Stop> => {
  const waiting = Map.groupBy(visits.toSorted(byDue), ({ region }) => region)
  const rooms = new Map<string, number>()
  const roomFor = (region: string) => (waiting.get(region)?.length ?? 0) - (rooms.get(region) ?? 0)
  const choices = ({ regions }: Team) => regions.filter((region) => waiting.has(region))
  const ordered = teams.toSorted(
    (a, b) => choices(a).length - choices(b).length || (a.team < b.team ? -1 : 1),
  )
  const placed = ordered.flatMap((team) => {
    const [region] = choices(team).toSorted((a, b) => roomFor(b) - roomFor(a) || (a < b ? -1 : 1))
    if (region === undefined || roomFor(region) <= 0) return []
    rooms.set(region, (rooms.get(region) ?? 0) + team.most)
    return [{ team, region, stops: [] as Stop[] }]
  })
  const left: Stop[] = []
  for (const [region, stops] of waiting) {
    const there = placed.filter((round) => round.region === region)
    for (const stop of stops) {
      const [least] = there
        .filter(({ team, stops: taken }) => taken.length < team.most)
        .toSorted((a, b) => a.stops.length - b.stops.length)
      if (least) least.stops.push(stop)
      else left.push(stop)
    }
  }
  const rounds = placed.map(({ team: { team, vehicle }, region, stops }) => {
    return { team, region, stops, ...(vehicle !== undefined && { vehicle }) }
  })
  return {
    rounds: rounds.toSorted((a, b) => (a.team < b.team ? -1 : 1)),
    left: left.toSorted(byDue),
  }
}
