import { createHash, createHmac } from 'node:crypto'
import type { Outside } from '@hospital-crm/core/testing'
import { type Reaction, type Seen, serve } from '../local-server.fixture.ts'
import { aliyunSms } from './aliyun/index.ts'
import type { SmsProvider } from './provider.ts'
import { tencentSms } from './tencent/index.ts'
import { twilioSms } from './twilio/index.ts'

/** A message as the provider took it. */
export interface Taken {
  readonly to: string
  readonly text: string
  readonly key?: string
}

/** A provider on loopback that checks signatures from the wire, by code of its own. */
export interface ProviderAtWork {
  readonly provider: SmsProvider
  readonly seen: readonly Seen[]
  readonly taken: readonly Taken[]
  /** Answers from now on like this, or again as it is; a text stands for one of the provider's codes. */
  react(reaction: Reaction | string | undefined): void
  readonly close: () => void
}

/** A number that the providers here refuse. */
export const refused = '15400000009'

export const secret = 'a-secret-that-no-log-may-hold'
const id = 'an-id'
const sha256 = (text: string) => createHash('sha256').update(text).digest('hex')
const hmac = (key: string | Buffer, text: string) => createHmac('sha256', key).update(text).digest()

/** A signature over the request as received: the query as it stands there, the headers that it names. */
const canonical = ({ method, path, headers, body }: Seen, small: boolean) => {
  const [, names = ''] = /SignedHeaders=([^,]+)/.exec(headers.authorization ?? '') ?? []
  const [place = '', query = ''] = path.split('?')
  const lines = names.split(';').map((name) => {
    const value = headers[name] ?? ''
    return `${name}:${small ? value.toLowerCase() : value}`
  })
  return [method, place, query, ...lines, '', names, sha256(body)].join('\n')
}
const signatureIn = ({ headers }: Seen) => /Signature=(.+)$/.exec(headers.authorization ?? '')?.[1]

interface Dialect {
  readonly make: (endpoint: string) => SmsProvider
  readonly genuine: (seen: Seen) => boolean
  readonly read: (seen: Seen) => Taken
  readonly accepted: (count: number) => string
  readonly refusal: (code: string) => Reaction
  readonly refusedNumber: string
}

const json = (value: unknown) => JSON.stringify(value)
const words = (text: string) => ({ code: 'SMS_1', id: '1', params: { text } })

const dialects = {
  aliyun: {
    make: (endpoint) =>
      aliyunSms({
        accessKeyId: id,
        accessKeySecret: secret,
        signName: '徐州市中心医院',
        template: ({ text }) => (text === 'no words' ? undefined : words(text)),
        pushToken: secret,
        endpoint,
      }),
    genuine: (seen) => {
      const text = `ACS3-HMAC-SHA256\n${sha256(canonical(seen, false))}`
      return hmac(secret, text).toString('hex') === signatureIn(seen)
    },
    read: ({ path }) => {
      const query = new URL(path, 'http://x').searchParams
      const { text } = JSON.parse(query.get('TemplateParam') ?? '')
      return { to: query.get('PhoneNumbers') ?? '', text, key: query.get('OutId') ?? '' }
    },
    accepted: (count) => json({ Code: 'OK', Message: 'OK', BizId: `B${count}` }),
    refusal: (code) => ({ status: 200, body: json({ Code: code, Message: refused }) }),
    refusedNumber: 'isv.MOBILE_NUMBER_ILLEGAL',
  },
  tencent: {
    make: (endpoint) =>
      tencentSms({
        secretId: id,
        secretKey: secret,
        appId: '1400000000',
        signName: '徐州市中心医院',
        template: ({ text }) => (text === 'no words' ? undefined : { id: '1', params: [text] }),
        pushToken: secret,
        endpoint,
      }),
    genuine: (seen) => {
      const at = seen.headers['x-tc-timestamp'] ?? ''
      const day = new Date(Number(at) * 1000).toISOString().slice(0, 10)
      const text = `TC3-HMAC-SHA256\n${at}\n${day}/sms/tc3_request\n${sha256(canonical(seen, true))}`
      const key = ['sms', 'tc3_request'].reduce<Buffer>(hmac, hmac(`TC3${secret}`, day))
      return hmac(key, text).toString('hex') === signatureIn(seen)
    },
    read: ({ body }) => {
      const { PhoneNumberSet, TemplateParamSet, SessionContext } = JSON.parse(body)
      return { to: PhoneNumberSet[0], text: TemplateParamSet[0], key: SessionContext }
    },
    accepted: (count) =>
      json({ Response: { SendStatusSet: [{ Code: 'Ok', SerialNo: `B${count}` }] } }),
    refusal: (code) => ({
      status: 200,
      body: json({ Response: { SendStatusSet: [{ Code: code, SerialNo: '' }] } }),
    }),
    refusedNumber: 'InvalidParameterValue.IncorrectPhoneNumber',
  },
  twilio: {
    make: (endpoint) =>
      twilioSms({ accountSid: id, authToken: secret, from: '+15005550006', endpoint }),
    genuine: ({ headers }) => headers.authorization === `Basic ${btoa(`${id}:${secret}`)}`,
    read: ({ body }) => {
      const form = new URLSearchParams(body)
      return { to: form.get('To') ?? '', text: form.get('Body') ?? '' }
    },
    accepted: (count) => json({ sid: `B${count}`, status: 'queued' }),
    refusal: (code) => ({ status: 400, body: json({ code: Number(code), message: refused }) }),
    refusedNumber: '21211',
  },
} satisfies Record<string, Dialect>

