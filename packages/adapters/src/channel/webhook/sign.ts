import { createHmac, timingSafeEqual } from 'node:crypto'
import { refuse } from '@hospital-crm/core'

/** The three headers of Standard Webhooks. */
export interface WebhookHeaders {
  readonly 'webhook-id': string
  /** Seconds since 1970. */
  readonly 'webhook-timestamp': string
  /** One `v1,…` for each secret, so that a secret can be replaced while both are known. */
  readonly 'webhook-signature': string
}

const keyOf = (secret: string): Buffer => {
  const key = Buffer.from(secret.replace(/^whsec_/, ''), 'base64')
  if (key.length < 24 || key.length > 64) refuse('webhook.bad-secret', { bytes: key.length })
  return key
}

/** Secrets as keys. Each is `whsec_` and 24 to 64 bytes as base64; refuses others, and none (`webhook.bad-secret`). */
export const keysOf = (secrets: readonly string[]): readonly Buffer[] =>
  secrets.length === 0 ? refuse('webhook.bad-secret', { bytes: 0 }) : secrets.map(keyOf)

const signature = (key: Buffer, id: string, timestamp: string, body: string | Uint8Array) =>
  createHmac('sha256', key).update(`${id}.${timestamp}.`, 'utf8').update(body).digest()

/** Signs a body by Standard Webhooks: HMAC-SHA256 over id, timestamp and body, once for each secret. */
export const signWebhook = (
  { id, at, body }: { readonly id: string; readonly at: Date; readonly body: string | Uint8Array },
  secrets: readonly string[],
): WebhookHeaders => {
  const timestamp = String(Math.floor(at.getTime() / 1000))
  const signatures = keysOf(secrets).map(
    (key) => `v1,${signature(key, id, timestamp, body).toString('base64')}`,
  )
  return {
    'webhook-id': id,
    'webhook-timestamp': timestamp,
    'webhook-signature': signatures.join(' '),
  }
}

export interface VerifyOptions {
  /** The secrets that the sender may have signed with. */
  readonly secrets: readonly string[]
  readonly now?: Date
  /** How many seconds the stamp may lie off in either direction; 300 unless told. */
  readonly tolerance?: number
}

/**
 * The id and time of a webhook that was signed with one of the secrets over exactly this body. Refuses
 * headers that are absent or malformed (`webhook.bad-headers`), a stamp too old or in the future
 * (`webhook.bad-time`) and a signature that does not hold (`webhook.bad-signature`). Inside the tolerance
 * the same request can come again: keep the ids.
 */
export const verifyWebhook = (
  headers: Headers,
  body: string | Uint8Array,
  { secrets, now = new Date(), tolerance = 300 }: VerifyOptions,
): { readonly id: string; readonly at: Date } => {
  const keys = keysOf(secrets)
  const id = headers.get('webhook-id') ?? ''
  const timestamp = headers.get('webhook-timestamp') ?? ''
  const given = headers.get('webhook-signature') ?? ''
  if (id === '' || given === '' || !/^\d{1,11}$/.test(timestamp)) refuse('webhook.bad-headers')
  const at = new Date(Number(timestamp) * 1000)
  if (!(Math.abs(now.getTime() - at.getTime()) <= tolerance * 1000)) refuse('webhook.bad-time')
  const signatures = given
    .split(' ')
    .filter((each) => each.startsWith('v1,'))
    .map((each) => Buffer.from(each.slice(3), 'base64'))
  const holds = keys.some((key) => {
    const own = signature(key, id, timestamp, body)
    return signatures.some((each) => each.length === own.length && timingSafeEqual(each, own))
  })
  return holds ? { id, at } : refuse('webhook.bad-signature')
}
