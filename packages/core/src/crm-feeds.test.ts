import { describe, expect, it } from 'vitest'
import { refusalOf, someone, type TestCrm, testCrm } from './hospital.fixture.ts'
import { told } from './intake.fixture.ts'

const alarms = async ({ crm }: Pick<TestCrm, 'crm'>) =>
  (await crm.messages.to('role/administrator')).items.map(({ state }) =>
    state.status === 'none' ? state : [state.template, state.params, state.status],
  )

describe('a feed that has fallen silent', () => {
  const spoke = '2026-03-01T00:01:00.000Z'
  const at = (hours: number) => new Date(Date.parse(spoke) + hours * 3_600_000).toISOString()

  it('is an alarm, once, however often anybody looks', async () => {
    const made = await testCrm({ at: spoke })
    await made.crm.intakes.take([told('admitted', 1)])
    made.clock.set(at(23.9))
    await made.crm.work()
    expect(await alarms(made)).toEqual([])
    for (const hours of [24, 24, 30, 100]) {
      made.clock.set(at(hours))
      await made.crm.work()
    }
    expect(await alarms(made)).toEqual([['intake.silent', { source: 'his', since: spoke }, 'sent']])
  })

  it('is an alarm again after it has spoken and fallen silent anew', async () => {
    const made = await testCrm({ at: at(30) })
    await made.crm.intakes.hear({ source: 'his', at: spoke })
    await made.crm.work()
    await made.crm.intakes.hear({ source: 'his', at: at(30) })
    expect((await made.crm.intakes.source('his'))?.state).not.toHaveProperty('silentSince')
    made.clock.set(at(60))
    await made.crm.work()
    expect(await alarms(made)).toHaveLength(2)
  })

  it('is not woken by an old message that is read again', async () => {
    const made = await testCrm({ at: at(30) })
    await made.crm.intakes.hear({ source: 'his', at: spoke })
    await made.crm.work()
    await made.crm.intakes.take([told('admitted', 0)])
    await made.crm.work()
    expect(await alarms(made)).toHaveLength(1)
  })

  it('is told apart from one that speaks', async () => {
    const made = await testCrm({ at: spoke })
    await made.crm.intakes.hear({ source: 'his', at: spoke })
    await made.crm.intakes.hear({ source: 'lis', at: spoke })
    made.clock.set(at(24))
    await made.crm.intakes.hear({ source: 'lis', at: at(24) })
    await made.crm.work()
    expect(await alarms(made)).toMatchObject([['intake.silent', { source: 'his' }, 'sent']])
  })
})

describe('a day compared with the source’s own list', () => {
  const hospital = async () => {
    const made = await testCrm()
    const patient = await someone(made.crm, '1')
    const discharge = (visit: string, at: string, department?: string) =>
      made.crm.encounters.discharge(visit, { patient, at, ...(department && { department }) })
    await discharge('V1', '2026-02-28T16:00:00Z', 'cardio')
    await discharge('V2', '2026-03-01T15:59:59.999Z', 'eye')
    await discharge('V3', '2026-02-28T15:59:59.999Z')
    await discharge('V4', '2026-03-01T16:00:00Z')
    await made.crm.encounters.admit('V5', { patient, at: '2026-03-01T00:00:00Z' })
    const reconcile = (...visits: string[]) =>
      made.crm.intakes.reconcile(
        'his',
        '2026-03-01',
        visits.map((visit) => ({ visit, department: 'x' })),
      )
    return { ...made, patient, discharge, reconcile }
  }

  it('shows whom the source lists and nobody here knows to be discharged, by department', async () => {
    const { reconcile } = await hospital()
    expect(await reconcile('V1', 'V2', 'V5', 'V9')).toEqual({
      source: 'his',
      day: '2026-03-01',
      listed: 4,
      known: 2,
      missing: [
        { visit: 'V5', department: 'x' },
        { visit: 'V9', department: 'x' },
      ],
      unexpected: [],
    })
  })

  it('counts a discharge that is known for another day, and shows what the list leaves out', async () => {
    const { reconcile } = await hospital()
    expect(await reconcile('V3', 'V3')).toMatchObject({
      listed: 1,
      known: 1,
      missing: [],
      unexpected: [
        { visit: 'V1', department: 'cardio' },
        { visit: 'V2', department: 'eye' },
      ],
    })
  })

  it('stays quiet when it comes out the same, and is kept anew when it does not', async () => {
    const { reconcile, store, crm, discharge } = await hospital()
    await reconcile('V1', 'V9')
    const log = (await store.log('main')).length
    await reconcile('V1', 'V9')
    expect((await store.log('main')).length).toBe(log)
    await discharge('V9', '2026-03-01T01:00:00Z')
    await reconcile('V1', 'V9')
    expect((await crm.intakes.reconciled('his')).items.map(({ state }) => state)).toMatchObject([
      { day: '2026-03-01', known: 2, missing: [] },
    ])
  })

  it('is of a day that is one', async () => {
    const { crm, store } = await hospital()
    const before = await store.everything()
    expect(await refusalOf(crm.intakes.reconcile('his', '2026-02-30', []))).toBe('day.malformed')
    expect(await store.everything()).toBe(before)
  })
})
