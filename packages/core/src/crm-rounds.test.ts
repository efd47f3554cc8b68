import type { Territory } from '@hospital-crm/rules'
import { describe, expect, it } from 'vitest'
import { followed, refusalOf, someone, type TestCrm, testCrm } from './hospital.fixture.ts'

const at = (day: number, hour = 10) => new Date(Date.UTC(2026, 2, day, hour - 8)).toISOString()

const territory: Territory = {
  withinKm: 300,
  regions: [
    { region: 'east', areas: { '3207': 210 } },
    { region: 'west', areas: { '4114': 150, '4101': 320 } },
  ],
}

/** Discharged on 2 March, to be visited at home from the 17th on: two in the east, one in the west, one too far away, one nobody knows where. */
const region = async () => {
  const made = await testCrm({ at: at(2), pack: { territory } })
  const areas = { E1: '320706', E2: '320707', W1: '411402', F1: '410105', U1: undefined }
  const people: Record<string, string> = {}
  for (const [visit, area] of Object.entries(areas)) {
    const patient = await someone(made.crm, visit, area === undefined ? {} : { area })
    people[visit] = patient
    await made.crm.encounters.discharge(visit, { patient, at: at(2, 9), attending: 'li' })
  }
  made.clock.set(at(18))
  await made.crm.work()
  return { ...made, people }
}

const teams = [
  { team: 'one', regions: ['east'], vehicle: 'C-1', most: 4 },
  { team: 'two', regions: ['west', 'east'], most: 4 },
]
const visitsIn = async ({ crm }: TestCrm, name: string) =>
  (await crm.views.dayList({ day: '2026-03-18', of: { regions: [name] } })).items
    .map(({ visit }) => visit)
    .sort()

describe('home visits', () => {
  it('go by the region of the address; whoever lives beyond the limit is called instead', async () => {
    const made = await region()
    expect(await visitsIn(made, 'east')).toEqual(['E1', 'E2'])
    expect(await visitsIn(made, 'west')).toEqual(['W1'])
    expect(await visitsIn(made, 'unassigned')).toEqual(['U1'])
    const far = (await followed(made.crm, made.people.F1 ?? '')).tasks.find(
      ({ tier }) => tier === 3,
    )
    expect(far).toMatchObject({ channel: 'phone', role: 'outreach', state: 'open' })
  })

  it('follow whoever moves house', async () => {
    const made = await region()
    await made.crm.patients.register({ patient: made.people.U1 ?? '', area: '320706' })
    expect(await visitsIn(made, 'unassigned')).toEqual([])
    expect(await visitsIn(made, 'east')).toEqual(['E1', 'E2', 'U1'])
  })

  it('are proposed as rounds, planned, and not proposed a second time', async () => {
    const made = await region()
    const query = { day: '2026-03-18', teams }
    const { rounds, left } = await made.crm.views.roundProposal(query)
    expect(
      rounds.map(({ team, region: name, stops }) => [team, name, stops.map(({ visit }) => visit)]),
    ).toEqual([
      ['one', 'east', ['E1', 'E2']],
      ['two', 'west', ['W1']],
    ])
    expect(left.map(({ visit }) => visit)).toEqual(['U1'])
    for (const { stops, ...round } of rounds)
      await made.crm.rounds.plan({
        day: query.day,
        ...round,
        stops: stops.map(({ patient, visit, task }) => ({ patient, visit, task })),
      })
    const again = await made.crm.views.roundProposal({ ...query, day: '2026-03-17' })
    expect(again.rounds).toEqual([])
    const { items } = await made.crm.rounds.list({ from: '2026-03-18', to: '2026-03-18' })
    expect(items.map(({ id }) => id)).toEqual(['2026-03-18/one', '2026-03-18/two'])
  })

  it('of a round that is cancelled are proposed again', async () => {
    const made = await region()
    const stops = [{ patient: made.people.W1 ?? '', visit: 'W1', task: 'W1#1/three/3' }]
    await made.crm.rounds.plan({ day: '2026-03-18', team: 'two', region: 'west', stops })
    const query = { day: '2026-03-18', teams }
    const without = await made.crm.views.roundProposal(query)
    expect(without.rounds.map(({ team }) => team)).toEqual(['one'])
    await made.crm.rounds.cancel({ day: '2026-03-18', team: 'two' })
    const { rounds } = await made.crm.views.roundProposal(query)
    expect(rounds.flatMap((round) => round.stops.map(({ visit }) => visit))).toContain('W1')
    expect(await refusalOf(made.crm.rounds.cancel({ day: '2026-03-19', team: 'two' }))).toBe(
      'round.unknown',
    )
  })
})
