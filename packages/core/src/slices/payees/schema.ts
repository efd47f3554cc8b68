import { AttributionRole, Payout } from '@hospital-crm/rules'
import * as z from 'zod'
import { Id, Instant } from '../../kernel/fields.ts'
import { personal, Sealed } from '../../kernel/personal.ts'

const whose = { role: AttributionRole, payee: Id }
const Holder = z.enum(['own', 'third-person', 'cash'])

/** Where a payee's money goes, by `role/payee`. */
export const Payee = z.discriminatedUnion('status', [
  z.strictObject({ status: z.literal('none') }),
  z.strictObject({
    status: z.literal('payee'),
    ...whose,
    account: Sealed,
    holder: Holder,
    /** What the law looks at; good is only a verified account of their own. */
    payout: Payout,
    namedBy: Id,
    verifiedBy: Id.optional(),
    verifiedAt: Instant.optional(),
  }),
])
export type Payee = z.infer<typeof Payee>

export const PayeeCommand = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('name-account'),
    ...whose,
    account: personal(z.string().trim().min(4).max(64), { as: 'identifier', level: 4 }),
    holder: Holder,
  }),
  z.strictObject({ type: z.literal('verify-account'), ...whose }),
])
export type PayeeCommand = z.infer<typeof PayeeCommand>

export const PayeeEvent = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('payee.account-named'),
    ...whose,
    account: Sealed,
    holder: Holder,
    payout: Payout,
    by: Id,
  }),
  z.strictObject({ type: z.literal('payee.account-verified'), by: Id, at: Instant }),
])
export type PayeeEvent = z.infer<typeof PayeeEvent>
