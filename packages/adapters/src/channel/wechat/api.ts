import * as z from 'zod'
import { type ExchangeOptions, exchange } from '../exchange.ts'
import type { Attempt } from '../lanes.ts'
import { type Grant, keptToken } from './token.ts'

const Granted = z.object({ access_token: z.string().min(1), expires_in: z.number() })
const Answer = z.looseObject({ errcode: z.number().default(0) })
export type Answer = z.infer<typeof Answer>

/** What WeChat answered with; or, when nothing came that can be read, how the attempt ended. */
type Said = { readonly answer: Answer } | Attempt

/** The token is wrong, not known or over: worth one more attempt with another. */
const staleToken = new Set([40001, 40014, 42001])

const json = { 'content-type': 'application/json' }

const readable = (text: string): Answer | undefined => {
  try {
    // Ids of messages have more digits than a number holds.
    return Answer.safeParse(JSON.parse(text.replace(/("msgid"\s*:\s*)(\d+)/, '$1"$2"'))).data
  } catch {
    return undefined
  }
}

export interface WechatApi {
  readonly origin: string
  /** Where a token is had, by posting `body` where there is one. */
  readonly grant: { readonly path: string; readonly body?: Readonly<Record<string, unknown>> }
  /** Where messages are posted. */
  readonly path: string
}

/**
 * Posts messages under an access token. A token that WeChat no longer takes is asked for anew once. Tokens
 * and secrets stand in addresses and bodies only; what is answered holds codes.
 */
export const wechatApi = ({ origin, grant, path }: WechatApi, options: ExchangeOptions) => {
  const asked = async (): Promise<Grant> => {
    const url = new URL(grant.path, origin).href
    const request = grant.body && { headers: json, body: JSON.stringify(grant.body) }
    const answered = await exchange({ url, ...request }, options)
    if (typeof answered === 'string') return { code: `token-${answered}` }
    const answer = readable(answered.text)
    const { access_token: token, expires_in: seconds } = Granted.safeParse(answer).data ?? {}
    if (token !== undefined && seconds !== undefined) return { token, seconds }
    return { code: `token-${answer?.errcode || `http-${answered.status}`}` }
  }
  const tokens = keptToken(asked)

  const send = async (message: unknown, again: boolean): Promise<Said> => {
    const grant = await tokens.get()
    if (!('token' in grant)) return { outcome: 'try-later', code: grant.code }
    const url = new URL(path, origin)
    url.searchParams.set('access_token', grant.token)
    const body = JSON.stringify(message)
    const answered = await exchange({ url: url.href, headers: json, body }, options)
    if (answered === 'unreached') return { outcome: 'try-later', code: answered }
    if (answered === 'lost') return { outcome: 'unknown', code: answered }
    const answer = readable(answered.text)
    if (!answer) return { outcome: 'unknown', code: `http-${answered.status}` }
    if (!staleToken.has(answer.errcode)) return { answer }
    tokens.drop(grant.token)
    return again ? send(message, false) : { outcome: 'try-later', code: String(answer.errcode) }
  }
  return (message: unknown) => send(message, true)
}
