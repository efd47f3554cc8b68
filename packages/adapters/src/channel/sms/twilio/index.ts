import * as z from 'zod'
import type { Attempt } from '../../lanes.ts'
import { sameSecret } from '../../token.ts'
import type { Saying, SmsProvider } from '../provider.ts'
import { signTwilioForm } from './sign.ts'

export interface TwilioOptions {
  readonly accountSid: string
  /** Signs what Twilio posts to us, and authenticates us unless there is an `apiKey`. */
  readonly authToken: string
  readonly apiKey?: { readonly sid: string; readonly secret: string }
  /** A number as E.164, or the id of a messaging service (`MG…`). */
  readonly from: string
  /** Where Twilio is to post receipts. */
  readonly statusCallback?: string
  /** `https://api.twilio.com` unless told. */
  readonly endpoint?: string
}

/** No later attempt changes these: they are about the number (not valid, no mobile, opted out, no route) or the words. */
const hopeless = new Set([
  21211, 21214, 21217, 21401, 21407, 21408, 21421, 21601, 21602, 21604, 21610, 21612, 21614, 21617,
])

const Accepted = z.object({ sid: z.string() })
const Failure = z.object({ code: z.number() })

const read = (status: number, body: string): Attempt => {
  // What failed inside Twilio may have been accepted before.
  if (status >= 500) return { outcome: 'unknown', code: `http-${status}` }
  try {
    const json: unknown = JSON.parse(body)
    if (status < 300) return { outcome: 'sent', providerId: Accepted.parse(json).sid }
    const { code } = Failure.parse(json)
    return { outcome: hopeless.has(code) ? 'rejected' : 'try-later', code: String(code) }
  } catch {
    const known = status >= 400 ? 'try-later' : 'unknown'
    return { outcome: known, code: `http-${status}` }
  }
}

const ends: Readonly<Record<string, boolean>> = {
  delivered: true,
  read: true,
  undelivered: false,
  failed: false,
}

const Form = z.union([
  z.object({
    MessageSid: z.string(),
    MessageStatus: z.string(),
    ErrorCode: z.string().optional(),
  }),
  z.object({ MessageSid: z.string(), From: z.string(), Body: z.string() }),
])

const heard = (body: string): Saying => {
  const told = Form.parse(Object.fromEntries(new URLSearchParams(body)))
  const { MessageSid: providerId } = told
  if ('From' in told) {
    return { type: 'reply', key: `twilio:${providerId}`, from: told.From, text: told.Body }
  }
  const { MessageStatus: status, ErrorCode: error } = told
  const arrived = Object.hasOwn(ends, status) ? ends[status] : undefined
  const code = error === undefined ? status : `${status}-${error}`
  const key = `twilio:${providerId}:${status}`
  return { type: 'receipt', key, providerId, code, ...(arrived !== undefined && { arrived }) }
}

/**
 * Short messages by Twilio (Messages resource of 2010-04-01). Twilio takes no key of ours, so after an
 * `unknown` a second message is possible.
 */
export const twilioSms = ({
  accountSid,
  authToken,
  apiKey = { sid: accountSid, secret: authToken },
  from,
  statusCallback,
  endpoint = 'https://api.twilio.com',
}: TwilioOptions): SmsProvider => ({
  request: ({ number, text }) => {
    const path = `/2010-04-01/Accounts/${encodeURIComponent(accountSid)}/Messages.json`
    const body = new URLSearchParams({
      To: number,
      [from.startsWith('MG') ? 'MessagingServiceSid' : 'From']: from,
      Body: text,
      ...(statusCallback !== undefined && { StatusCallback: statusCallback }),
    })
    const basic = Buffer.from(`${apiKey.sid}:${apiKey.secret}`, 'utf8').toString('base64')
    const headers = {
      authorization: `Basic ${basic}`,
      'content-type': 'application/x-www-form-urlencoded',
    }
    return { url: new URL(path, endpoint).href, headers, body: body.toString() }
  },
  read,
  authentic: ({ url, headers, body }) => {
    const expected = signTwilioForm(url, new URLSearchParams(body), authToken)
    return authToken !== '' && sameSecret(headers.get('x-twilio-signature'), expected)
  },
  hear: ({ body }) => [heard(body)],
  thanks: { type: 'text/xml', body: '<Response></Response>' },
})
