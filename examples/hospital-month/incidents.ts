import type { Crm } from '@hospital-crm/core'
import { RulePack, xuzhouFollowUp, xuzhouPack } from '@hospital-crm/rules'
import type { HospitalMonth } from './generator/index.ts'

/** Something that somebody does in the month. Doing it again when the month is run again changes nothing. */
export interface Incident {
  /** An instant in UTC. */
  readonly at: string
  readonly does: (crm: Crm) => Promise<unknown>
}

/** Nobody's worker runs from Saturday to Tuesday; the feed comes in all the same. */
export const outage = { from: '2026-03-20T16:00:00.000Z', until: '2026-03-24T00:00:00.000Z' }
/** Their local days. */
export const outageDays = ['2026-03-21', '2026-03-22', '2026-03-23', '2026-03-24']

const faster = { ...xuzhouFollowUp, version: 2 }
/** From Monday, 16 March, on the attending calls within five days; episodes under way keep their week. */
export const secondPack = RulePack.parse({
  ...xuzhouPack,
  version: 2,
  followUp: {
    plan: 'xuzhou-three-tier@2',
    plans: {
      'xuzhou-three-tier@2': {
        ...faster,
        tiers: faster.tiers.map((tier) => (tier.tier === 1 ? { ...tier, due: { days: 5 } } : tier)),
      },
    },
  },
})

export const checkedWeek = { plan: 'spot-check', tier: 1, frame: '2026-W11' } as const
/** The checks that the draw of a week asked for, in the order of their visits. */
export const checksOf = async (crm: Crm): Promise<readonly string[]> => {
  const drawn = await crm.draws.get(checkedWeek)
  const [round] = drawn?.state.status === 'drawn' ? drawn.state.draw.rounds : []
  const generations = new Map(round?.added.map(({ visit, generation }) => [visit, generation]))
  return (round?.selected ?? []).map((visit) => `${visit}#${generations.get(visit)}/1`)
}

/** The call centre asks three patients whether their doctor called, and the first says no. */
const checkCalls = async (crm: Crm, auditor: string) => {
  for (const [nth, check] of (await checksOf(crm)).slice(0, 3).entries()) {
    const said = nth === 0 ? ({ finding: 'failed', note: '没有接到电话' } as const) : undefined
    await crm.spotChecks.record(check, { auditor, ...(said ?? { finding: 'confirmed' }) })
  }
}

export const visitedDay = '2026-03-27'
const regions = xuzhouPack.territory?.regions.map(({ region }) => region) ?? []
/** Ten vehicles: five teams that stay in the city, and five that drive into the land. */
const teams = Array.from({ length: 10 }, (_, nth) => ({
  team: `team-${String(nth + 1).padStart(2, '0')}`,
  vehicle: `苏C·${1001 + nth}`,
  regions: nth < 5 ? ['xuzhou'] : regions,
  most: 6,
}))

/** What is planned for the day already is not planned again. */
const planRounds = async (crm: Crm) => {
  const { items } = await crm.rounds.list({ from: visitedDay, to: visitedDay })
  if (items.length > 0) return
  const { rounds } = await crm.views.roundProposal({ day: visitedDay, teams })
  for (const { stops, ...round } of rounds) {
    const planned = stops.map(({ patient, visit, task }) => ({ patient, visit, task }))
    await crm.rounds.plan({ day: visitedDay, ...round, stops: planned })
  }
}

/** The attending with the most visits leaves at the end of the month, to a colleague of the department. */
export const departureOf = ({ visits, staff }: Pick<HospitalMonth, 'visits' | 'staff'>) => {
  const doctors = staff.filter(({ role }) => role === 'attending')
  const count = (id: string) => visits.filter(({ attending }) => attending === id).length
  const counts = new Map(doctors.map(({ id }) => [id, count(id)]))
  const [from, ...others] = doctors.toSorted(
    (a, b) => (counts.get(b.id) ?? 0) - (counts.get(a.id) ?? 0),
  )
  const to = others.find(({ department }) => department === from?.department)
  if (!from || !to) throw new RangeError('a department needs two doctors')
  return { from: from.id, to: to.id }
}

/** What happens in the month beside what the HIS sends and what staff do by themselves, in order of time. */
export const incidentsOf = (month: HospitalMonth): readonly Incident[] => {
  const { from, to } = departureOf(month)
  const auditor = month.staff.find(({ role }) => role === 'call-centre')?.id ?? ''
  return [
    {
      at: '2026-03-16T02:00:00.000Z',
      does: (crm) => crm.hospitals.publish({ pack: secondPack }, { cause: 'second-pack' }),
    },
    { at: '2026-03-17T02:00:00.000Z', does: (crm) => checkCalls(crm, auditor) },
    { at: '2026-03-26T10:00:00.000Z', does: planRounds },
    {
      at: '2026-03-31T10:00:00.000Z',
      does: (crm) => crm.staff.depart(from, { successor: to }, { cause: `depart:${from}` }),
    },
  ]
}
