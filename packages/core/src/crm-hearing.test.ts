import { describe, expect, it } from 'vitest'
import { packOf, someone, testCrm } from './hospital.fixture.ts'
import { memoryChannel } from './memory/channel.ts'
import type { Channel, Heard } from './ports/channel.ts'

type Receipt = Extract<Heard, { type: 'receipt' }>

const receipt = (said: Partial<Receipt> = {}): Receipt => {
  return { type: 'receipt', key: 'k1', providerId: 'P-m', arrived: true, code: 'DELIVRD', ...said }
}
const stop = (...from: string[]): Heard => ({
  ...{ type: 'reply', key: 'k2', text: '退订', stop: true },
  from,
})

/** A hospital whose channel hears what a test lets it hear, with a message that it has sent. */
const hospital = async (setting: Parameters<typeof testCrm>[0] = {}) => {
  const told: Heard[] = []
  const sms: Channel = {
    ...memoryChannel('sms', ({ id }) => ({
      ...{ outcome: 'sent', providerId: `P-${id.split('/')[1]}` },
    })),
    receive: async () => ({ heard: told, response: new Response('ok') }),
  }
  const made = await testCrm({ channels: [sms], ...setting })
  const { crm } = made
  const patient = await someone(crm, '1')
  const ask = (id: string) =>
    crm.messages.ask(id, { to: { patient }, purpose: 'clinical', template: 'x' })
  await ask('m')
  await crm.work()
  const hear = (...heard: Heard[]) => crm.messages.hear('sms', heard)
  const receive = async (...heard: Heard[]) => {
    told.splice(0, told.length, ...heard)
    return (await crm.receive('sms', new Request('https://crm.example/'))).text()
  }
  const state = async (id = 'm') => (await crm.messages.get(id))?.state
  const consents = async (id = patient) => {
    const seen = (await crm.patients.get(id))?.state
    return seen?.status === 'person' ? seen.consents : undefined
  }
  const size = async () => (await made.store.log('main')).length
  return { ...made, patient, ask, hear, receive, state, consents, size }
}

describe('a receipt', () => {
  it('is recorded with the message it is of, once', async () => {
    const { hear, state, size } = await hospital()
    expect(await hear(receipt())).toEqual({ receipts: ['k1'], withdrawn: 0 })
    expect(await state()).toMatchObject({
      status: 'sent',
      receipt: { arrived: true, code: 'DELIVRD' },
    })
    const before = await size()
    await hear(receipt(), receipt({ key: 'k3' }))
    expect(await size()).toBe(before)
  })

  it('that it did not arrive gives way to one that it did, and not the other way round', async () => {
    const { hear, state } = await hospital()
    await hear(receipt({ key: 'a', arrived: false, code: 'UNDELIV' }))
    expect(await state()).toMatchObject({ receipt: { arrived: false, code: 'UNDELIV' } })
    await hear(receipt({ key: 'b' }), receipt({ key: 'c', arrived: false }))
    expect(await state()).toMatchObject({ receipt: { arrived: true, code: 'DELIVRD' } })
  })

  it('that it is on its way changes nothing', async () => {
    const { hear, state } = await hospital()
    const { arrived: _, ...moving } = receipt({ code: 'sent' })
    expect(await hear(moving)).toMatchObject({ receipts: ['k1'] })
    expect(await state()).not.toHaveProperty('receipt')
  })

  it('leaves out a word that could be somebody’s number or name', async () => {
    for (const code of ['isv.15400000001', '王秀英', 'no route to 15400000001', 'x'.repeat(65)]) {
      const { hear, state } = await hospital()
      await hear(receipt({ code }))
      expect(await state()).toHaveProperty('receipt')
      expect(await state()).not.toHaveProperty('receipt.code')
    }
  })

  it('of another channel or of no message known is nobody’s', async () => {
    const { crm, hear } = await hospital()
    expect((await hear(receipt({ providerId: 'P-z' }))).receipts).toEqual([])
    expect((await crm.messages.hear('wechat', [receipt()])).receipts).toEqual([])
  })

  it('may be recorded by the staff, of what has left only', async () => {
    const { crm, ask, state } = await hospital()
    await crm.messages.recordReceipt('m', { arrived: false, code: 'returned' })
    expect(await state()).toMatchObject({ receipt: { arrived: false, code: 'returned' } })
    await ask('n')
    await expect(crm.messages.recordReceipt('n', { arrived: true })).rejects.toMatchObject({
      code: 'message.not-sent',
    })
  })
})

