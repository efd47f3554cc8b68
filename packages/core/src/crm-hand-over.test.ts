import { describe, expect, it } from 'vitest'
import { followed, refusalOf, someone, type TestCrm, testCrm } from './hospital.fixture.ts'

const at = (day: number, hour = 10) => new Date(Date.UTC(2026, 2, day, hour - 8)).toISOString()

/** Dr Li has discharged three patients on 2 March. */
const ward = async () => {
  const made = await testCrm({ at: at(2) })
  for (const id of ['li', 'wang']) await made.crm.staff.enrol(id, { department: 'cardio' })
  const patients = []
  for (const number of ['1', '2', '3']) {
    const patient = await someone(made.crm, number)
    await made.crm.encounters.discharge(`V${number}`, { patient, at: at(2, 9), attending: 'li' })
    patients.push(patient)
  }
  return { ...made, patients }
}

const linesOf = async ({ crm }: TestCrm, owner: string, day = '2026-03-04') =>
  (await crm.views.dayList({ day, of: { owners: [owner] } })).items.map(({ visit }) => visit).sort()

const inbox = async ({ crm }: TestCrm, who: string) =>
  (await crm.messages.to(`staff/${who}`)).items.map(({ state }) =>
    state.status === 'none' ? '' : state.template,
  )

describe('a hand-over', () => {
  it('gives all that one owes to the other, and tells both once', async () => {
    const made = await ward()
    made.clock.set(at(4))
    expect(await made.crm.followUps.handOver({ from: 'li', to: 'wang' })).toBe(3)
    await made.crm.work()
    expect(await linesOf(made, 'li')).toEqual([])
    expect(await linesOf(made, 'wang')).toEqual(['V1', 'V2', 'V3'])
    expect(await inbox(made, 'wang')).toContain('follow-up.taken-over')
    expect((await inbox(made, 'li')).filter((name) => name === 'follow-up.given-away')).toEqual([
      'follow-up.given-away',
    ])
  })

  it('leaves what is done with whoever did it, and changes nothing when made again', async () => {
    const made = await ward()
    made.clock.set(at(3))
    await made.crm.followUps.recordContact({
      visit: 'V1',
      role: 'attending',
      at: at(3, 9),
      result: 'completed',
    })
    made.clock.set(at(4))
    expect(await made.crm.followUps.handOver({ from: 'li', to: 'wang' })).toBe(2)
    expect(await made.crm.followUps.handOver({ from: 'li', to: 'wang' })).toBe(0)
    const [done] = (await followed(made.crm, made.patients[0] ?? '')).tasks
    expect(done).toMatchObject({ state: 'completed', owner: 'li' })
  })

  it('takes along what was assigned to somebody in a role', async () => {
    const made = await ward()
    await made.crm.followUps.assign({ visit: 'V2', tier: 2, staff: 'chen' })
    await made.crm.followUps.handOver({ from: 'chen', to: 'sun' })
    const tasks = (await followed(made.crm, made.patients[1] ?? '')).tasks
    expect(tasks.map(({ tier, owner }) => [tier, owner])).toEqual([
      [1, 'li'],
      [2, 'sun'],
      [3, null],
    ])
  })

  it('to oneself is refused', async () => {
    const { crm } = await ward()
    expect(await refusalOf(crm.followUps.handOver({ from: 'li', to: 'li' }))).toBe(
      'follow-up.handed-to-themselves',
    )
  })

  it('follows by itself when somebody leaves who names a successor', async () => {
    const made = await ward()
    await made.crm.staff.depart('li', { successor: 'wang' })
    await made.crm.work()
    expect(await linesOf(made, 'wang')).toEqual(['V1', 'V2', 'V3'])
  })
})
