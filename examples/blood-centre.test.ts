import { createCrm, memoryChannel } from '@hospital-crm/core'
import { specify } from '@hospital-crm/core/testing'
import { policyOf, xuzhouPack } from '@hospital-crm/rules'
import { describe, expect, it } from 'vitest'
import { bloodCentre, donor, donors, main } from './blood-centre.ts'
import { setClock } from './hospital-month/set-clock.ts'

// #region specify
const centre = { zone: 'Asia/Shanghai', locale: 'zh-CN', currency: 'CNY' }
const policy = policyOf(centre, [{ content: xuzhouPack, at: '2026-01-01T00:00:00Z' }])
const someone = { key: { kind: 'patient', id: 'p1' }, state: { status: 'person' } }
const given = specify(donor, { now: '2026-03-02T01:00:00.000Z', policy, others: [someone] })

const gave = (donation: string, day: string) =>
  ({ type: 'record-donation', donor: 'D1', person: 'p1', donation, day, ml: 400 }) as const
const donated = (donation: string, day: string, mayGiveFrom: string, remindAt: string) => {
  const { donor: _, ...said } = gave(donation, day)
  return { ...said, type: 'donor.donated', mayGiveFrom, remindAt } as const
}
const inMarch = donated('B1', '2026-03-02', '2026-09-02', '2026-09-01T16:00:00.000Z')

describe('a donor', () => {
  it('may give whole blood again after six months', () => {
    given().when(gave('B1', '2026-03-02')).gives(inMarch)
    given(inMarch)
      .when(gave('B2', '2026-09-02'))
      .gives(donated('B2', '2026-09-02', '2027-03-02', '2027-03-01T16:00:00.000Z'))
  })

  it('may not give a day earlier', () => {
    given(inMarch).when(gave('B2', '2026-09-01')).refuses('donor.too-soon')
  })

  it('gives a bag once, however often it is recorded', () => {
    given(inMarch).when(gave('B1', '2026-03-02')).givesNothing()
  })
})
// #endregion specify

describe('what else is refused of a donor', () => {
  it('is a card of somebody else, a person nobody knows, and a finding before any donation', () => {
    given(inMarch)
      .when({ ...gave('B2', '2026-09-02'), person: 'p2' })
      .refuses('donor.other-person')
    given()
      .when({ ...gave('B1', '2026-03-02'), person: 'nobody' })
      .refuses('donor.unknown-person')
    given().when({ type: 'defer', donor: 'D1', finding: 'x' }).refuses('donor.unknown')
  })
})

/** A centre with one donor, who gave on 2 March, half a year before `later` is called. */
const centreWithDonor = async () => {
  const clock = setClock('2026-03-02T01:00:00Z')
  const sms = memoryChannel('sms')
  const crm = createCrm({ extensions: [bloodCentre], channels: [sms], clock })
  await crm.hospitals.open({ name: 'Blood centre', zone: 'Asia/Shanghai', pack: xuzhouPack })
  const { id: person } = await crm.patients.register({ name: '赵明', phones: ['15400000002'] })
  const donation = { person, donation: 'B1', day: '2026-03-02', ml: 400 } as const
  await donors(crm.door).recordDonation('D1', donation)
  const sentAt = async (instant: string) => {
    clock.set(instant)
    await crm.work()
    return sms.sent.length
  }
  return { crm, clock, person, sentAt }
}

describe('the reminder of a donor', () => {
  it('leaves in the words of the centre', async () => {
    expect(await main()).toMatchObject([
      { id: 'main/give-again:B-0001', to: '15400000002', text: '您自2026-09-02起可以再次献血。' },
    ])
  })

  it('waits for the morning of the day, and leaves once', async () => {
    const { sentAt } = await centreWithDonor()
    expect(await sentAt('2026-09-01T15:59:59Z')).toBe(0)
    expect(await sentAt('2026-09-01T16:00:00Z')).toBe(0)
    expect(await sentAt('2026-09-02T00:00:00Z')).toBe(1)
    expect(await sentAt('2026-09-03T00:00:00Z')).toBe(1)
  })

  it('does not leave for a donor who was deferred, has died, or wants none', async () => {
    for (const happens of ['deferred', 'died', 'refused']) {
      const { crm, person, sentAt } = await centreWithDonor()
      if (happens === 'deferred') await donors(crm.door).defer('D1', { finding: '不合格' })
      if (happens === 'died') await crm.patients.recordDeath(person, {})
      if (happens === 'refused') {
        await crm.patients.recordConsent(person, { purpose: 'donation', allowed: false })
      }
      expect([happens, await sentAt('2026-09-02T01:00:00Z')]).toEqual([happens, 0])
      expect(await crm.parked()).toEqual([])
    }
  })

  it('finds its donor in the list of those who may give', async () => {
    const { crm } = await centreWithDonor()
    const { whoMayGive } = donors(crm.door)
    const cards = async (day: string) => (await whoMayGive(day)).items.map(({ id }) => id)
    expect(await cards('2026-09-01')).toEqual([])
    expect(await cards('2026-09-02')).toEqual(['D1'])
  })
})

describe('a finding of the laboratory', () => {
  it('is covered, and goes with the person', async () => {
    const { crm, person } = await centreWithDonor()
    await donors(crm.door).defer('D1', { finding: '不合格' })
    const finding = async () => {
      const seen = await crm.door.get(donor, 'D1', { open: true })
      return seen?.state.status === 'deferred' ? seen.state.finding : undefined
    }
    const covered = await crm.door.get(donor, 'D1')
    expect(covered?.state).toMatchObject({ finding: '****' })
    expect(await finding()).toBe('不合格')
    await crm.patients.erase(person, { reason: 'requested' })
    expect(await finding()).toBeNull()
  })
})
