import { createHash, randomUUID } from 'node:crypto'
import * as z from 'zod'
import { digest } from '../../digest.ts'
import type { Attempt } from '../../lanes.ts'
import { hasToken } from '../../token.ts'
import type { Saying, Sms, SmsProvider } from '../provider.ts'
import { canonicalQuery, signAcs3 } from './sign.ts'

export interface AliyunOptions {
  readonly accessKeyId: string
  readonly accessKeySecret: string
  /** The approved signature (签名), without its brackets. */
  readonly signName: string
  /** The approved template and its values for a message; without one the message is `rejected`. */
  readonly template: (
    sms: Sms,
  ) => { readonly code: string; readonly params: Readonly<Record<string, string>> } | undefined
  /** What the URL of the HTTP push must have as its `token`; Alibaba Cloud signs no push. */
  readonly pushToken?: string
  /** `https://dysmsapi.aliyuncs.com` unless told. */
  readonly endpoint?: string
}

/** No later attempt changes these: they are about the number or the words. */
const hopeless = new Set([
  'isv.MOBILE_NUMBER_ILLEGAL',
  'isv.BLACK_KEY_CONTROL_LIMIT',
  'isv.SMS_CONTENT_ILLEGAL',
  'isv.PARAM_LENGTH_LIMIT',
  'isv.PARAM_NOT_SUPPORT_URL',
  'isv.TEMPLATE_MISSING_PARAMETERS',
  'isv.TEMPLATE_PARAMS_ILLEGAL',
  'isv.INVALID_JSON_PARAM',
  'isv.DOMESTIC_NUMBER_NOT_SUPPORTED',
])

/** Behind these the message may have gone on. */
const unclear = new Set(['isp.SYSTEM_ERROR', 'InternalError'])

const Answer = z.object({ Code: z.string(), BizId: z.string().optional() })

const Report = z.object({
  biz_id: z.string(),
  success: z.boolean(),
  err_code: z.string().optional(),
})
const Reply = z.object({
  phone_number: z.string(),
  content: z.string(),
  send_time: z.string().optional(),
  sequence_id: z.union([z.string(), z.number()]).optional(),
})
const Push = z.array(z.union([Report, Reply]))

const heard = (item: z.infer<typeof Push>[number]): Saying => {
  if ('biz_id' in item) {
    const { biz_id: providerId, success: arrived, err_code: code } = item
    const key = `aliyun:${providerId}:${code ?? arrived}`
    return { type: 'receipt', key, providerId, arrived, ...(code !== undefined && { code }) }
  }
  const { phone_number: number, content: text, send_time: at = '', sequence_id: id } = item
  const key = `aliyun:${id ?? digest(JSON.stringify([number, at, text]))}`
  return { type: 'reply', key, from: number, text }
}

const read = (status: number, body: string): Attempt => {
  const answer = Answer.safeParse(parsed(body)).data
  if (!answer) return { outcome: 'unknown', code: `http-${status}` }
  const { Code: code, BizId: providerId } = answer
  if (code === 'OK') {
    return { outcome: 'sent', ...(providerId !== undefined && { providerId }) }
  }
  if (unclear.has(code)) return { outcome: 'unknown', code }
  // Whatever else it says (no money, too many, a signature not approved) can be put right outside.
  return { outcome: hopeless.has(code) ? 'rejected' : 'try-later', code }
}

const parsed = (body: string): unknown => {
  try {
    return JSON.parse(body)
  } catch {
    return undefined
  }
}

/**
 * Short messages by Alibaba Cloud (`SendSms` of 2017-05-25). Our key goes as `OutId`, which comes back in
 * receipts but keeps nothing from being sent twice: after an `unknown` a second message is possible.
 */
export const aliyunSms = ({
  accessKeyId,
  accessKeySecret,
  signName,
  template,
  pushToken,
  endpoint = 'https://dysmsapi.aliyuncs.com',
}: AliyunOptions): SmsProvider => ({
  request: (sms, at) => {
    const words = template(sms)
    if (!words) return undefined
    const url = new URL('/', endpoint)
    const query = {
      OutId: sms.key,
      PhoneNumbers: sms.number.replace(/^\+(86)?/, ''),
      SignName: signName,
      TemplateCode: words.code,
      TemplateParam: JSON.stringify(words.params),
    }
    const headers = {
      host: url.host,
      'x-acs-action': 'SendSms',
      'x-acs-content-sha256': createHash('sha256').update('').digest('hex'),
      'x-acs-date': at.toISOString().replace(/\.\d+Z$/, 'Z'),
      'x-acs-signature-nonce': randomUUID(),
      'x-acs-version': '2017-05-25',
    }
    const request = { method: 'POST', path: '/', query, headers }
    const authorization = signAcs3(request, { accessKeyId, accessKeySecret })
    url.search = canonicalQuery(query)
    const { host: _, ...sent } = headers
    return { url: url.href, headers: { ...sent, authorization }, body: '' }
  },
  read,
  authentic: ({ url }) => hasToken(url, pushToken),
  hear: ({ body }) => Push.parse(JSON.parse(body)).map(heard),
  thanks: { type: 'application/json', body: '{"code":0,"msg":"OK"}' },
})
