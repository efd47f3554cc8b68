import { type Proposal, proposeRounds, type Team } from '@hospital-crm/rules'
import type { Door } from '../kernel/door.ts'
import { everyPage, page } from '../kernel/paging.ts'
import { round } from '../slices/rounds/index.ts'
import type { Round } from '../slices/rounds/schema.ts'
import { type DayListItem, dayList } from './day-list.ts'

export interface RoundsQuery {
  /** The local day on which the teams drive. */
  readonly day: string
  readonly teams: readonly Team[]
}

/** A home visit as a round would take it. */
export type Stop = DayListItem & { readonly region: string }

const pageSize = 500

/** Tasks that a round takes already, on that day or later. */
const planned = async (door: Door, from: string): Promise<ReadonlySet<string>> => {
  const rounds = await everyPage((after) =>
    door.list(round, { index: 'day', equals: [], from, ...page({ limit: pageSize, after }) }),
  )
  return new Set(
    (rounds as readonly { state: Round }[]).flatMap(({ state }) =>
      state.status === 'planned' ? state.stops.map(({ task }) => task) : [],
    ),
  )
}

/** Home visits that are open or overdue on a day, of every region the pack knows and of none. */
const owed = async (door: Door, day: string): Promise<readonly DayListItem[]> => {
  const { territory } = await door.policy()
  const regions = [...(territory?.regions ?? []).map(({ region }) => region), 'unassigned']
  return everyPage((after) => {
    const query = { day, of: { regions }, ...page({ limit: pageSize, after }) }
    return door.view(dayList, query as never)
  })
}

/**
 * Proposes who visits whom on a local day: what is owed and in no round yet, divided among the teams
 * by region and load, the most urgent first. Nothing is written; `rounds.plan` takes a proposal.
 */
export const roundProposal = async (
  door: Door,
  { day, teams }: RoundsQuery,
): Promise<Proposal<Stop>> => {
  const [visits, taken] = [await owed(door, day), await planned(door, day)]
  const stops = visits.flatMap((item): Stop[] => {
    const { region, task } = item
    return region === undefined || taken.has(task) ? [] : [{ ...item, region }]
  })
  return proposeRounds(stops, teams)
}
