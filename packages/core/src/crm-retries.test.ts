import { describe, expect, it } from 'vitest'
import { mr, someone, start, testCrm } from './hospital.fixture.ts'
import { told } from './intake.fixture.ts'
import { memoryChannel } from './memory/channel.ts'
import type { Channel, Delivery, OutgoingMessage } from './ports/channel.ts'

const [before, after] = ['15400000001', '15400000002']

type Setting = Awaited<ReturnType<typeof hospital>>

/** A hospital whose channel gives a test's answers in turn and then sends, and a patient to whom a message is due. */
const hospital = async (at = start, ...answers: (Delivery['outcome'] | Error)[]) => {
  const tried: string[] = []
  let meanwhile = async () => {}
  const made = (name: string): Channel => ({
    name,
    send: async (messages: readonly OutgoingMessage[]) => {
      tried.push(...messages.map(({ to }) => `${name} ${to}`))
      const answer = answers.shift() ?? 'sent'
      await meanwhile()
      if (answer instanceof Error) throw answer
      return messages.map(() => ({ outcome: answer }))
    },
  })
  const channels = [made('sms'), made('wechat')]
  const pack = { channels: { patients: ['sms', 'wechat'] } }
  const setting = await testCrm({ at, channels, pack })
  const { crm, clock } = setting
  const patient = await someone(crm, '1')
  await crm.messages.ask('m', { to: { patient }, purpose: 'clinical', template: 'x' })
  await crm.work()
  const later = async (hours = 10) => {
    clock.pass(hours * 3600)
    await crm.work()
  }
  const during = (what: () => Promise<unknown>) => {
    meanwhile = async () => {
      meanwhile = async () => {}
      await what()
    }
  }
  const ended = async () => {
    const { status, ...state } = (await crm.messages.get('m'))?.state ?? { status: 'none' }
    return 'reason' in state && state.reason !== undefined ? `${status}: ${state.reason}` : status
  }
  return { ...setting, patient, tried, later, during, ended }
}

const night = '2026-03-02T14:30:00.000Z'

/** Why a message waits, and the attempts made until then. */
const waits: readonly [why: string, wait: () => Promise<Setting>, tried: readonly string[]][] = [
  ['the provider could not take it', () => hospital(start, 'try-later'), [`sms ${before}`]],
  ['its answer was lost', () => hospital(start, 'unknown'), [`sms ${before}`]],
  ['the channel broke', () => hospital(start, new Error('broken')), [`sms ${before}`]],
  ['it is night', () => hospital(night), []],
]

describe.each(waits)('a message that waits because %s', (_, wait, tried) => {
  it('goes to the number that the patient has by then, and to the old one no more', async () => {
    const made = await wait()
    expect(made.tried).toEqual(tried)
    await made.crm.patients.register({ patient: made.patient, phones: [after] })
    await made.later()
    expect(made.tried).toEqual([...tried, `sms ${after}`])
    expect(await made.ended()).toBe('sent')
  })

  it.each<[string, string, (made: Setting) => Promise<unknown>]>([
    [
      'consent was withdrawn',
      'cancelled: consent',
      ({ crm, patient }) => crm.patients.recordConsent(patient, { purpose: '*', allowed: false }),
    ],
    [
      'the patient answered that nothing more is wanted',
      'cancelled: consent',
      ({ crm }) =>
        crm.messages.hear('sms', [
          { type: 'reply', key: 'r', from: [before], text: '退订', stop: true },
        ]),
    ],
    [
      'the patient died',
      'cancelled: deceased',
      ({ crm, patient }) => crm.patients.recordDeath(patient, {}),
    ],
    [
      'the patient was forgotten',
      'cancelled: erased',
      ({ crm, patient }) => crm.patients.erase(patient, { reason: 'requested' }),
    ],
    [
      'the number was taken away',
      'failed: no-address',
      ({ crm, patient }) => crm.patients.register({ patient, phones: [] }),
    ],
    [
      'it was called off',
      'cancelled: completed',
      ({ crm }) => crm.messages.cancel('m', { reason: 'completed' }),
    ],
  ])('goes nowhere when meanwhile %s', async (_why, end, happen) => {
    const made = await wait()
    await happen(made)
    await made.later()
    await made.later()
    expect(made.tried).toEqual(tried)
    expect(await made.ended()).toBe(end)
  })

  it('goes to whoever the patient has become', async () => {
    const made = await wait()
    const survivor = await someone(made.crm, '2')
    await made.crm.patients.proposeMatch(survivor, made.patient)
    await made.crm.patients.confirmMatch(survivor, made.patient)
    await made.later()
    expect(made.tried).toEqual([...tried, `sms ${after}`])
  })

  it('goes the way that the patient wants by then, to the number there', async () => {
    const made = await wait()
    const identifiers = [{ type: 'wechat', value: 'oFollower1' }]
    await made.crm.patients.register({ patient: made.patient, identifiers })
    await made.crm.patients.prefer(made.patient, { channel: 'wechat' })
    await made.later()
    expect(made.tried).toEqual([...tried, 'wechat oFollower1'])
  })
})

describe('a number that changes', () => {
  it('by a feed is the one that the next attempt takes', async () => {
    const made = await hospital(start, 'try-later')
    const person = { identifiers: [mr('1')], phones: [after] }
    await made.crm.intakes.take([told('person-updated', 1, { person })])
    await made.later()
    expect(made.tried).toEqual([`sms ${before}`, `sms ${after}`])
  })

  it('while an attempt is under way counts from the next one on', async () => {
    const made = await hospital(start, 'try-later', 'try-later')
    made.during(() => made.crm.patients.register({ patient: made.patient, phones: [after] }))
    await made.later(0.5)
    await made.later()
    expect(made.tried).toEqual([`sms ${before}`, `sms ${before}`, `sms ${after}`])
  })

  it('is the one to which a worker sends what another claimed and left', async () => {
    const answering = await hospital(start, 'try-later')
    const { crm, clock, store, cipher, patient, tried } = answering
    const dying: Channel = { ...memoryChannel('sms'), send: () => new Promise(() => {}) }
    const other = await testCrm({ store, cipher, clock, channels: [dying], open: false })
    clock.pass(3600)
    void other.crm.deliver()
    await expect.poll(async () => (await crm.messages.get('m'))?.state.status).toBe('claimed')
    await crm.patients.register({ patient, phones: [after] })
    await crm.work()
    expect(tried).toEqual([`sms ${before}`])
    clock.pass(61)
    await crm.work()
    expect(tried).toEqual([`sms ${before}`, `sms ${after}`])
  })

  it('leaves no address behind with what waits', async () => {
    const made = await hospital(start, 'try-later')
    expect((await made.crm.messages.get('m'))?.state).not.toHaveProperty('claim')
  })
})
