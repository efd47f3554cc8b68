import type { Channel, OutgoingMessage } from '@hospital-crm/core'
import { type Attempt, type LaneOptions, outsideKey, sendInLanes } from '../lanes.ts'
import { type DestinationOptions, destinationOf } from './destination.ts'
import { type PinnedPostOptions, pinnedPost } from './pinned-post.ts'
import { hearingOf } from './receive.ts'
import { keysOf, signWebhook } from './sign.ts'

export type { Address, DestinationOptions } from './destination.ts'
export {
  signWebhook,
  type VerifyOptions,
  verifyWebhook,
  type WebhookHeaders,
} from './sign.ts'

export interface SignedChannelOptions extends LaneOptions, DestinationOptions, PinnedPostOptions {
  /** What receivers check signatures with, each `whsec_` and 24 to 64 bytes as base64: the new one and, while it is being replaced, the old. */
  readonly secrets: readonly string[]
  /** The name by which preferences, messages and subscriptions choose it. */
  readonly name?: string
}

export interface WebhookChannelOptions extends SignedChannelOptions {
  /** The receiver of a message; its address unless told. */
  readonly url?: (message: OutgoingMessage) => string
  /** What stands in the body beside `type` and `timestamp`; id, address, subject and text unless told. */
  readonly data?: (message: OutgoingMessage) => unknown
  /** Answers that withdraw consent beside the usual ones. */
  readonly stopWords?: readonly string[]
}

const longestBody = 262_144

const outcomeOf = (id: string, posted: Awaited<ReturnType<typeof pinnedPost>>): Attempt => {
  if (posted === 'unreached') return { outcome: 'try-later', code: posted }
  if (posted === 'lost') return { outcome: 'unknown', code: posted }
  if (posted >= 200 && posted < 300) return { outcome: 'sent', providerId: id }
  // Standard Webhooks: 410 alone says that nothing should ever come again.
  return { outcome: posted === 410 ? 'rejected' : 'try-later', code: `http-${posted}` }
}

/** What is posted for a message, at an instant. */
type Envelope = (
  message: OutgoingMessage,
  at: Date,
) => {
  readonly id: string
  readonly url: string
  readonly type: string
  readonly body: string
}

const signedChannel = (
  name: string,
  { secrets, ...options }: SignedChannelOptions,
  envelope: Envelope,
): Channel => {
  keysOf(secrets)
  const send = async (message: OutgoingMessage): Promise<Attempt> => {
    const at = new Date()
    const { id, url, type, body } = envelope(message, at)
    if (Buffer.byteLength(body) > longestBody) return { outcome: 'rejected', code: 'too-long' }
    const destination = await destinationOf(url, options)
    if (destination === 'forbidden') return { outcome: 'rejected', code: destination }
    if (destination === 'unresolved') return { outcome: 'try-later', code: destination }
    const headers = { 'content-type': type, ...signWebhook({ id, at, body }, secrets) }
    return outcomeOf(id, await pinnedPost(destination, { headers, body }, options))
  }
  return { name, send: sendInLanes(name, () => ({ send }), options) }
}

/**
 * Messages as Standard Webhooks: `{ type: 'message', timestamp, data }` by POST, signed, under one
 * `webhook-id` over every attempt. A receiver outside the public internet that is not in `allow` is never
 * connected: the message is `rejected`. Refuses secrets of another form (`webhook.bad-secret`). Receivers tell
 * what became of a message, and what somebody answered, by webhooks signed with the same secrets:
 * `{ type: 'receipt', data: { id, arrived?, code? } }` by the message's `webhook-id`, and
 * `{ type: 'reply', data: { from, text } }`.
 */
export const webhookChannel = ({
  url = ({ to }) => to,
  data = ({ id, to, subject, text }) => ({
    id,
    to,
    ...(subject !== undefined && { subject }),
    text,
  }),
  name = 'webhook',
  stopWords,
  ...options
}: WebhookChannelOptions): Required<Channel> => ({
  ...signedChannel(name, options, (message, at) => ({
    id: `msg_${outsideKey(message)}`,
    url: url(message),
    type: 'application/json',
    body: JSON.stringify({ type: 'message', timestamp: at.toISOString(), data: data(message) }),
  })),
  receive: hearingOf(options.secrets, stopWords),
})

/**
 * What subscriptions are told, each event as it is by CloudEvents' structured mode, its id as `webhook-id`;
 * signed, and connected to nobody inside, as messages are. Give a receiver that must not know the secret of
 * others a channel of its own, under a name of its own; `changes` unless told.
 */
export const changesChannel = ({ name = 'changes', ...options }: SignedChannelOptions): Channel =>
  signedChannel(name, options, ({ id, to, text }) => ({
    id,
    url: to,
    type: 'application/cloudevents+json',
    body: text,
  }))
