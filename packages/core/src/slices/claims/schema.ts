import { Claim, Minor, Month } from '@hospital-crm/rules'
import * as z from 'zod'
import { Day, Id, Instant, Text } from '../../kernel/fields.ts'

const owed = {
  /** Who owes it: a member of staff. */
  staff: Id,
  kind: Claim.shape.kind,
  amount: Minor.positive(),
  /** The local day of what it is about. */
  day: Day,
  /** Without a patient's name. */
  because: Text,
}

/** What was kept from the wage of a month, and under which entry of the payroll. */
const Kept = z.strictObject({ month: Month, amount: Minor.positive(), reference: Text })

/**
 * What a member of staff owes the hospital, such as a fine for a meeting that was missed. It is a claim to
 * be heard, and nothing leaves a wage by it alone.
 */
export const ClaimRecord = z.discriminatedUnion('status', [
  z.strictObject({ status: z.literal('none') }),
  z.strictObject({
    status: z.enum(['open', 'accepted', 'final', 'dropped']),
    ...owed,
    by: Id,
    at: Instant,
    kept: z.array(Kept),
  }),
])
export type ClaimRecord = z.infer<typeof ClaimRecord>
export type KnownClaim = Exclude<ClaimRecord, { status: 'none' }>

const claim = { claim: Id }

export const ClaimCommand = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('record'), ...claim, ...owed }),
  /** In writing, by whoever owes it. */
  z.strictObject({ type: z.literal('accept'), ...claim }),
  /** After hearing and appeal. */
  z.strictObject({
    type: z.literal('decide'),
    ...claim,
    outcome: z.enum(['final', 'dropped']),
  }),
  z.strictObject({ type: z.literal('keep'), ...claim, ...Kept.shape }),
])
export type ClaimCommand = z.infer<typeof ClaimCommand>

export const ClaimEvent = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('claim.recorded'), ...owed, by: Id, at: Instant }),
  z.strictObject({ type: z.literal('claim.accepted'), at: Instant }),
  z.strictObject({
    type: z.literal('claim.decided'),
    outcome: z.enum(['final', 'dropped']),
    by: Id,
    at: Instant,
  }),
  z.strictObject({ type: z.literal('claim.kept'), ...Kept.shape }),
])
export type ClaimEvent = z.infer<typeof ClaimEvent>
