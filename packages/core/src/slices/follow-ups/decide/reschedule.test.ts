import { describe, expect, it } from 'vitest'
import { followed, refusalOf, someone, testCrm } from '../../../hospital.fixture.ts'

const at = (day: number, hour = 10) => new Date(Date.UTC(2026, 2, day, hour - 8)).toISOString()

/** Discharged on 2 March; the first call is due on the 9th. */
const patientOf = async () => {
  const made = await testCrm({ at: at(2) })
  const patient = await someone(made.crm, '1')
  await made.crm.encounters.discharge('V1', { patient, at: at(2, 9), attending: 'li' })
  const move = (due: string, said: { tier?: number; opens?: string } = {}) =>
    made.crm.followUps.reschedule({ visit: 'V1', tier: 1, due, because: 'patient-asked', ...said })
  const first = async () => (await followed(made.crm, patient)).tasks[0]
  return { ...made, patient, move, first }
}

describe('a window that is moved by hand', () => {
  it('ends when it was told to, and is not escalated before', async () => {
    const made = await patientOf()
    await made.move('2026-03-14')
    made.clock.set(at(12))
    await made.crm.work()
    expect(await made.first()).toMatchObject({ due: '2026-03-14', state: 'open' })
    made.clock.set(at(15))
    await made.crm.work()
    expect(await made.first()).toMatchObject({ state: 'overdue' })
    const log = await made.store.log('main')
    const escalated = log.filter(({ type }) => type === 'follow-up.escalated')
    expect(escalated.map(({ data }) => (data as { at: string }).at)[0]).toBe(at(15, 0))
  })

  it('says who moved it and why', async () => {
    const made = await patientOf()
    made.clock.set(at(3))
    const chen = made.crm.for({ actor: { id: 'chen', roles: ['admin'] } })
    await chen.followUps.reschedule({
      ...{ visit: 'V1', tier: 1, due: '2026-03-14', because: 'patient-asked' },
    })
    const { key = '' } = (await made.first()) ?? {}
    const why = await made.crm.followUps.explain(made.patient, key)
    expect(why?.moves).toMatchObject([{ by: 'chen', because: 'patient-asked', due: '2026-03-14' }])
    expect(why?.revisions.map(({ cause, due }) => [cause, due])).toEqual([
      ['discharged', '2026-03-09'],
      ['moved-by-hand', '2026-03-14'],
    ])
  })

  it('cannot end before it begins, and what is done has none', async () => {
    const made = await patientOf()
    expect(await refusalOf(made.move('2026-03-01'))).toBe('follow-up.due-before-open')
    expect(await refusalOf(made.move('2026-03-10', { opens: '2026-03-11' }))).toBe(
      'follow-up.due-before-open',
    )
    expect(await refusalOf(made.move('2026-03-10', { tier: 9 }))).toBe('follow-up.unknown-tier')
    await made.crm.followUps.recordContact({
      ...{ visit: 'V1', role: 'attending', at: at(2), result: 'completed' },
    })
    expect(await refusalOf(made.move('2026-03-14'))).toBe('follow-up.not-live')
  })

  it('moved to where it is changes nothing, and many may be moved at once', async () => {
    const made = await patientOf()
    const before = (await made.store.log('main')).length
    await made.move('2026-03-09')
    expect(await made.store.log('main')).toHaveLength(before)
    const because = 'team-on-leave'
    const answers = await made.crm.followUps.rescheduleMany([
      { visit: 'V1', tier: 1, due: '2026-03-12', because, cause: 'a' },
      { visit: 'V9', tier: 1, due: '2026-03-12', because, cause: 'b' },
    ])
    expect(answers.map((answer) => answer instanceof Error)).toEqual([false, true])
    expect(await made.first()).toMatchObject({ due: '2026-03-12' })
  })
})
