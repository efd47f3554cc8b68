import * as z from 'zod'
import { Day, Id, Instant, Text } from '../../kernel/fields.ts'

const Stop = z.strictObject({ patient: Id, visit: Id, task: Id })

const round = {
  day: Day,
  team: Id,
  region: Text,
  vehicle: Text.optional(),
  /** In the order of the drive. */
  stops: z.array(Stop).max(200),
}

/** A team's home visits of one day, by `day/team`. */
export const Round = z.discriminatedUnion('status', [
  z.strictObject({ status: z.literal('none') }),
  z.strictObject({ status: z.enum(['planned', 'cancelled']), ...round }),
])
export type Round = z.infer<typeof Round>

export const RoundCommand = z.discriminatedUnion('type', [
  /** Plans a round, or plans it anew. */
  z.strictObject({ type: z.literal('plan'), ...round }),
  z.strictObject({ type: z.literal('cancel'), day: Day, team: Id }),
])
export type RoundCommand = z.infer<typeof RoundCommand>

export const RoundEvent = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('round.planned'), ...round, at: Instant }),
  z.strictObject({ type: z.literal('round.cancelled'), at: Instant }),
])
export type RoundEvent = z.infer<typeof RoundEvent>
