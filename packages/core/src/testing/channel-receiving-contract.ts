import { xuzhouPack } from '@hospital-crm/rules'
import { describe, expect, it } from 'vitest'
import { createCrm } from '../create-crm.ts'
import { memoryStore } from '../memory/store.ts'
import type { ChannelAtWork } from './channel-contract.ts'

/** The outside as it reports back: each member makes a request as the outside would, anew every time. */
export interface Outside {
  /** What became of a message, by the id that `send` gave; absent where nobody tells. */
  readonly receipt?: (providerId: string, arrived: boolean) => Request | Promise<Request>
  /** What the reachable address answers; absent where nobody can. */
  readonly reply?: (text: string) => Request | Promise<Request>
  /** The same answer, or else the same receipt, from somebody who does not have the outside's keys. */
  readonly forged: () => Request | Promise<Request>
}

/** A crm whose one patient has the reachable address and has been sent a message. */
const clinicOver = async ({ channel, address }: ChannelAtWork) => {
  const store = memoryStore()
  const catalogues = { en: { 'template.contract': '您好 {who}' } }
  const crm = createCrm({ store, channels: [channel], catalogues })
  const quietHours = { from: '00:00', until: '00:00' }
  const pack = { ...xuzhouPack, quietHours, channels: { patients: [channel.name] } }
  await crm.hospitals.open({ name: 'x', zone: 'UTC', pack })
  const identifiers = [{ type: channel.name, value: address }]
  const { id: patient } = await crm.patients.register({ identifiers })
  const said = { purpose: 'clinical', template: 'contract', params: { who: 'x' } }
  await crm.messages.ask('m', { to: { patient }, ...said })
  await crm.work()
  const message = async () => (await crm.messages.get('m'))?.state
  const consents = async () => {
    const seen = (await crm.patients.get(patient))?.state
    return seen?.status === 'person' ? seen.consents : undefined
  }
  const size = async () => (await store.events('main', { after: 0, limit: 10_000 })).length
  return { crm, channel, message, consents, size }
}

/** What every channel must do whose outside reports back, through a crm. */
export const receivingContract = (work: () => ChannelAtWork) =>
  describe('told by the outside', () => {
    const hearing = async () => {
      const clinic = await clinicOver(work())
      const receive = (request: Request) => clinic.crm.receive(clinic.channel.name, request)
      return { ...clinic, receive }
    }

    it('receives where the outside reports back, and only there', () => {
      expect(typeof work().channel.receive).toBe(work().outside ? 'function' : 'undefined')
    })

    it('hears what became of a message, once', async ({ skip }) => {
      const { receipt } = work().outside ?? {}
      if (!receipt) return skip('nobody tells here')
      const { message, receive, size } = await hearing()
      const sent = await message()
      const providerId = (sent?.status === 'sent' && sent.providerId) || ''
      expect(providerId).not.toBe('')
      expect((await receive(await receipt(providerId, false))).ok).toBe(true)
      expect(await message()).toMatchObject({ status: 'sent', receipt: { arrived: false } })
      const before = await size()
      expect((await receive(await receipt(providerId, false))).ok).toBe(true)
      expect(await size()).toBe(before)
    })

    it('hears an answer that says stop, once, and no other as one', async ({ skip }) => {
      const { reply } = work().outside ?? {}
      if (!reply) return skip('nobody can answer here')
      const { consents, receive, size } = await hearing()
      await receive(await reply('谢谢医生'))
      expect(await consents()).toEqual({})
      await receive(await reply('退订'))
      expect(await consents()).toMatchObject({ '*': { allowed: false } })
      const before = await size()
      expect((await receive(await reply('退订'))).ok).toBe(true)
      expect(await size()).toBe(before)
    })

    it('refuses what the outside did not send, and says nothing of it', async ({ skip }) => {
      const { forged } = work().outside ?? {}
      if (!forged) return skip('nobody tells here')
      const { receive, size } = await hearing()
      const before = await size()
      for (const request of [await forged(), new Request('https://crm.example/')]) {
        const refused = await receive(request).catch((error: unknown) => error)
        expect(refused).toMatchObject({ code: 'channel.not-authentic' })
        expect(JSON.stringify([String(refused), refused])).not.toContain(work().address)
      }
      expect(await size()).toBe(before)
    })

    it('refuses more than a megabyte', async ({ skip }) => {
      const { forged } = work().outside ?? {}
      if (!forged) return skip('nobody tells here')
      const { receive } = await hearing()
      const { url, method, headers } = await forged()
      const long = new Request(url, { method, headers, body: 'x'.repeat(1_048_577) })
      await expect(receive(long)).rejects.toMatchObject({ code: 'channel.too-large' })
    })
  })
