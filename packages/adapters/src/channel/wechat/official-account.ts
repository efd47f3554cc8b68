import type { Channel, OutgoingMessage } from '@hospital-crm/core'
import type { ExchangeOptions } from '../exchange.ts'
import { type Attempt, type LaneOptions, outsideKey, sendInLanes } from '../lanes.ts'
import { wechatApi } from './api.ts'
import { type ReceiveOptions, receiver } from './receive.ts'

export interface OfficialAccountOptions extends LaneOptions, ExchangeOptions, ReceiveOptions {
  readonly appId: string
  readonly secret: string
  /** The template, its values, and the page it leads to, for a message; without one it is `rejected`. */
  readonly template: (message: OutgoingMessage) =>
    | {
        readonly id: string
        readonly data: Readonly<Record<string, string>>
        readonly url?: string
        readonly miniProgram?: { readonly appId: string; readonly page: string }
      }
    | undefined
  /** The name by which preferences and messages choose it; `wechat` unless told. */
  readonly name?: string
  /** `https://api.weixin.qq.com` unless told. */
  readonly endpoint?: string
}

/** No later attempt changes these: no such follower, who does not follow or refuses, or words that may not be. */
const hopeless = new Set([40003, 43004, 43019, 43101, 45168, 47001, 47003, 50005])

const outcomeOf = (errcode: number, providerId: unknown): Attempt => {
  if (errcode === 0) {
    return { outcome: 'sent', ...(providerId !== undefined && { providerId: String(providerId) }) }
  }
  const outcome = hopeless.has(errcode) ? 'rejected' : 'try-later'
  return { outcome, code: String(errcode) }
}

/**
 * Template messages of a WeChat official account to its followers; an address is an openid. Our key goes
 * as `client_msg_id`, under which WeChat drops a second copy for ten minutes. The token is the stable
 * one, so several processes do not take it from each other. With `callback` it hears what became of a
 * message, what a follower writes, and that one follows no more, which counts as an answer that says stop.
 */
export const wechatChannel = ({
  appId,
  secret,
  template,
  name = 'wechat',
  endpoint = 'https://api.weixin.qq.com',
  ...options
}: OfficialAccountOptions): Required<Channel> => {
  const body = { grant_type: 'client_credential', appid: appId, secret }
  const grant = { path: '/cgi-bin/stable_token', body }
  const path = '/cgi-bin/message/template/send'
  const call = wechatApi({ origin: endpoint, grant, path }, options)

  const send = async (message: OutgoingMessage): Promise<Attempt> => {
    const words = template(message)
    if (!words) return { outcome: 'rejected', code: 'no-template' }
    const { id, data, url, miniProgram } = words
    const values = Object.entries(data).map(([field, value]) => [field, { value }])
    const said = await call({
      touser: message.to,
      template_id: id,
      client_msg_id: outsideKey(message),
      data: Object.fromEntries(values),
      ...(url !== undefined && { url }),
      ...(miniProgram && {
        miniprogram: { appid: miniProgram.appId, pagepath: miniProgram.page },
      }),
    })
    return 'answer' in said ? outcomeOf(said.answer.errcode, said.answer.msgid) : said
  }
  return {
    name,
    send: sendInLanes(name, () => ({ send }), options),
    receive: receiver(appId, 'success', options),
  }
}
