import { describe, expect, it } from 'vitest'
import { followed, someone, statesOf, testCrm } from './hospital.fixture.ts'

const key = (tier: number, visit = 'V1', generation = 1) => `${visit}#${generation}/three/${tier}`
const states = (first: string, second: string, third: string, visit = 'V1', generation = 1) => ({
  [key(1, visit, generation)]: first,
  [key(2, visit, generation)]: second,
  [key(3, visit, generation)]: third,
})
const at = (day: number, hour = 10) => new Date(Date.UTC(2026, 2, day, hour - 8)).toISOString()

/** A hospital on the morning of 2 March with one patient, discharged from V1 that morning by Dr Li. */
const hospital = async () => {
  const made = await testCrm({ at: at(2) })
  const { crm, clock } = made
  await crm.staff.enrol('li', { roles: ['attending'], department: 'cardio' })
  const patient = await someone(crm, '1')
  await crm.encounters.admit('V1', { patient, at: at(1), department: 'cardio', attending: 'li' })
  await crm.encounters.discharge('V1', { patient, at: at(2, 9), disposition: '1' })
  /** Lets the time come and the work be done. */
  const until = async (day: number, hour = 10) => {
    clock.set(at(day, hour))
    await crm.work()
  }
  const contact = (role: string, day: number, said: object = {}) =>
    crm.followUps.recordContact({ visit: 'V1', role, at: at(day), result: 'completed', ...said })
  return { ...made, patient, until, contact, now: () => statesOf(crm, patient) }
}

