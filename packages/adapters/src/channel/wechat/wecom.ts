import type { Channel, OutgoingMessage } from '@hospital-crm/core'
import type { ExchangeOptions } from '../exchange.ts'
import { type Attempt, type LaneOptions, sendInLanes } from '../lanes.ts'
import { type Answer, wechatApi } from './api.ts'
import { type ReceiveOptions, receiver } from './receive.ts'

export interface WecomOptions extends LaneOptions, ExchangeOptions, ReceiveOptions {
  readonly corpId: string
  readonly secret: string
  /** The number of the application that sends. */
  readonly agentId: number
  /** The name by which preferences and messages choose it; `wecom` unless told. */
  readonly name?: string
  /** `https://qyapi.weixin.qq.com` unless told. */
  readonly endpoint?: string
}

/** Seconds within which WeCom drops the same text to the same member: beyond the first three retries. */
const sameTextWithin = 3600

/** WeCom cuts a longer text off, which would be another message. */
const longestText = 2048

/** No later attempt changes these: no such member, none that may see the application, or no text. */
const hopeless = new Set([40003, 40031, 44004, 46004, 81013])

const outcomeOf = ({ errcode, invaliduser, unlicenseduser, msgid }: Answer): Attempt => {
  if (errcode !== 0) {
    const outcome = hopeless.has(errcode) ? 'rejected' : 'try-later'
    return { outcome, code: String(errcode) }
  }
  if (invaliduser) return { outcome: 'rejected', code: 'invalid-user' }
  if (unlicenseduser) return { outcome: 'try-later', code: 'unlicensed-user' }
  return { outcome: 'sent', ...(typeof msgid === 'string' && { providerId: msgid }) }
}

/** One member: `|` would be several, `@all` the whole hospital. */
const isMember = (to: string) => /^[A-Za-z0-9][\w.@-]{0,63}$/.test(to)

/**
 * Text messages of a WeCom application to the hospital's own staff; an address is a member's id. WeCom takes
 * no key of ours but drops the same text to the same member within an hour, so a repetition after an
 * `unknown` arrives once; a text over 2048 bytes is `rejected`, as WeCom would cut it. With `callback` it hears
 * what members answer; WeCom tells of no text message what became of it.
 */
export const wecomChannel = ({
  corpId,
  secret,
  agentId,
  name = 'wecom',
  endpoint = 'https://qyapi.weixin.qq.com',
  ...options
}: WecomOptions): Required<Channel> => {
  const query = new URLSearchParams({ corpid: corpId, corpsecret: secret })
  const grant = { path: `/cgi-bin/gettoken?${query}` }
  const path = '/cgi-bin/message/send'
  const call = wechatApi({ origin: endpoint, grant, path }, options)

  const send = async ({ to, text }: OutgoingMessage): Promise<Attempt> => {
    if (!isMember(to)) return { outcome: 'rejected', code: 'no-member' }
    if (Buffer.byteLength(text) > longestText) return { outcome: 'rejected', code: 'too-long' }
    const said = await call({
      touser: to,
      msgtype: 'text',
      agentid: agentId,
      text: { content: text },
      safe: 0,
      enable_duplicate_check: 1,
      duplicate_check_interval: sameTextWithin,
    })
    return 'answer' in said ? outcomeOf(said.answer) : said
  }
  return {
    name,
    send: sendInLanes(name, () => ({ send }), options),
    receive: receiver(corpId, '', options),
  }
}
