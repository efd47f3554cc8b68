import { createHmac } from 'node:crypto'

/**
 * The `X-Twilio-Signature` of a form that Twilio posts: HMAC-SHA1 over the whole address and every field,
 * sorted by name, its values sorted and each taken once (Twilio, “Webhooks security”).
 */
export const signTwilioForm = (url: string, form: URLSearchParams, authToken: string): string => {
  const names = [...new Set(form.keys())].sort()
  const fields = names.flatMap((name) =>
    [...new Set(form.getAll(name))].sort().map((value) => name + value),
  )
  return createHmac('sha1', authToken)
    .update([url, ...fields].join(''), 'utf8')
    .digest('base64')
}
