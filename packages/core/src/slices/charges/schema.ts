import { AttributedLine, AttributionRole, Charge } from '@hospital-crm/rules'
import * as z from 'zod'
import { Day, Id } from '../../kernel/fields.ts'

/** One line of a bill, in minor units; below zero where it takes back, `refundOf` another line of the visit. */
const Line = Charge.omit({ visit: true }).extend({
  id: Id,
  occurredOn: Day,
  postedOn: Day,
  refundOf: Id.optional(),
})
export type Line = z.infer<typeof Line>

/** The merit of a visit as far as lines tell of it. */
const Merit = z.strictObject({
  rules: z.string(),
  occasion: z.enum(['first', 'return']),
  credits: z.array(
    z.strictObject({
      role: AttributionRole,
      payee: Id,
      touch: Id,
      holds: z.array(z.enum(['dispute', 'self-referral'])).readonly(),
    }),
  ),
})
export type Merit = z.infer<typeof Merit>

/** What was charged for a visit, by its number, only ever added; and whose merit it is. */
export const Charged = z.discriminatedUnion('status', [
  z.strictObject({ status: z.literal('none') }),
  z.strictObject({
    status: z.literal('charged'),
    /** Whose visit it was said to be when the first line came. */
    patient: Id,
    lines: z.array(Line),
    merit: Merit.optional(),
  }),
])
export type Charged = z.infer<typeof Charged>

export const ChargeCommand = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('post'),
    visit: Id,
    /** `postedOn` is today unless told. */
    lines: z
      .array(Line.extend({ postedOn: Day.optional() }))
      .min(1)
      .max(5000),
  }),
  /** Takes whose merit the visit is now. */
  z.strictObject({ type: z.literal('attribute'), visit: Id }),
])
export type ChargeCommand = z.infer<typeof ChargeCommand>

export const ChargeEvent = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('charge.posted'), patient: Id, lines: z.array(Line) }),
  /**
   * What the accounts of payees hold otherwise from now on: first every line of `removed`, as it was
   * told before, is taken out, then every line of `added` put in. A line is named by `id`, `role` and
   * `payee`; its `id` is `visit/line`, unique in the tenant. One that changed stands in both.
   */
  z.strictObject({
    type: z.literal('charge.attributed'),
    visit: Id,
    merit: Merit.nullable(),
    removed: z.array(AttributedLine),
    added: z.array(AttributedLine),
  }),
])
export type ChargeEvent = z.infer<typeof ChargeEvent>