export type ProviderName = keyof typeof dialects
export const providerNames = Object.keys(dialects) as ProviderName[]

export const providerAtWork = async (name: ProviderName): Promise<ProviderAtWork> => {
  const dialect = dialects[name]
  const taken: Taken[] = []
  let ordered: Reaction | string | undefined
  const isReaction = (is: string) => is === 'hang up' || is === 'say nothing'
  const { url, seen, close } = await serve((request) => {
    if (!dialect.genuine(request)) return { status: 401, body: '{"code":20003}' }
    if (typeof ordered === 'string' && !isReaction(ordered)) return dialect.refusal(ordered)
    if (ordered !== undefined) return ordered as Reaction
    const message = dialect.read(request)
    if (message.to.endsWith(refused)) return dialect.refusal(dialect.refusedNumber)
    taken.push(message)
    return { status: name === 'twilio' ? 201 : 200, body: dialect.accepted(taken.length) }
  })
  const react = (reaction: Reaction | string | undefined) => {
    ordered = reaction
  }
  return { provider: dialect.make(url), seen, taken, react, close }
}

const at = 'https://crm.example/channels/sms/receipts'
const pushed = (body: unknown, token = secret) =>
  new Request(`${at}?token=${token}`, { method: 'POST', body: json(body) })

/** A form under Twilio's signature: HMAC-SHA1 over the address and the sorted fields. */
const twilioForm = (fields: Record<string, string>, key = secret) => {
  const text = at + Object.entries(fields).sort().flat().join('')
  const signature = createHmac('sha1', key).update(text).digest('base64')
  const headers = { 'x-twilio-signature': signature }
  return new Request(at, { method: 'POST', body: new URLSearchParams(fields), headers })
}

const aliyunReply = (content: string) => {
  return [{ phone_number: '15400000001', content, send_time: '2026-03-02 10:00:00' }]
}
const tencentReply = (text: string) => {
  return { extend: '1', mobile: '15400000001', nationcode: '86', time: 1457336869, text }
}
const twilioReply = (Body: string) => {
  return { MessageSid: `SM-${Body.length}`, From: '+8615400000001', Body, SmsStatus: 'received' }
}

/** How each provider reports back, of the telephone 15400000001. */
export const outsides: Readonly<Record<ProviderName, Outside>> = {
  aliyun: {
    receipt: (id, arrived) => pushed([{ biz_id: id, success: arrived, phone_number: refused }]),
    reply: (text) => pushed(aliyunReply(text)),
    forged: () => pushed(aliyunReply('退订'), 'guessed'),
  },
  tencent: {
    receipt: (sid, arrived) =>
      pushed([{ sid, report_status: arrived ? 'SUCCESS' : 'FAIL', errmsg: 'DELIVRD' }]),
    reply: (text) => pushed(tencentReply(text)),
    forged: () => pushed(tencentReply('退订'), 'guessed'),
  },
  twilio: {
    receipt: (MessageSid, arrived) =>
      twilioForm({ MessageSid, MessageStatus: arrived ? 'delivered' : 'undelivered' }),
    reply: (text) => twilioForm(twilioReply(text)),
    forged: () => twilioForm(twilioReply('退订'), 'guessed'),
  },
}
