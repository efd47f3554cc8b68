import { createHash } from 'node:crypto'
import { FollowUpPlan } from '@hospital-crm/rules'
import { describe, expect, it } from 'vitest'
import {
  refusalOf,
  someone,
  statesOf,
  type TestCrm,
  testCrm,
  threeTiers,
} from './hospital.fixture.ts'

const at = (day: number, hour = 10) => new Date(Date.UTC(2026, 2, day, hour - 8)).toISOString()

/** Home visits for a fifth of a week's discharges, and for whoever could not be reached. */
const sampled = FollowUpPlan.parse({
  ...threeTiers,
  tiers: threeTiers.tiers.map((tier) =>
    tier.tier === 3 ? { ...tier, sampling: { rate: 0.2, forceOn: ['tier1-unreachable'] } } : tier,
  ),
})
const pack = { followUp: { plan: 'three@1', plans: { 'three@1': sampled } } }

/** Monday, 2 March: so many patients are discharged in the week that ends on the 8th. */
const week = async (count: number, setting: Parameters<typeof testCrm>[0] = {}) => {
  const made = await testCrm({ at: at(2), ...setting, pack: { ...pack, ...setting.pack } })
  const visits = Array.from({ length: count }, (_, nth) => `V${nth + 1}`)
  const patients = []
  for (const visit of visits) {
    const patient = await someone(made.crm, visit.slice(1))
    await made.crm.encounters.discharge(visit, { patient, at: at(2, 9), attending: 'li' })
    patients.push(patient)
  }
  return { ...made, visits, patients }
}

const workAt = async ({ crm, clock }: TestCrm, day: number, hour = 10) => {
  clock.set(at(day, hour))
  await crm.work()
}

/** The first so many by ascending SHA-256, computed apart. */
const firstBy = (seed: string, visits: readonly string[], count: number) =>
  visits
    .map((visit) => [createHash('sha256').update(`${seed}|${visit}`).digest('hex'), visit] as const)
    .sort()
    .slice(0, count)
    .map(([, visit]) => visit)
    .sort()

const thirdTierOf = async ({ crm }: TestCrm, patients: readonly string[]) => {
  const states = await Promise.all(patients.map((patient) => statesOf(crm, patient)))
  return states.flatMap((of) =>
    Object.entries(of).flatMap(([key, state]) =>
      key.endsWith('/3') ? [`${key.split('#')[0]} ${state}`] : [],
    ),
  )
}
const drawnIn = (of: readonly string[]) =>
  of.flatMap((line) => (line.endsWith('not-selected') ? [] : [line.split(' ')[0]])).sort()

