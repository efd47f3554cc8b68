import * as z from 'zod'
import { digest } from '../../digest.ts'
import type { Attempt } from '../../lanes.ts'
import { hasToken } from '../../token.ts'
import type { Saying, Sms, SmsProvider } from '../provider.ts'
import { signTc3 } from './sign.ts'

export interface TencentOptions {
  readonly secretId: string
  readonly secretKey: string
  /** The application's id (SmsSdkAppId). */
  readonly appId: string
  /** The approved signature (签名), without its brackets. */
  readonly signName: string
  /** The approved template and its values, in order, for a message; without one the message is `rejected`. */
  readonly template: (
    sms: Sms,
  ) => { readonly id: string; readonly params: readonly string[] } | undefined
  /** What the URL of the callback must have as its `token`; Tencent Cloud signs no callback. */
  readonly pushToken?: string
  /** `ap-guangzhou` unless told. */
  readonly region?: string
  /** `https://sms.tencentcloudapi.com` unless told. */
  readonly endpoint?: string
}

/** No later attempt changes these: they are about the number or the words. */
const hopeless = new Set([
  'FailedOperation.ContainSensitiveWord',
  'FailedOperation.PhoneNumberInBlacklist',
  'InvalidParameterValue.ContentLengthLimit',
  'InvalidParameterValue.IncorrectPhoneNumber',
  'InvalidParameterValue.ProhibitedUseUrlInTemplateParameter',
  'InvalidParameterValue.TemplateParameterFormatError',
  'InvalidParameterValue.TemplateParameterLengthLimit',
  'UnsupportedOperation.UnsupportedRegion',
])

/** Behind these the message may have gone on. */
const unclear = /^InternalError($|\.(Timeout|SendAndRecvFail|OtherError)$)/

const Failure = z.object({ Response: z.object({ Error: z.object({ Code: z.string() }) }) })
const Answer = z.object({
  Response: z.object({
    SendStatusSet: z.tuple([z.object({ Code: z.string(), SerialNo: z.string().optional() })]),
  }),
})

const Reports = z.array(
  z.object({ sid: z.string(), report_status: z.string(), errmsg: z.string().optional() }),
)
const Reply = z.object({
  nationcode: z.string(),
  mobile: z.string(),
  text: z.string(),
  time: z.number(),
  extend: z.string().optional(),
})

const heard = (told: unknown): Saying[] => {
  if (!Array.isArray(told)) {
    const { nationcode, mobile, text, time, extend = '' } = Reply.parse(told)
    const key = digest(JSON.stringify([nationcode, mobile, time, extend, text]))
    return [{ type: 'reply', key: `tencent:${key}`, from: `+${nationcode}${mobile}`, text }]
  }
  return Reports.parse(told).map(({ sid, report_status: status, errmsg: code }) => ({
    type: 'receipt',
    key: `tencent:${sid}:${code ?? status}`,
    providerId: sid,
    arrived: status === 'SUCCESS',
    ...(code !== undefined && { code }),
  }))
}

const failed = (code: string): Attempt => {
  if (unclear.test(code)) return { outcome: 'unknown', code }
  return { outcome: hopeless.has(code) ? 'rejected' : 'try-later', code }
}

const read = (status: number, body: string): Attempt => {
  try {
    const json: unknown = JSON.parse(body)
    const failure = Failure.safeParse(json).data
    if (failure) return failed(failure.Response.Error.Code)
    const [{ Code: code, SerialNo: providerId }] = Answer.parse(json).Response.SendStatusSet
    if (code !== 'Ok') return failed(code)
    return { outcome: 'sent', ...(providerId && { providerId }) }
  } catch {
    return { outcome: 'unknown', code: `http-${status}` }
  }
}

/**
 * Short messages by Tencent Cloud (`SendSms` of 2021-01-11). Our key goes as `SessionContext`, which comes
 * back with the answer but keeps nothing from being sent twice: after an `unknown` a second one is possible.
 */
export const tencentSms = ({
  secretId,
  secretKey,
  appId,
  signName,
  template,
  pushToken,
  region = 'ap-guangzhou',
  endpoint = 'https://sms.tencentcloudapi.com',
}: TencentOptions): SmsProvider => ({
  request: (sms, at) => {
    const words = template(sms)
    if (!words) return undefined
    const url = new URL('/', endpoint)
    const body = JSON.stringify({
      PhoneNumberSet: [sms.number],
      SmsSdkAppId: appId,
      SignName: signName,
      TemplateId: words.id,
      TemplateParamSet: words.params,
      SessionContext: sms.key,
    })
    const timestamp = Math.floor(at.getTime() / 1000)
    const type = 'application/json; charset=utf-8'
    const signed = { 'content-type': type, host: url.host, 'x-tc-action': 'SendSms' }
    const request = { service: 'sms', headers: signed, body, timestamp }
    const headers = {
      authorization: signTc3(request, { secretId, secretKey }),
      'content-type': type,
      'x-tc-action': 'SendSms',
      'x-tc-region': region,
      'x-tc-timestamp': String(timestamp),
      'x-tc-version': '2021-01-11',
    }
    return { url: url.href, headers, body }
  },
  read,
  authentic: ({ url }) => hasToken(url, pushToken),
  hear: ({ body }) => heard(JSON.parse(body)),
  thanks: { type: 'application/json', body: '{"result":0,"errmsg":"OK"}' },
})
