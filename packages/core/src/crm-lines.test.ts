import { FollowUpPlan } from '@hospital-crm/rules'
import { describe, expect, it } from 'vitest'
import { followed, packOf, someone, testCrm, threeTiers } from './hospital.fixture.ts'

const at = (day: number, hour = 10) => new Date(Date.UTC(2026, 2, day, hour - 8)).toISOString()
const [first] = threeTiers.tiers

/** Quarterly calls to patients with chronic lung disease, and a call after every visit to the clinic. */
const chronic = FollowUpPlan.parse({
  ...threeTiers,
  id: 'copd',
  tiers: [{ ...first, role: 'lung-nurse' }],
  repeats: { every: { months: 3 }, times: 2 },
  appliesWhen: { fact: 'diagnoses', op: 'has', value: 'J44.1' },
  escalate: [{ afterDays: 1, to: 'lung-office' }],
})
const clinic = FollowUpPlan.parse({
  ...threeTiers,
  id: 'clinic',
  tiers: [{ ...first, role: 'clinic' }],
  startsOn: ['outpatient'],
})
const plans = { 'three@1': threeTiers, 'copd@1': chronic, 'clinic@1': clinic }
const followUp = { plan: 'three@1', plans, also: ['copd@1', 'clinic@1'] }

const ids = async (crm: Awaited<ReturnType<typeof testCrm>>['crm'], patient: string) =>
  (await followed(crm, patient)).tasks.map(({ key }) => key).sort()

describe('several lines of follow-up', () => {
  it('owe each what it is meant for, side by side', async () => {
    const { crm } = await testCrm({ at: at(2), pack: { followUp } })
    const [ill, well] = [await someone(crm, '1'), await someone(crm, '2')]
    await crm.encounters.discharge('V1', {
      patient: ill,
      at: at(2, 9),
      attending: 'li',
      diagnoses: [{ code: 'J44.1', name: 'COPD' }],
    })
    await crm.encounters.discharge('V2', { patient: well, at: at(2, 9), attending: 'li' })
    const three = (visit: string) => [1, 2, 3].map((tier) => `${visit}#1/three/${tier}`)
    expect(await ids(crm, ill)).toEqual(['V1#1/copd/1', 'V1#1/copd/2', ...three('V1')])
    expect(await ids(crm, well)).toEqual(three('V2'))
    expect(await crm.followUps.explain(ill, 'V1#1/copd/2')).toMatchObject({
      plan: { id: 'copd', version: 1 },
    })
  })

  it('begin with a visit to the clinic where a plan says so, and end with its cancellation', async () => {
    const { crm } = await testCrm({ at: at(2), pack: { followUp } })
    const patient = await someone(crm, '1')
    await crm.encounters.admit('C1', { patient, at: at(2, 9), class: 'outpatient' })
    await crm.encounters.admit('E1', { patient, at: at(2, 9), class: 'emergency' })
    expect(await ids(crm, patient)).toEqual(['C1#1/clinic/1'])
    await crm.encounters.cancelAdmission('C1', { patient, at: at(2, 10) })
    const [task] = (await followed(crm, patient)).tasks
    expect(task).toMatchObject({ state: 'cancelled', reason: 'discharge-cancelled' })
  })

  it('keep nothing of visits that no plan begins with', async () => {
    const made = await testCrm({ at: at(2) })
    const patient = await someone(made.crm, '1')
    await made.crm.encounters.admit('C1', { patient, at: at(2, 9), class: 'outpatient' })
    expect(made.store.recordsOf('follow-up').size).toBe(0)
  })

  it('escalate by their own levels', async () => {
    const made = await testCrm({ at: at(2), pack: { followUp } })
    const patient = await someone(made.crm, '1')
    const diagnoses = [{ code: 'J44.1' }]
    await made.crm.encounters.discharge('V1', { patient, at: at(2, 9), diagnoses })
    made.clock.set(at(12))
    await made.crm.work()
    const told = (await made.crm.messages.to('role/lung-office')).items.map(({ id }) => id)
    expect(told).toEqual(['escalation:V1#1/copd/1:1'])
  })

  it('that come with a later pack leave alone who was discharged before', async () => {
    const made = await testCrm({ at: at(2) })
    const [before, after] = [await someone(made.crm, '1'), await someone(made.crm, '2')]
    const diagnoses = [{ code: 'J44.1' }]
    await made.crm.encounters.discharge('V1', { patient: before, at: at(2, 9), diagnoses })
    made.clock.set(at(3))
    await made.crm.hospitals.publish({ pack: packOf({ version: 2, followUp }) })
    await made.crm.encounters.discharge('V2', { patient: after, at: at(3, 11), diagnoses })
    made.clock.set(at(4))
    await made.crm.followUps.recordContact({
      visit: 'V1',
      role: 'attending',
      at: at(4, 9),
      result: 'completed',
    })
    expect(await ids(made.crm, before)).toHaveLength(3)
    expect(await ids(made.crm, after)).toHaveLength(5)
  })
})