describe('a month in a hospital', () => {
  it('plans every call while the discharge is recorded', async () => {
    const { now, crm, patient } = await hospital()
    expect(await now()).toEqual(states('open', 'pending', 'pending'))
    expect(await followed(crm, patient)).toMatchObject({
      episodes: [{ visit: 'V1', department: 'cardio', dischargedAt: at(2, 9) }],
      tasks: [{ owner: 'li', opens: '2026-03-02', due: '2026-03-09' }, { due: '2026-03-16' }, {}],
    })
  })

  it('goes from call to call', async () => {
    const { now, until, contact } = await hospital()
    await until(4)
    await contact('attending', 4, { by: 'li' })
    expect(await now()).toEqual(states('completed', 'pending', 'pending'))
    await until(12)
    await contact('call-centre', 12)
    await until(20)
    await contact('outreach', 20)
    await until(60)
    expect(await now()).toEqual(states('completed', 'completed', 'completed'))
  })

  it('misses what nobody does, and tells so at the time', async () => {
    const { now, until, store } = await hospital()
    for (const day of [9, 10, 17, 33, 46, 47, 48]) await until(day, 1)
    expect(await now()).toEqual(states('missed', 'missed', 'missed'))
    const told = (await store.log('main')).filter(({ type }) => type === 'follow-up.fell-overdue')
    expect(told.map(({ data }) => (data as { at: string }).at)).toEqual([
      at(10, 0),
      at(17, 0),
      at(33, 0),
    ])
  })

  it('ends with a readmission and comes back when it was none', async () => {
    const { now, until, crm, patient } = await hospital()
    await until(5)
    await crm.encounters.admit('V2', { patient, at: at(5) })
    expect(await now()).toEqual(states(...same('cancelled: readmitted')))
    await until(5, 12)
    await crm.encounters.cancelAdmission('V2', { patient, at: at(5, 11) })
    expect(await now()).toEqual(states('open', 'pending', 'pending'))
  })

  it('starts anew with the discharge of the readmission', async () => {
    const { now, until, crm, patient } = await hospital()
    await until(5)
    await crm.encounters.discharge('V2', { patient, at: at(5), admittedAt: at(4) })
    expect(await now()).toEqual({
      ...states(...same('cancelled: readmitted')),
      ...states('open', 'pending', 'pending', 'V2'),
    })
  })

  it('is not ended by a visit that is no stay', async () => {
    const { now, crm, patient } = await hospital()
    const visit = { patient, at: at(3), class: 'outpatient' } as const
    await crm.encounters.admit('O1', visit)
    await crm.encounters.discharge('O1', { ...visit, at: at(3, 11) })
    expect(await now()).toEqual(states('open', 'pending', 'pending'))
  })

  it('ends with a death, by when it happened, and comes back when it was none', async () => {
    const { now, until, crm, patient } = await hospital()
    await until(12)
    await crm.patients.recordDeath(patient, { at: at(11) })
    expect(await now()).toEqual(states('missed', 'cancelled: deceased', 'cancelled: deceased'))
    await crm.patients.revokeDeath(patient)
    expect(await now()).toEqual(states('overdue', 'open', 'pending'))
  })

  it('follows what the patient allows, purpose by purpose', async () => {
    const { now, crm, patient } = await hospital()
    await crm.patients.recordConsent(patient, { purpose: 'satisfaction', allowed: false })
    expect(await now()).toEqual(states('open', 'cancelled: consent', 'pending'))
    await crm.patients.recordConsent(patient, { purpose: '*', allowed: false })
    expect(await now()).toEqual(states(...same('cancelled: consent')))
    await crm.patients.recordConsent(patient, { purpose: '*', allowed: true })
    expect(await now()).toEqual(states('open', 'pending', 'pending'))
  })

  it('goes on under the survivor of a merge, by either id', async () => {
    const { until, crm, patient, contact, store } = await hospital()
    const survivor = await someone(crm, '2')
    await crm.patients.proposeMatch(survivor, patient)
    await crm.patients.confirmMatch(survivor, patient)
    for (const id of [survivor, patient])
      expect(await statesOf(crm, id)).toEqual(states('open', 'pending', 'pending'))
    await contact('attending', 2)
    await until(17)
    expect(await statesOf(crm, survivor)).toEqual(states('completed', 'overdue', 'open'))
    expect(store.recordsOf('follow-up').get(patient)).toEqual({ status: 'moved', into: survivor })
  })

  it('is judged again in a merge: a stay of one person is a readmission of the other', async () => {
    const { crm, patient, now } = await hospital()
    const other = await someone(crm, '2')
    await crm.encounters.admit('V2', { patient: other, at: at(2, 10) })
    expect(await now()).toEqual(states('open', 'pending', 'pending'))
    await crm.patients.proposeMatch(patient, other)
    await crm.patients.confirmMatch(patient, other)
    expect(await now()).toEqual(states(...same('cancelled: readmitted')))
  })

  it('starts over when the discharge is taken back, and a replay does not resurrect it', async () => {
    const { now, crm, patient, until } = await hospital()
    await crm.encounters.cancelDischarge('V1', { patient, at: at(2, 10) })
    expect(await now()).toEqual(states(...same('cancelled: discharge-cancelled')))
    await crm.encounters.discharge('V1', { patient, at: at(2, 9), disposition: '1' })
    expect(await now()).toEqual(states(...same('cancelled: discharge-cancelled')))
    await until(4)
    await crm.encounters.discharge('V1', { patient, at: at(4, 9), disposition: '1' })
    expect(await now()).toEqual({
      ...states(...same('cancelled: discharge-cancelled')),
      ...states('open', 'pending', 'pending', 'V1', 2),
    })
  })

  it('keeps a discharge whose time was corrected and put back', async () => {
    const { crm, patient, until } = await hospital()
    const dues = async () => (await followed(crm, patient)).tasks.map(({ due }) => due)
    await until(6)
    const planned = await dues()
    await crm.encounters.discharge('V1', { patient, at: at(4, 9), disposition: '1' })
    expect(await dues()).toEqual(['2026-03-11', '2026-03-18', '2026-04-03'])
    await crm.encounters.discharge('V1', { patient, at: at(2, 9), disposition: '1' })
    expect(await dues()).toEqual(planned)
  })

  it('takes a cancellation that comes first, and the discharge that follows it', async () => {
    const { crm, patient, now } = await hospital()
    const stay = { patient, disposition: '1' }
    await crm.encounters.cancelDischarge('V3', { patient, at: at(2, 8) })
    await crm.encounters.discharge('V3', { ...stay, at: at(2, 7) })
    expect(await now()).toMatchObject(states(...same('cancelled: discharge-cancelled'), 'V3'))
    await crm.encounters.discharge('V3', { ...stay, at: at(2, 6) })
    expect(await now()).toMatchObject(states('open', 'pending', 'pending', 'V3', 2))
  })

  it('tries a wrong number again once there is a new one', async () => {
    const { crm, patient, contact } = await hospital()
    await contact('attending', 2, { result: 'wrong-number' })
    const flags = async () => (await crm.followUps.explain(patient, key(1)))?.task.flags
    expect(await flags()).toEqual(['contact-details-wrong'])
    await crm.patients.register({ patient, phones: ['13900139000'] })
    expect(await flags()).toEqual([])
  })

  it('explains a task with every contact, also one that satisfied nothing', async () => {
    const { crm, patient, contact } = await hospital()
    await contact('call-centre', 2)
    expect((await crm.followUps.explain(patient, key(2)))?.task).toMatchObject({
      state: 'pending',
      rejectedEvidence: ['before-window'],
    })
    expect(await crm.followUps.explain(patient, 'V9#1/three/1')).toBeUndefined()
    expect(await crm.followUps.explain('nobody', key(1))).toBeUndefined()
  })
})

function same(state: string): [string, string, string] {
  return [state, state, state]
}
