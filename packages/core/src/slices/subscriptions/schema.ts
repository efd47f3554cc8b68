import * as z from 'zod'
import { Id, Text } from '../../kernel/fields.ts'

/** A type of event, `kind.*` for all of a kind, or `*` for all. */
const Type = z.string().regex(/^(\*|[a-z][a-z0-9-]*\.(\*|[a-z][a-z0-9-]*))$/)

const wish = {
  /** The channel that tells, by its name. */
  channel: Text,
  /** Where to, as the channel takes it. No secret: those are the channel's. */
  to: z.string().trim().min(1).max(2000),
  types: z.array(Type).min(1).max(100),
}

/** Somebody outside who is told of what happens, from when they asked for it. */
export const Subscription = z.discriminatedUnion('status', [
  z.strictObject({ status: z.literal('none') }),
  z.strictObject({
    status: z.enum(['live', 'suspended', 'ended']),
    ...wish,
    /** Why it was suspended, by code. */
    reason: Text.optional(),
  }),
])
export type Subscription = z.infer<typeof Subscription>

export const SubscriptionCommand = z.discriminatedUnion('type', [
  /** Asks to be told, or to be told otherwise from now on. */
  z.strictObject({ type: z.literal('subscribe'), subscription: Id, ...wish }),
  z.strictObject({ type: z.literal('suspend'), subscription: Id, reason: Text }),
  /** Goes on where it was suspended: nothing is left out. */
  z.strictObject({ type: z.literal('resume'), subscription: Id }),
  z.strictObject({ type: z.literal('end'), subscription: Id }),
])
export type SubscriptionCommand = z.infer<typeof SubscriptionCommand>

export const SubscriptionEvent = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('subscription.made'), ...wish }),
  z.strictObject({ type: z.literal('subscription.changed'), ...wish }),
  z.strictObject({ type: z.literal('subscription.suspended'), reason: Text }),
  z.strictObject({ type: z.literal('subscription.resumed') }),
  z.strictObject({ type: z.literal('subscription.ended') }),
])
export type SubscriptionEvent = z.infer<typeof SubscriptionEvent>
