import { readDay, writeInstant, zoneOf } from '@hospital-crm/rules'
import type { Door } from '../../kernel/door.ts'
import { Day } from '../../kernel/fields.ts'
import { everyPage, page } from '../../kernel/paging.ts'
import { refuse } from '../../kernel/refusal.ts'
import { encounter } from '../../slices/encounters/index.ts'
import { intake } from '../../slices/intakes/index.ts'

/** One discharge of the source's own list. */
export interface ListedDischarge {
  readonly visit: string
  readonly department?: string
}

/** How a day's discharges compare with the source's own list. */
export interface Reconciliation {
  readonly source: string
  readonly day: string
  readonly listed: number
  /** Listed and known here as discharged, on whatever day. */
  readonly known: number
  /** Listed, and not known here as discharged. */
  readonly missing: readonly ListedDischarge[]
  /** Known here as discharged on that day, and not listed. */
  readonly unexpected: readonly ListedDischarge[]
}

const pageSize = 500

const listing = ({ visit, department }: ListedDischarge): ListedDischarge =>
  department === undefined ? { visit } : { visit, department }

/** The visits known here as discharged on a local day of the hospital. */
const knownOn = async (door: Door, day: string): Promise<ListedDischarge[]> => {
  const zone = zoneOf((await door.policy()).zone)
  const from = writeInstant(zone.startOf(readDay(day)))
  const end = zone.startOf(readDay(day) + 1)
  const to = writeInstant(end - 1)
  const found = await everyPage((after) =>
    door.list(encounter, {
      ...{ index: 'discharged', equals: [], from, to },
      ...page({ limit: pageSize, after }),
    }),
  )
  return found.flatMap(({ id: visit, state }) => {
    if (state.status === 'none') return []
    const { department } = state
    return [listing({ visit, ...(department !== undefined && { department }) })]
  })
}

/** Compares a source's own list of a day's discharges with what is known here, and keeps the result. */
export const reconcile = async (
  door: Door,
  source: string,
  day: string,
  discharges: readonly ListedDischarge[],
): Promise<Reconciliation> => {
  if (!Day.safeParse(day).success) return refuse('day.malformed')
  const listed = [...new Map(discharges.map((each) => [each.visit, listing(each)])).values()]
  const visits = listed.map(({ visit }) => visit)
  const here = await knownOn(door, day)
  const records = await door.getMany(encounter, visits)
  const discharged = new Set(
    records.flatMap((record) => (record?.state.status === 'discharged' ? [record.id] : [])),
  )
  const expected = new Set(visits)
  const result: Reconciliation = {
    source,
    day,
    listed: listed.length,
    known: discharged.size,
    missing: listed.filter(({ visit }) => !discharged.has(visit)),
    unexpected: here.filter(({ visit }) => !expected.has(visit)),
  }
  await door.run(intake, { type: 'reconcile', ...result })
  return result
}
