import * as z from 'zod'
import { Id, Instant, Text } from '../../kernel/fields.ts'
import { personal, Sealed } from '../../kernel/personal.ts'

const asked = {
  patient: Id,
  visit: Id,
  generation: z.int().positive(),
  tier: z.int().positive(),
  /** Who did the work; absent where nobody said. */
  performer: Id.optional(),
  /** The role whose members check. */
  role: Text,
  /** The week whose draw asked for it; absent when somebody asked by hand. */
  frame: Text.optional(),
}
const Finding = z.enum(['confirmed', 'failed'])

/** The check of one follow-up that was reported done, by `visit#generation/tier`. */
export const SpotCheck = z.discriminatedUnion('status', [
  z.strictObject({ status: z.literal('none') }),
  z.strictObject({ status: z.literal('asked'), ...asked, askedAt: Instant }),
  z.strictObject({
    status: z.literal('recorded'),
    ...asked,
    askedAt: Instant,
    auditor: Id,
    finding: Finding,
    recordedAt: Instant,
    note: Sealed.optional(),
  }),
])
export type SpotCheck = z.infer<typeof SpotCheck>

export const SpotCheckCommand = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('ask'), ...asked }),
  z.strictObject({
    type: z.literal('record'),
    check: Id,
    auditor: Id,
    finding: Finding,
    note: personal(z.string().trim().min(1).max(4000), { as: 'text', level: 4 }).optional(),
  }),
])
export type SpotCheckCommand = z.infer<typeof SpotCheckCommand>

export const SpotCheckEvent = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('spot-check.asked'), ...asked, at: Instant }),
  z.strictObject({
    type: z.literal('spot-check.recorded'),
    ...asked,
    auditor: Id,
    finding: Finding,
    at: Instant,
    note: Sealed.optional(),
  }),
])
export type SpotCheckEvent = z.infer<typeof SpotCheckEvent>
