import type { Channel } from '@hospital-crm/core'
import { type ExchangeOptions, exchange } from '../exchange.ts'
import { type LaneOptions, outsideKey, sendInLanes } from '../lanes.ts'
import { type Heard, type Received, saysStop } from './heard.ts'
import { mobileNumber } from './number.ts'
import type { Saying, SmsProvider } from './provider.ts'
import { segmentsOf } from './segments.ts'

export { type AliyunOptions, aliyunSms } from './aliyun/index.ts'
export { type Patients, withdrawConsent } from './consent.ts'
export type { Heard, Received } from './heard.ts'
export type { Saying, Sms, SmsProvider, Told } from './provider.ts'
export { type Segments, segmentsOf } from './segments.ts'
export { type TencentOptions, tencentSms } from './tencent/index.ts'
export { type TwilioOptions, twilioSms } from './twilio/index.ts'

export interface SmsChannelOptions extends LaneOptions, ExchangeOptions {
  readonly provider: SmsProvider
  /** The name by which preferences and messages choose it; `sms` unless told. */
  readonly name?: string
  /** The calling code of numbers that name no country; `86` unless told. */
  readonly country?: string
  /** The most segments a message may be cut into; 8 unless told. A longer one is `rejected`. */
  readonly segments?: number
  /** The address under which the provider knows `receive`, where a proxy changes it; the request's own unless told. */
  readonly receiveUrl?: string
  /** Answers that withdraw consent beside the usual ones. */
  readonly stopWords?: readonly string[]
}

export interface SmsChannel extends Channel {
  /**
   * Takes what the provider posts: receipts and answers. 403 for whom it cannot trust, 400 for what it
   * cannot read, 413 beyond a megabyte; then nothing was heard. Nothing is remembered here: the same may come again, under the same key.
   */
  receive(request: Request): Promise<Received>
}

const longestPush = 1_048_576

const bodyOf = async (request: Request): Promise<string | undefined> => {
  const chunks: Uint8Array[] = []
  let length = 0
  for await (const chunk of request.body ?? []) {
    length += chunk.length
    if (length > longestPush) return undefined
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString('utf8')
}

const nothing = (status: number): Received => ({
  heard: [],
  response: new Response(null, { status }),
})

/**
 * Text messages by a provider. A number that can take none and a text beyond `segments` are `rejected`
 * here; a request whose answer was lost is `unknown`. What goes wrong is logged by code, never by number.
 */
export const smsChannel = ({
  provider,
  name = 'sms',
  country = '86',
  segments = 8,
  receiveUrl,
  stopWords,
  ...options
}: SmsChannelOptions): SmsChannel => {
  const send = async (message: Parameters<Channel['send']>[0][number]) => {
    const number = mobileNumber(message.to, country)
    if (number === undefined) return { outcome: 'rejected', code: 'no-mobile-number' } as const
    if (segmentsOf(message.text).segments > segments) {
      return { outcome: 'rejected', code: 'too-long' } as const
    }
    const sms = { ...message, number, key: outsideKey(message) }
    const request = provider.request(sms, new Date())
    if (!request) return { outcome: 'rejected', code: 'no-template' } as const
    const answer = await exchange(request, options)
    if (answer === 'unreached') return { outcome: 'try-later', code: answer } as const
    if (answer === 'lost') return { outcome: 'unknown', code: answer } as const
    return provider.read(answer.status, answer.text)
  }

  const told = (saying: Saying): Heard =>
    saying.type === 'receipt' ? saying : { ...saying, stop: saysStop(saying.text, stopWords) }

  return {
    name,
    send: sendInLanes(name, () => ({ send }), options),
    receive: async (request) => {
      const body = await bodyOf(request)
      if (body === undefined) return nothing(413)
      const said = { url: receiveUrl ?? request.url, headers: request.headers, body }
      if (!provider.authentic(said)) return nothing(403)
      try {
        const heard = provider.hear(said).map(told)
        const { type, body: thanks } = provider.thanks
        return { heard, response: new Response(thanks, { headers: { 'content-type': type } }) }
      } catch {
        return nothing(400)
      }
    },
  }
}