describe('the draw of a week', () => {
  const name = { plan: 'three', tier: 3, frame: '2026-W10' }

  it('waits until the week is over, then selects a fifth by rank, and is on record', async () => {
    const made = await week(21)
    await workAt(made, 8, 23)
    expect((await made.crm.draws.get(name))?.state).toMatchObject({ status: 'awaited' })
    await workAt(made, 9, 0)
    const chosen = firstBy('2026-W10', made.visits, 5)
    const drawn = await made.crm.draws.get(name)
    expect(drawn?.state).toMatchObject({
      status: 'drawn',
      draw: { seed: '2026-W10', rounds: [{ rate: 0.2, selected: chosen }] },
    })
    expect(drawnIn(await thirdTierOf(made, made.patients))).toEqual(chosen)
  })

  it('leaves out who was admitted again before it, and is decided once however many work', async () => {
    const made = await week(10)
    made.clock.set(at(5))
    await made.crm.encounters.admit('V11', { patient: made.patients[0] ?? '', at: at(5, 9) })
    made.clock.set(at(9))
    await Promise.all([made.crm.work(), made.crm.work(), made.crm.work()])
    const drawn = await made.crm.draws.get(name)
    const rounds = drawn?.state.status === 'drawn' ? drawn.state.draw.rounds : []
    expect(rounds.map(({ added, selected }) => [added.length, selected])).toEqual([
      [9, firstBy('2026-W10', made.visits.slice(1), 2)],
    ])
  })

  it('is extended for those who come late, and displaces nobody', async () => {
    const made = await week(5)
    await workAt(made, 9)
    const before = drawnIn(await thirdTierOf(made, made.patients))
    const late = ['V6', 'V7']
    for (const visit of late) {
      const patient = await someone(made.crm, visit.slice(1))
      made.patients.push(patient)
      await made.crm.encounters.discharge(visit, { patient, at: at(6, 9), attending: 'li' })
    }
    await workAt(made, 10)
    const after = drawnIn(await thirdTierOf(made, made.patients))
    expect(after).toEqual(expect.arrayContaining(before))
    expect(after).toHaveLength(2)
  })

  it('adds whoever could not be reached, on top of the fifth', async () => {
    const made = await week(5)
    for (const hour of [9, 14, 19]) {
      made.clock.set(at(4, hour))
      await made.crm.followUps.recordContact({
        visit: 'V1',
        role: 'attending',
        at: at(4, hour),
        result: 'no-answer',
      })
    }
    await workAt(made, 9)
    const drawn = drawnIn(await thirdTierOf(made, made.patients))
    expect(drawn).toContain('V1')
    expect(drawn).toHaveLength(2)
  })

  it('is told again to whoever missed it: a readmission that was taken back after the draw', async () => {
    const made = await week(1)
    await workAt(made, 9)
    const patient = made.patients[0] ?? ''
    made.clock.set(at(10))
    await made.crm.encounters.admit('V2', { patient, at: at(10, 9) })
    made.clock.set(at(11))
    await made.crm.encounters.cancelAdmission('V2', { patient, at: at(11, 9) })
    await workAt(made, 12)
    expect(await thirdTierOf(made, [patient])).toEqual(['V1 pending'])
  })

  it('may be salted with a secret that is published with it', async () => {
    const made = await week(20, { pack: { secretDraws: true } })
    const waiting = await made.store.everything()
    await workAt(made, 9)
    const drawn = await made.crm.draws.get(name)
    const seed = drawn?.state.status === 'drawn' ? drawn.state.draw.seed : ''
    expect(seed).toMatch(/^2026-W10:.{20,}$/)
    expect(waiting).not.toContain(seed.split(':')[1])
    expect(drawnIn(await thirdTierOf(made, made.patients))).toEqual(firstBy(seed, made.visits, 4))
  })
})

describe('a spot check', () => {
  const spotChecks = [{ tier: 1, rate: 0.5, role: 'call-centre' }]

  /** Dr Li calls everybody on Tuesday; half of the calls are checked in the week after. */
  const called = async (count: number) => {
    const made = await week(count, { pack: { spotChecks } })
    made.clock.set(at(3))
    await made.crm.followUps.recordContacts(
      made.visits.map((visit) => ({
        visit,
        role: 'attending',
        at: at(3, 9),
        result: 'completed' as const,
        by: 'li',
      })),
    )
    await workAt(made, 9)
    const { items } = await made.crm.spotChecks.open('call-centre')
    return { ...made, checks: items.map(({ id }) => id) }
  }

  it('is asked for half of what was done in the week, by the draw', async () => {
    const { visits, checks } = await called(9)
    expect(checks.sort()).toEqual(firstBy('2026-W10', visits, 5).map((visit) => `${visit}#1/1`))
  })

  it('that fails voids the call: it is owed again, and the check is found among the failed', async () => {
    const made = await called(2)
    const [check = ''] = made.checks
    await made.crm.spotChecks.record(check, {
      auditor: 'sun',
      finding: 'failed',
      note: '没接到电话',
    })
    const place = made.visits.indexOf(check.split('#')[0] ?? '')
    const states = await statesOf(made.crm, made.patients[place] ?? '')
    expect(Object.values(states)[0]).toBe('open')
    const { items } = await made.crm.spotChecks.found('failed')
    expect(items.map(({ id }) => id)).toEqual([check])
    expect(await made.store.everything()).not.toContain('没接到电话')
  })

  it('is refused to whoever did the work, a second time with another finding, and where none was asked', async () => {
    const { crm, checks } = await called(2)
    const [check = ''] = checks
    const failed = { auditor: 'sun', finding: 'failed' } as const
    expect(await refusalOf(crm.spotChecks.record(check, { ...failed, auditor: 'li' }))).toBe(
      'spot-check.own-work',
    )
    await crm.spotChecks.record(check, failed)
    await crm.spotChecks.record(check, failed)
    expect(await refusalOf(crm.spotChecks.record(check, { ...failed, finding: 'confirmed' }))).toBe(
      'spot-check.already-recorded',
    )
    expect(await refusalOf(crm.spotChecks.record('V9#1/1', failed))).toBe('spot-check.unknown')
  })
})
