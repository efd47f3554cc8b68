import * as z from 'zod'
import { Day, Id, Instant, Text } from '../../kernel/fields.ts'
import { personal, Sealed } from '../../kernel/personal.ts'

/** A message that could not be taken: where it came from, under which key and content, and why not. */
const refused = {
  source: Text,
  key: Text.optional(),
  hash: Text,
  /** A refusal's code, and the field it is about. */
  code: Text,
  field: Text.optional(),
}
/** One visit of a list of discharges. */
const Listed = z.strictObject({ visit: Id, department: Id.optional() })

const comparison = {
  source: Text,
  day: Day,
  /** How many discharges the source lists, and how many of them are known here. */
  listed: z.int(),
  known: z.int(),
  missing: z.array(Listed),
  unexpected: z.array(Listed),
}

/**
 * What there is to know about the feeds: each source (`source:name`), each message that could not be
 * taken (`message:hash`), and each day compared with the source's own list (`day:source:day`).
 */
export const Intake = z.discriminatedUnion('status', [
  z.strictObject({ status: z.literal('none') }),
  z.strictObject({
    status: z.literal('source'),
    name: Text,
    lastMessageAt: Instant,
    /** Since when the source is missed; absent while it speaks. */
    silentSince: Instant.optional(),
    silentAfterHours: z.number(),
  }),
  z.strictObject({
    status: z.enum(['quarantined', 'replayed', 'dismissed']),
    ...refused,
    at: Instant,
    raw: Sealed.optional(),
    numbers: z.array(Sealed),
  }),
  z.strictObject({ status: z.literal('reconciled'), ...comparison, at: Instant }),
])
export type Intake = z.infer<typeof Intake>

export const IntakeCommand = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('hear'), source: Text, at: Instant }),
  z.strictObject({ type: z.literal('miss'), source: Text }),
  z.strictObject({
    type: z.literal('quarantine'),
    ...refused,
    /** The message as it came, base64 of its bytes. */
    raw: personal(z.string().max(16_000_000), { as: 'text', level: 4 }),
    /** Numbers of persons it speaks of, as far as it could be read, so that an erasure finds it. */
    numbers: z.array(personal(Text, { as: 'identifier', level: 4 })).default([]),
  }),
  z.strictObject({ type: z.literal('settle'), hash: Text, how: z.enum(['replayed', 'dismissed']) }),
  z.strictObject({ type: z.literal('reconcile'), ...comparison }),
])
export type IntakeCommand = z.infer<typeof IntakeCommand>

export const IntakeSliceEvent = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('intake.heard'),
    source: Text,
    at: Instant,
    silentAfterHours: z.number(),
  }),
  z.strictObject({ type: z.literal('intake.fell-silent'), source: Text, since: Instant }),
  z.strictObject({
    type: z.literal('intake.quarantined'),
    ...refused,
    at: Instant,
    raw: Sealed,
    numbers: z.array(Sealed),
  }),
  z.strictObject({ type: z.literal('intake.settled'), how: z.enum(['replayed', 'dismissed']) }),
  z.strictObject({ type: z.literal('intake.reconciled'), ...comparison, at: Instant }),
])
export type IntakeSliceEvent = z.infer<typeof IntakeSliceEvent>
