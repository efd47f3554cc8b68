import type { Channel, OutgoingMessage } from '@hospital-crm/core'
import { type Attempt, type LaneOptions, outsideKey, sendInLanes } from '../lanes.ts'
import { type DestinationOptions, destinationOf } from './destination.ts'
import { type PinnedPostOptions, pinnedPost } from './pinned-post.ts'
import { keysOf, signWebhook } from './sign.ts'

export type { Address, DestinationOptions } from './destination.ts'
export {
  signWebhook,
  type VerifyOptions,
  verifyWebhook,
  type WebhookHeaders,
} from './sign.ts'

export interface WebhookChannelOptions extends LaneOptions, DestinationOptions, PinnedPostOptions {
  /** What receivers check signatures with, each `whsec_` and 24 to 64 bytes as base64: the new one and, while it is being replaced, the old. */
  readonly secrets: readonly string[]
  /** The receiver of a message; its address unless told. */
  readonly url?: (message: OutgoingMessage) => string
  /** What stands in the body beside `type` and `timestamp`; id, address, subject and text unless told. */
  readonly data?: (message: OutgoingMessage) => unknown
  /** The name by which preferences and messages choose it; `webhook` unless told. */
  readonly name?: string
}

const longestBody = 262_144

const outcomeOf = (posted: Awaited<ReturnType<typeof pinnedPost>>): Attempt => {
  if (posted === 'unreached') return { outcome: 'try-later', code: posted }
  if (posted === 'lost') return { outcome: 'unknown', code: posted }
  if (posted >= 200 && posted < 300) return { outcome: 'sent' }
  // Standard Webhooks: 410 alone says that nothing should ever come again.
  return { outcome: posted === 410 ? 'rejected' : 'try-later', code: `http-${posted}` }
}

/**
 * Messages as Standard Webhooks: `{ type: 'message', timestamp, data }` by POST, signed, under one
 * `webhook-id` over every attempt. A receiver outside the public internet that is not in `allow` is never
 * connected: the message is `rejected`. Refuses secrets of another form (`webhook.bad-secret`).
 */
export const webhookChannel = ({
  secrets,
  url = ({ to }) => to,
  data = ({ id, to, subject, text }) => ({
    id,
    to,
    ...(subject !== undefined && { subject }),
    text,
  }),
  name = 'webhook',
  ...options
}: WebhookChannelOptions): Channel => {
  keysOf(secrets)
  const send = async (message: OutgoingMessage): Promise<Attempt> => {
    const at = new Date()
    const content = { type: 'message', timestamp: at.toISOString(), data: data(message) }
    const body = JSON.stringify(content)
    if (Buffer.byteLength(body) > longestBody) return { outcome: 'rejected', code: 'too-long' }
    const destination = await destinationOf(url(message), options)
    if (destination === 'forbidden') return { outcome: 'rejected', code: destination }
    if (destination === 'unresolved') return { outcome: 'try-later', code: destination }
    const signed = signWebhook({ id: `msg_${outsideKey(message)}`, at, body }, secrets)
    const headers = { 'content-type': 'application/json', ...signed }
    return outcomeOf(await pinnedPost(destination, { headers, body }, options))
  }
  return { name, send: sendInLanes(name, () => ({ send }), options) }
}
