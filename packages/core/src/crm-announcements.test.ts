import { describe, expect, it } from 'vitest'
import { packOf, someone, type TestCrm, testCrm } from './hospital.fixture.ts'
import { memoryChannel } from './memory/channel.ts'

const at = (day: number, hour = 10) => new Date(Date.UTC(2026, 2, day, hour - 8)).toISOString()

const announcements = [
  { plan: 'three', tier: 1, template: 'follow-up.visit-announced', grade: 'critical' as const },
  { plan: 'three', tier: 2, template: 'follow-up.visit-announced' },
]

/** One patient, discharged on 2 March; SMS and e-mail leave the house. */
const patientOf = async (pack: object = {}) => {
  const email = memoryChannel('email')
  const sms = memoryChannel('sms')
  const channels = { patients: ['sms', 'email'] }
  const made = await testCrm({
    at: at(2),
    channels: [sms, email],
    pack: { announcements, channels, ...pack },
  })
  const patient = await someone(made.crm, '1')
  await made.crm.encounters.discharge('V1', { patient, at: at(2, 9), attending: 'li' })
  return { ...made, sms, email, patient }
}

const workAt = async ({ crm, clock }: TestCrm, day: number, hour = 10) => {
  clock.set(at(day, hour))
  await crm.work()
}
const told = async ({ crm }: TestCrm, patient: string) =>
  (await crm.messages.to(`patient/${patient}`)).items.map(({ state }) =>
    state.status === 'none'
      ? ''
      : `${state.params.tier} ${state.status}${state.reason ? `: ${state.reason}` : ''}`,
  )

describe('a patient', () => {
  it('is told when a window of theirs opens, once, as the pack says', async () => {
    const made = await patientOf()
    for (const day of [2, 5, 10, 12]) await workAt(made, day)
    expect(await told(made, made.patient)).toEqual(['2 sent', '1 sent'])
    expect(made.sms.sent).toHaveLength(2)
  })

  it('is told nothing while asleep, and of nothing that has passed meanwhile', async () => {
    const made = await patientOf()
    await workAt(made, 2, 23)
    expect(made.sms.sent).toHaveLength(0)
    await workAt(made, 12)
    expect(await told(made, made.patient)).toEqual(['2 sent', '1 skipped: stale'])
  })

  it('may mute what is not critical', async () => {
    const made = await patientOf()
    await made.crm.patients.prefer(made.patient, { muted: ['ordinary', 'important'] })
    for (const day of [2, 10]) await workAt(made, day)
    expect((await told(made, made.patient)).sort()).toEqual(['1 sent', '2 cancelled: muted'])
  })

  it('is told by the channel they prefer, where the hospital has it', async () => {
    const made = await patientOf()
    await made.crm.patients.prefer(made.patient, { channel: 'email' })
    await workAt(made, 2)
    expect([made.sms.sent.length, made.email.sent.length]).toEqual([0, 1])
    await made.crm.patients.prefer(made.patient, { channel: 'pigeon' })
    await workAt(made, 10)
    expect([made.sms.sent.length, made.email.sent.length]).toEqual([1, 1])
  })
})

describe('overdue work', () => {
  const escalation = [{ afterDays: 0, to: 'owner', digest: true }]

  /** Three patients of Dr Li, two discharged on one day and one later, and called by nobody. */
  const ward = async () => {
    const made = await testCrm({ at: at(2), pack: packOf({ escalation }) })
    for (const [day, number] of [
      [2, '1'],
      [2, '2'],
      [4, '3'],
    ] as const) {
      made.clock.set(at(day))
      const patient = await someone(made.crm, number)
      const discharged = { patient, at: at(day, 9), attending: 'li' }
      await made.crm.encounters.discharge(`V${number}`, discharged)
    }
    return made
  }
  const digests = async ({ crm }: TestCrm) =>
    (await crm.messages.to('staff/li', { limit: 100 })).items
      .flatMap(({ id, state }) =>
        state.status !== 'none' && state.template === 'follow-up.overdue-digest'
          ? [`${id} ${state.status}${state.reason ? `: ${state.reason}` : ''}`]
          : [],
      )
      .sort()

  it('comes to its owner as one message a day, however many patients it is about', async () => {
    const made = await ward()
    for (const day of [10, 11, 12]) await workAt(made, day)
    expect(await digests(made)).toEqual([
      'overdue:staff:li:2026-03-10:1 sent',
      'overdue:staff:li:2026-03-12:1 sent',
    ])
  })

  it('is caught up with by one message after an outage; those of the days between are stale', async () => {
    const made = await ward()
    await workAt(made, 9)
    await workAt(made, 14)
    await workAt(made, 14, 12)
    expect(await digests(made)).toEqual([
      'overdue:staff:li:2026-03-10:1 skipped: stale',
      'overdue:staff:li:2026-03-12:1 skipped: stale',
      'overdue:staff:li:2026-03-14:1 sent',
    ])
  })
})
