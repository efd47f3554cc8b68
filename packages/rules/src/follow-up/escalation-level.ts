import * as z from 'zod'

/**
 * One level of an escalation: so many local days after the deadline has passed (0: as it passes),
 * this one is told. `owner` and `department-head` are found in the staff register, anything else is
 * a role's inbox.
 */
export const EscalationLevel = z.strictObject({
  afterDays: z.int().min(0).max(365),
  to: z.string().min(1),
  /** One message a day to each, however many follow-ups it is about; the list is in their worklist. */
  digest: z.boolean().optional(),
})
export type EscalationLevel = z.infer<typeof EscalationLevel>
