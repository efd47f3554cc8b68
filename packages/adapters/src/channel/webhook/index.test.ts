import { createServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { channelContract, type Outside } from '@hospital-crm/core/testing'
import { describe, expect, it, onTestFinished } from 'vitest'
import { cert, certKey } from '../certificate.fixture.ts'
import { type Reaction, type Seen, serve } from '../local-server.fixture.ts'
import { signWebhook, verifyWebhook, type WebhookChannelOptions, webhookChannel } from './index.ts'

const secret = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw'

/** A receiver on loopback that checks signatures and drops what it knows by its id. */
const receiver = async () => {
  const taken = new Map<string, { to: string; text: string }>()
  const state: { react?: Reaction } = {}
  const take = ({ headers, body, path }: Seen): Reaction => {
    if (state.react !== undefined) return state.react
    if (path === '/gone') return { status: 410 }
    const { id } = verifyWebhook(new Headers(headers), body, { secrets: [secret] })
    taken.set(id, JSON.parse(body).data)
    return { status: 204 }
  }
  const server = await serve(take)
  const { hostname, port } = new URL(server.url)
  const channel = (more: Partial<WebhookChannelOptions> = {}) =>
    webhookChannel({ secrets: [secret], allow: [`${hostname}:${port}`], ...more })
  return { ...server, taken, state, channel, address: `${server.url}/hook` }
}

channelContract(
  async () => {
    const { url, taken, channel, address, close } = await receiver()
    const arrived = async () => [...taken.values()]
    const disturb = async () => close()
    const told = (body: object, by = secret) => {
      const text = JSON.stringify(body)
      const signed = signWebhook({ id: `evt_${text.length}`, at: new Date(), body: text }, [by])
      const headers = { ...signed }
      return new Request('https://crm.example/', { method: 'POST', body: text, headers })
    }
    const wrote = (text: string) => ({ type: 'reply', data: { from: address, text } })
    const outside: Outside = {
      receipt: (id, arrived) => told({ type: 'receipt', data: { id, arrived } }),
      reply: (text) => told(wrote(text)),
      forged: () => told(wrote('退订'), `whsec_${Buffer.alloc(24, 1).toString('base64')}`),
    }
    const [elsewhere, impossible] = [`${url}/other`, `${url}/gone`]
    return { channel: channel(), arrived, address, elsewhere, impossible, disturb, outside }
  },
  { name: 'the webhook channel' },
)

const message = (to: string, id = 'm1') => ({ id, to, subject: '随访', text: '您好' })
const outcomes = async (channel: ReturnType<typeof webhookChannel>, ...to: string[]) =>
  (await channel.send(to.map((each, at) => message(each, `m${at}`)))).map(({ outcome }) => outcome)

describe('a webhook', () => {
  it('is signed with every secret, under one id over all attempts and processes', async () => {
    const { channel, address, seen, taken } = await receiver()
    const old = `whsec_${Buffer.alloc(24, 1).toString('base64')}`
    for (const secrets of [[old, secret], [secret]]) {
      await channel({ secrets }).send([message(address)])
    }
    expect(seen[0]?.headers['webhook-signature']).toMatch(/^v1,\S{44} v1,\S{44}$/)
    expect(seen[0]?.headers['webhook-id']).toMatch(/^msg_[0-9a-f]{32}$/)
    expect(taken.size).toBe(1)
    const { type, timestamp, data } = JSON.parse(seen[0]?.body ?? '')
    expect([type, Number.isNaN(Date.parse(timestamp))]).toEqual(['message', false])
    expect(data).toEqual(message(address))
  })

  it('may go to one receiver for all, with no more in it than the host wants', async () => {
    const { channel, address, seen } = await receiver()
    const own = channel({ url: () => address, data: ({ id }) => ({ id }) })
    expect(await outcomes(own, '15400000001')).toEqual(['sent'])
    expect(JSON.parse(seen[0]?.body ?? '').data).toEqual({ id: 'm0' })
    expect(seen[0]?.body).not.toContain('1540000')
  })

  it.each<[Reaction, string]>([
    [{ status: 200 }, 'sent'],
    [{ status: 410 }, 'rejected'],
    [{ status: 400 }, 'try-later'],
    [{ status: 429 }, 'try-later'],
    [{ status: 500 }, 'try-later'],
    ['hang up', 'unknown'],
    ['say nothing', 'unknown'],
  ])('that is answered by %j is %s', async (react, expected) => {
    const { channel, address, state } = await receiver()
    state.react = react
    const more = react === 'say nothing' ? { timeout: 250 } : {}
    expect(await outcomes(channel(more), address)).toEqual([expected])
  })

  it('follows no redirect', async () => {
    const inside = await receiver()
    const { channel, address, state } = await receiver()
    state.react = { status: 307, headers: { location: inside.address } }
    expect(await outcomes(channel({ allow: ['127.0.0.1'] }), address)).toEqual(['try-later'])
    expect(inside.seen).toEqual([])
  })

  it('reads no endless answer', async () => {
    const { channel, address, state } = await receiver()
    state.react = { status: 200, body: 'x'.repeat(5_000_000) }
    expect(await outcomes(channel(), address)).toEqual(['sent'])
    const { channel: other, address: there, state: its } = await receiver()
    its.react = { status: 200, headers: { 'x-long': 'x'.repeat(100_000) } }
    expect(await outcomes(other(), there)).toEqual(['unknown'])
  })

  it('is rejected beyond 256 KiB, before anybody is asked', async () => {
    const { channel, address, seen } = await receiver()
    const long = { ...message(address), text: 'x'.repeat(262_144) }
    expect(await channel().send([long])).toEqual([{ outcome: 'rejected' }])
    expect(seen).toEqual([])
  })

  it('goes to nobody inside whom the host did not allow', async () => {
    const { seen, port, channel } = await receiver()
    const own = channel({ allow: [] })
    const places = ['127.0.0.1', 'localhost', '[::1]', '2130706433', '0x7f.1', '0.0.0.0']
    const addresses = places.flatMap((place) => [`http://${place}:${port}/`, `https://${place}/`])
    expect(new Set(await outcomes(own, ...addresses))).toEqual(new Set(['rejected']))
    expect(seen).toEqual([])
  })

  it('is connected at the address that was checked, whatever the name leads to later', async () => {
    const { channel, port, seen } = await receiver()
    const answers = ['127.0.0.1', '192.0.2.1']
    const resolve = async () => [{ address: answers.shift() ?? '192.0.2.2', family: 4 }]
    const own = channel({ allow: ['hook.example'], resolve })
    expect(await outcomes(own, `http://hook.example:${port}/hook`)).toEqual(['sent'])
    expect(seen[0]?.headers.host).toBe(`hook.example:${port}`)
    expect(answers).toEqual(['192.0.2.1'])
  })

  it('waits when nobody listens or the name is not known', async () => {
    const { channel, address, close } = await receiver()
    close()
    expect(await outcomes(channel(), address)).toEqual(['try-later'])
    const unknown = channel({ resolve: () => Promise.reject(new Error('ENOTFOUND')) })
    expect(await outcomes(unknown, 'https://hook.example/')).toEqual(['try-later'])
  })

  it('goes over TLS to whoever has the name’s certificate, and to nobody else', async () => {
    const asked: string[] = []
    const server = createServer({ cert, key: certKey }, (request, response) => {
      asked.push(request.headers.host ?? '')
      response.end()
    })
    server.on('tlsClientError', () => {})
    await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
    onTestFinished(() => void server.close())
    const { port } = server.address() as AddressInfo
    const resolve = async () => [{ address: '127.0.0.1', family: 4 }]
    const names = ['hook.example', 'other.example']
    const send = (more: object) =>
      outcomes(
        webhookChannel({ secrets: [secret], allow: names, resolve, ...more }),
        ...names.map((name) => `https://${name}:${port}/`),
      )
    expect(await send({})).toEqual(['try-later', 'try-later'])
    expect(await send({ ca: cert })).toEqual(['sent', 'try-later'])
    expect(asked).toEqual([`hook.example:${port}`])
  })

  it('is not opened without a secret', () => {
    expect(() => webhookChannel({ secrets: [] })).toThrow('webhook.bad-secret')
  })
})
