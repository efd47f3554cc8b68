import * as z from 'zod'
import { Grade, Id, Instant, Text } from '../../kernel/fields.ts'
import { Sealed } from '../../kernel/personal.ts'

/** Who is to be told: a patient, a member of staff, the head of that member's department, or whoever has a role. */
export const Recipient = z.union([
  z.strictObject({ patient: Id }),
  z.strictObject({ staff: Id }),
  z.strictObject({ headOf: Id }),
  z.strictObject({ role: Text }),
])
export type Recipient = z.infer<typeof Recipient>

/** How an attempt ended, as channels tell it. */
const Delivery = z.strictObject({
  outcome: z.enum(['sent', 'rejected', 'try-later', 'unknown']),
  providerId: z.string().optional(),
})

/** A word of the outside's for what became of a message; no run of digits that could be somebody's number. */
export const ReceiptCode = z
  .string()
  .regex(/^\d{0,6}([A-Za-z_.:-]\d{0,6})*$/)
  .min(1)
  .max(64)

/** What the outside told of a message that had left. */
const receipt = { arrived: z.boolean(), code: ReceiptCode.optional() }

/** What is to be said: a code of the catalogue and its values, never a person's data. */
const content = {
  to: Recipient,
  /** The purpose that the patient's consent is asked for. */
  purpose: Text,
  /** Absent: nobody may mute it. */
  grade: Grade.optional(),
  template: Text,
  params: z.record(z.string(), z.union([z.string(), z.number()])),
  /** The record the message is about, as `kind/id`. */
  about: Text.optional(),
  /** From when on it may go; no longer useful after `until`. */
  notBefore: Instant,
  until: Instant.optional(),
}

const Claim = z.strictObject({
  token: Id,
  expires: Instant,
  /** `inbox` stays in the system: it is read there, and nothing leaves. */
  channel: Text,
  /** Who gets it in the end, as `kind/id`; a role's inbox is `role/name`. */
  recipient: Text,
  address: Sealed.optional(),
  locale: Text,
})

/** A message to one recipient: asked for once, claimed by one sender at a time, closed by its claimant. */
export const Message = z.discriminatedUnion('status', [
  z.strictObject({ status: z.literal('none') }),
  z.strictObject({
    status: z.enum(['asked', 'claimed', 'sent', 'failed', 'cancelled', 'skipped']),
    ...content,
    askedAt: Instant,
    attempts: z.int(),
    claim: Claim.optional(),
    closedAt: Instant.optional(),
    /** Why it was not sent, by code. */
    reason: Text.optional(),
    providerId: z.string().optional(),
    /** The last word of the outside; that it arrived is final. */
    receipt: z.strictObject({ ...receipt, at: Instant }).optional(),
  }),
])
export type Message = z.infer<typeof Message>

export const MessageCommand = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('ask'),
    message: Id,
    ...content,
    params: content.params.default({}),
    notBefore: Instant.optional(),
  }),
  z.strictObject({ type: z.literal('claim'), message: Id, token: Id }),
  z.strictObject({ type: z.literal('close'), message: Id, token: Id, delivery: Delivery }),
  z.strictObject({ type: z.literal('cancel'), message: Id, reason: Text }),
  z.strictObject({ type: z.literal('record-receipt'), message: Id, ...receipt }),
])
export type MessageCommand = z.infer<typeof MessageCommand>

export const MessageEvent = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('message.asked'), ...content, at: Instant }),
  z.strictObject({ type: z.literal('message.claimed'), ...Claim.shape }),
  z.strictObject({
    type: z.literal('message.deferred'),
    notBefore: Instant,
    reason: z.enum(['quiet-hours', 'try-later', 'unknown']),
  }),
  z.strictObject({
    type: z.literal('message.sent'),
    at: Instant,
    providerId: z.string().optional(),
  }),
  z.strictObject({ type: z.literal('message.receipt-recorded'), ...receipt, at: Instant }),
  z.strictObject({ type: z.literal('message.failed'), at: Instant, reason: Text }),
  z.strictObject({ type: z.literal('message.cancelled'), at: Instant, reason: Text }),
  z.strictObject({ type: z.literal('message.skipped'), at: Instant, reason: Text }),
])
export type MessageEvent = z.infer<typeof MessageEvent>
