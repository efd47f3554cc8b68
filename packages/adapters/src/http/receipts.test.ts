import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Readable } from 'node:stream'
import { type Channel, createCrm } from '@hospital-crm/core'
import { xuzhouPack } from '@hospital-crm/rules'
import { Validator } from '@seriousme/openapi-schema-validator'
import { describe, expect, it, onTestFinished } from 'vitest'
import { smsChannel } from '../channel/sms/index.ts'
import { outsides, type ProviderName, providerAtWork } from '../channel/sms/providers.fixture.ts'
import { smtpChannel } from '../channel/smtp/index.ts'
import { answer, token as mailToken, posted, to } from '../channel/smtp/mails.fixture.ts'
import { signWebhook, webhookChannel } from '../channel/webhook/index.ts'
import { document, plainCall, token } from '../channel/wechat/callback.fixture.ts'
import { wechatChannel } from '../channel/wechat/index.ts'
import { type HttpOptions, httpHandler } from './index.ts'

const secrets = ['whsec_aG9zcGl0YWwtY3JtLWV4YW1wbGUtc2VjcmV0']
const phone = '15400000001'

/** A handler behind a real server on loopback. */
const served = async (handle: ReturnType<typeof httpHandler>) => {
  const server = createServer(async (request, response) => {
    const { method = 'GET', url = '', headers } = request
    const body = method === 'GET' ? null : Readable.toWeb(request)
    const asked = new Request(`http://${headers.host}${url}`, {
      ...{ method, headers: headers as Record<string, string> },
      ...(body && { body, duplex: 'half' }),
    } as RequestInit)
    const told = await handle(asked)
    response.writeHead(told.status, Object.fromEntries(told.headers))
    response.end(Buffer.from(await told.arrayBuffer()))
  })
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  onTestFinished(() => {
    server.close()
    server.closeAllConnections()
  })
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

/** A hospital with one channel, whose patient has an address at it, behind a server. */
const hospital = async (channel: Channel, address: string, options: Partial<HttpOptions> = {}) => {
  const crm = createCrm({ channels: [channel] })
  await crm.hospitals.open({ name: 'x', zone: 'Asia/Shanghai', pack: xuzhouPack })
  const identifiers = [{ type: channel.name, value: address }]
  const { id } = await crm.patients.register({ identifiers })
  const logged: unknown[] = []
  const logger = {
    info: (...said: unknown[]) => logged.push(said),
    warn: (...said: unknown[]) => logged.push(said),
  }
  const receipts = { [channel.name]: {} }
  const handle = httpHandler({ crm, identify: () => undefined, receipts, logger, ...options })
  const origin = await served(handle)
  /** Sends over the wire what an outside would have sent to its own address. */
  const send = async (request: Request, name = channel.name) => {
    const { method, headers, url } = request
    const body = method === 'GET' ? null : await request.arrayBuffer()
    const at = `${origin}/channels/${name}/receipts${new URL(url).search}`
    return fetch(at, { method, headers, body })
  }
  const consents = async () => {
    const seen = (await crm.patients.get(id))?.state
    return seen?.status === 'person' ? seen.consents : undefined
  }
  return { crm, handle, origin, send, consents, logged }
}

interface Kind {
  readonly make: () => Channel | Promise<Channel>
  readonly address: string
  readonly stop: () => Request
  readonly forged: () => Request
  readonly thanks: string
}
const wrote = (text: string) =>
  document({ FromUserName: 'oFollower1', MsgType: 'text', Content: text, MsgId: '1' })
const hooked = (by: readonly string[]) => {
  const body = JSON.stringify({ type: 'reply', data: { from: phone, text: '退订' } })
  const signed = signWebhook({ id: 'evt_1', at: new Date(), body }, by)
  return new Request('https://crm.example/', { method: 'POST', body, headers: { ...signed } })
}
const bySms = (name: ProviderName, thanks: string): Kind => ({
  make: async () => {
    const { provider } = await providerAtWork(name)
    // Twilio signs the address as it knows it, before any proxy.
    const receiveUrl = 'https://crm.example/channels/sms/receipts'
    return smsChannel({ provider, ...(name === 'twilio' && { receiveUrl }) })
  },
  address: phone,
  stop: () => outsides[name].reply?.('退订') as Request,
  forged: () => outsides[name].forged() as Request,
  thanks,
})
const kinds: Readonly<Record<string, Kind>> = {
  'Alibaba Cloud': bySms('aliyun', '{"code":0,"msg":"OK"}'),
  'Tencent Cloud': bySms('tencent', '{"result":0,"errmsg":"OK"}'),
  Twilio: bySms('twilio', '<Response></Response>'),
  'an official account': {
    make: () =>
      wechatChannel({ appId: 'a', secret: 'b', template: () => undefined, callback: { token } }),
    address: 'oFollower1',
    stop: () => plainCall(wrote('退订')),
    forged: () => plainCall(wrote('退订'), { by: 'guessed' }),
    thanks: 'success',
  },
  'a mail server': {
    make: () => smtpChannel({ host: 'x', from: 'crm@hospital.example', pushToken: mailToken }),
    address: to,
    stop: () => posted(answer('退订')),
    forged: () => posted(answer('退订'), 'https://crm.example/?token=guessed'),
    thanks: '',
  },
  'a receiver of webhooks': {
    make: () => webhookChannel({ secrets }),
    address: phone,
    stop: () => hooked(secrets),
    forged: () => hooked(['whsec_aG9zcGl0YWwtY3JtLW90aGVyLXNlY3JldC0x']),
    thanks: '',
  },
}

describe.each(Object.entries(kinds))('what %s posts', (_, kind) => {
  it('is heard, once, and thanked for as it asks', async () => {
    const { crm, send, consents } = await hospital(await kind.make(), kind.address)
    const told = await send(kind.stop())
    expect([told.ok, await told.text()]).toEqual([true, kind.thanks])
    const withdrawn = await consents()
    expect(withdrawn).toMatchObject({ '*': { allowed: false } })
    const events = (await crm.door.log()).length
    expect((await send(kind.stop())).ok).toBe(true)
    expect([await consents(), (await crm.door.log()).length]).toEqual([withdrawn, events])
  })

  it('is refused when somebody else does, in words that name nobody', async () => {
    const { send, consents, logged } = await hospital(await kind.make(), kind.address)
    const told = await send(kind.forged())
    const body = await told.text()
    expect([told.status, JSON.parse(body).code]).toEqual([403, 'channel.not-authentic'])
    expect(told.headers.get('content-type')).toBe('application/problem+json')
    expect(body + JSON.stringify(logged)).not.toMatch(/1540000|oFollower1|wang|退订|guessed/)
    expect(await consents()).toEqual({})
  })
})

describe('the address at which providers post', () => {
  const { make, address, stop } = kinds['Alibaba Cloud'] as Kind

  it('is there for the channels that the host names, and for no other', async () => {
    const { send } = await hospital(await make(), address, { receipts: {} })
    expect((await send(stop())).status).toBe(404)
    const none = await hospital(await make(), address)
    expect((await none.send(stop(), 'toString')).status).toBe(404)
    const deaf = await hospital(await make(), address, { receipts: { fax: {} } })
    const told = await deaf.send(stop(), 'fax')
    expect([told.status, JSON.parse(await told.text()).code]).toEqual([404, 'channel.unknown'])
  })

  it('asks for a receipt again where its message is not known yet', async () => {
    const { send } = await hospital(await make(), address)
    const told = await send((await outsides.aliyun.receipt?.('B9', true)) as Request)
    expect([told.status, JSON.parse(await told.text()).code]).toEqual([
      503,
      'channel.early-receipt',
    ])
    expect(told.headers.get('retry-after')).toBe('1')
  })

  it('is confined to the hospital that the host names', async () => {
    const receipts = { sms: { tenant: 'west' } }
    const { send, consents } = await hospital(await make(), address, { receipts })
    expect((await send(stop())).ok).toBe(true)
    expect(await consents()).toEqual({})
  })

  it('takes no more than the limit, of a length that is told or not', async () => {
    const { origin } = await hospital(await make(), address, { maxBytes: 1000 })
    const at = `${origin}/channels/sms/receipts`
    const long = new Blob(['x'.repeat(2000)])
    for (const body of [long, long.stream()]) {
      const told = await fetch(at, { method: 'POST', body, duplex: 'half' } as RequestInit)
      expect(told.status).toBe(413)
    }
  })

  it('hands the bytes on as they came', async () => {
    const { send } = await hospital(webhookChannel({ secrets }), phone)
    const body = Buffer.from('{"type":"reply","data":{"from":"\xff\xfe","text":"x"}}', 'latin1')
    const signed = signWebhook({ id: 'evt_2', at: new Date(), body }, secrets)
    const request = new Request('https://x/', { method: 'POST', body, headers: { ...signed } })
    expect((await send(request)).status).toBe(204)
  })

  it('echoes what WeChat verifies it by', async () => {
    const { make: account } = kinds['an official account'] as Kind
    const { send } = await hospital(await account(), 'oFollower1')
    const { search } = new URL(plainCall('').url)
    const told = await send(new Request(`https://x/${search}&echostr=5838479218127813673`))
    expect([told.status, await told.text()]).toEqual([200, '5838479218127813673'])
  })

  it('stands in the document, open to whoever can sign', async () => {
    const { handle } = await hospital(await make(), address)
    const told = await handle(new Request('https://crm.example/openapi.json'))
    const described = JSON.parse(await told.text())
    expect(await new Validator().validate(described)).toEqual({ valid: true })
    const { get, post, parameters } = described.paths['/channels/{channel}/receipts']
    expect([get.security, post.security]).toEqual([[], []])
    expect(parameters[0].schema.enum).toEqual(['sms'])
  })
})
