import { Release } from '@hospital-crm/rules'
import * as z from 'zod'
import { Id, Instant, Text } from '../../kernel/fields.ts'

const opinion = z.strictObject({ author: Text, document: Text })

const asked = {
  release: Id,
  /** A row of the compliance profile in force. */
  rule: Text,
  /** Only for these payees; for everybody the row names where it lacks. */
  payees: z.array(Id).min(1).optional(),
  /** In which the actor signs. */
  role: Text,
  opinion,
  /** The first instant at which it no longer holds. */
  validUntil: Instant,
}

/** What two persons of two roles answer for: that a row of review is paid, until an instant. */
export const ReleaseRecord = z.discriminatedUnion('status', [
  z.strictObject({ status: z.literal('none') }),
  z.strictObject({ status: z.literal('proposed'), ...asked, profile: Text, person: Id }),
  z.strictObject({ status: z.literal('given'), release: Release }),
])
export type ReleaseRecord = z.infer<typeof ReleaseRecord>

export const ReleaseCommand = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('propose'), ...asked }),
  z.strictObject({ type: z.literal('confirm'), release: Id, role: Text }),
])
export type ReleaseCommand = z.infer<typeof ReleaseCommand>

export const ReleaseEvent = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('release.proposed'), ...asked, profile: Text, person: Id }),
  z.strictObject({ type: z.literal('release.given'), given: Release }),
])
export type ReleaseEvent = z.infer<typeof ReleaseEvent>
