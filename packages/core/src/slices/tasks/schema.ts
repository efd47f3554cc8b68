import * as z from 'zod'
import { Id, Instant, Text } from '../../kernel/fields.ts'
import { personal, Sealed } from '../../kernel/personal.ts'

const content = {
  /** What is to be done, as a code of the catalogue or the host's. */
  what: Text,
  /** The role whose members may do it, and whoever has taken it. */
  role: Text,
  owner: Id.optional(),
  due: Instant,
  /** The record it is about, as `kind/id`. */
  about: Text.optional(),
  patient: Id.optional(),
  visit: Id.optional(),
  department: Id.optional(),
}
const Outcome = z.enum(['done', 'cancelled'])

/** Something that somebody has to do once, beside the follow-ups of a plan. */
export const Duty = z.discriminatedUnion('status', [
  z.strictObject({ status: z.literal('none') }),
  z.strictObject({ status: z.literal('open'), ...content, openedAt: Instant }),
  z.strictObject({
    status: Outcome,
    ...content,
    openedAt: Instant,
    closedAt: Instant,
    by: Id,
    note: Sealed.optional(),
  }),
])
export type Duty = z.infer<typeof Duty>

export const DutyCommand = z.discriminatedUnion('type', [
  /** Once for its id: the same again changes nothing. */
  z.strictObject({ type: z.literal('open'), task: Id, ...content }),
  z.strictObject({ type: z.literal('assign'), task: Id, owner: Id }),
  z.strictObject({
    type: z.literal('close'),
    task: Id,
    outcome: Outcome,
    by: Id,
    note: personal(z.string().trim().min(1).max(4000), { as: 'text', level: 4 }).optional(),
  }),
])
export type DutyCommand = z.infer<typeof DutyCommand>

export const DutyEvent = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('task.opened'), ...content, at: Instant }),
  z.strictObject({ type: z.literal('task.assigned'), owner: Id, at: Instant }),
  z.strictObject({
    type: z.literal('task.closed'),
    outcome: Outcome,
    by: Id,
    note: Sealed.optional(),
    at: Instant,
  }),
])
export type DutyEvent = z.infer<typeof DutyEvent>
