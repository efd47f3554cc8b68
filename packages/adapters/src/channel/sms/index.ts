import { type Channel, type Heard, refuse } from '@hospital-crm/core'
import { type ExchangeOptions, exchange } from '../exchange.ts'
import { type LaneOptions, outsideKey, sendInLanes } from '../lanes.ts'
import { saysStop } from '../stop-words.ts'
import { answered, readable, toldBy } from '../told.ts'
import { mobileNumber } from './number.ts'
import type { Saying, SmsProvider } from './provider.ts'
import { segmentsOf } from './segments.ts'

export type { Told } from '../told.ts'
export { type AliyunOptions, aliyunSms } from './aliyun/index.ts'
export type { Saying, Sms, SmsProvider } from './provider.ts'
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

/** A number in the forms in which records may hold it: E.164, and without the country's code. */
const forms = (number: string, country: string) => {
  const whole = mobileNumber(number, country) ?? number
  return [...new Set([whole, whole.replace(`+${country}`, '')])]
}

/**
 * Text messages by a provider. A number that can take none and a text beyond `segments` are `rejected`
 * here; a request whose answer was lost is `unknown`. What goes wrong is logged by code, never by number. It
 * receives what the provider posts.
 */
export const smsChannel = ({
  provider,
  name = 'sms',
  country = '86',
  segments = 8,
  receiveUrl,
  stopWords,
  ...options
}: SmsChannelOptions): Required<Channel> => {
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
    saying.type === 'receipt'
      ? saying
      : {
          ...saying,
          from: forms(saying.from, country),
          stop: saysStop(saying.text, stopWords),
        }

  return {
    name,
    send: sendInLanes(name, () => ({ send }), options),
    receive: async (request) => {
      const said = await toldBy(request, receiveUrl)
      if (!provider.authentic(said)) return refuse('channel.not-authentic')
      const heard = await readable(() => provider.hear(said).map(told))
      return answered(heard, provider.thanks.body, provider.thanks.type)
    },
  }
}