describe('an answer that says stop', () => {
  it('withdraws the consent of everybody who has the number, once', async () => {
    const { crm, hear, patient, consents, size } = await hospital()
    const mother = await someone(crm, '2', { phones: ['154-0000-0001'] })
    const other = await someone(crm, '3')
    expect(await hear(stop('+8615400000001', '15400000001'))).toMatchObject({ withdrawn: 2 })
    for (const id of [patient, mother])
      expect(await consents(id)).toMatchObject({ '*': { allowed: false } })
    expect(await consents(other)).toEqual({})
    const before = await size()
    await hear(stop('+8615400000001', '15400000001'))
    expect(await size()).toBe(before)
  })

  it('told once more does not undo what was allowed since', async () => {
    const { crm, hear, patient, consents } = await hospital()
    await hear(stop('15400000001'))
    await crm.patients.recordConsent(patient, { purpose: '*', allowed: true })
    await hear(stop('15400000001'))
    expect(await consents()).toMatchObject({ '*': { allowed: true } })
  })

  it('withdraws it for one purpose when told, and another answer for none', async () => {
    const { crm, consents } = await hospital()
    const thanks: Heard = { ...stop('15400000001'), text: '谢谢', stop: false } as Heard
    expect(await crm.messages.hear('sms', [thanks])).toMatchObject({ withdrawn: 0 })
    await crm.messages.hear('sms', [stop('15400000001')], { purpose: 'satisfaction' })
    expect(Object.keys((await consents()) ?? {})).toEqual(['satisfaction'])
  })

  it('by a number that the person has at the channel withdraws it too', async () => {
    const { crm, hear, consents } = await hospital()
    const fan = await someone(crm, '4', { identifiers: [{ type: 'wechat', value: 'oFollower1' }] })
    expect(await hear(stop('oFollower1'))).toMatchObject({ withdrawn: 1 })
    expect(await consents(fan)).toMatchObject({ '*': { allowed: false } })
    expect(await hear(stop('oFollower'), stop(''))).toMatchObject({ withdrawn: 0 })
  })
})

describe('what a channel receives', () => {
  it('is taken by every hospital that it concerns, or by the one that is named', async () => {
    const { crm, receive, state } = await hospital()
    const west = crm.for({ tenant: 'west' })
    await west.hospitals.open({ name: 'West', zone: 'Asia/Shanghai', pack: packOf() })
    const { id } = await west.patients.register({ phones: ['15400000001'] })
    expect(await receive(receipt(), stop('15400000001'))).toBe('ok')
    expect(await state()).toHaveProperty('receipt')
    expect((await west.patients.get(id))?.state).toHaveProperty('consents.*.allowed', false)
    const log = await crm.door.log()
    const withdrawn = log.find(({ type }) => type === 'patient.consent-recorded')
    expect(withdrawn).toMatchObject({ actor: 'system' })
    const request = new Request('https://crm.example/')
    await expect(crm.receive('sms', request, 'west')).rejects.toMatchObject({
      code: 'channel.early-receipt',
    })
  })

  it('is to be told again where a message is not known yet, and the rest is taken', async () => {
    const { receive, state } = await hospital()
    const early = receipt({ key: 'early', providerId: 'P-n' })
    await expect(receive(early, receipt())).rejects.toMatchObject({
      code: 'channel.early-receipt',
      details: { early: 1 },
    })
    expect(await state()).toHaveProperty('receipt')
  })

  it('is nothing where no such channel is, or it never hears', async () => {
    const { crm } = await testCrm()
    for (const name of ['sms', 'fax']) {
      const received = crm.receive(name, new Request('https://crm.example/'))
      await expect(received).rejects.toMatchObject({ code: 'channel.unknown', details: {} })
    }
  })
})
