import {
  Adjustment,
  AttributedLine,
  AttributionRole,
  Claim,
  Minor,
  Month,
} from '@hospital-crm/rules'
import * as z from 'zod'
import { Id, Instant, Text } from '../../kernel/fields.ts'

/** Whose account: a member of staff or a partner, by the role in which they are credited. */
const whose = { role: AttributionRole, payee: Id }
export const Whose = z.strictObject(whose)
export type Whose = z.infer<typeof Whose>

/** The lines of one visit in one month's account from a position on, until the next of that month. */
const Stand = z.strictObject({
  month: Month,
  position: z.int().positive(),
  lines: z.array(AttributedLine),
})
export type Stand = z.infer<typeof Stand>

/** How often a line was put in less how often it was taken out: it counts when that is above 0. */
const Told = z.strictObject({ line: AttributedLine, count: z.int() })
export type Told = z.infer<typeof Told>

const Posted = z.strictObject({
  position: z.int().positive(),
  adjustment: Adjustment.extend({ id: Id, by: Id, because: Text }),
})

/** Every change of an account takes the next position; sums are of the lines that count. */
const head = {
  ...whose,
  month: Month,
  position: z.int().positive(),
  /** The month whose settlement has to take in the last change. */
  due: Month,
  amount: Minor,
  lines: z.int().min(0),
}
const Account = z.strictObject({
  status: z.literal('account'),
  ...head,
  adjustments: z.array(Posted),
})

const Credit = z.strictObject({
  status: z.literal('credit'),
  ...whose,
  visit: Id,
  told: z.array(Told),
  /** Charges that were found made up. */
  struck: z.array(Id),
  stands: z.array(Stand),
})
export type Credit = z.infer<typeof Credit>

const Struck = z.strictObject({ charge: Id, visit: Id })

const finding = {
  finding: Id,
  ...whose,
  /** The month whose frozen statement paid for them. */
  month: Month,
  charges: z.array(Struck).min(1).max(1000),
  because: Text,
}
const Finding = z.strictObject({
  status: z.enum(['proposed', 'confirmed']),
  ...finding,
  by: Id,
  at: Instant,
  confirmedBy: Id.optional(),
  /** What comes back by the next statement, in minor units. */
  returns: Minor.optional(),
  /** What is claimed beside it, open until heard; nothing is kept from pay for it. */
  claims: z.array(Claim),
})
export type Finding = z.infer<typeof Finding>

/**
 * What a payee is credited with, three kinds of record: the account of a payee and month
 * (`month/role/payee`), what one visit stands there with, and what was found made up.
 */
export const AccountRecord = z.discriminatedUnion('status', [
  z.strictObject({ status: z.literal('none') }),
  Account,
  Credit,
  Finding,
])
export type AccountRecord = z.infer<typeof AccountRecord>
export type AccountHead = z.infer<typeof Account>

export const AccountCommand = z.discriminatedUnion('type', [
  /** Takes what a visit's merit turned out to be: lines of the payee's only, in any order of such words. */
  z.strictObject({
    type: z.literal('take'),
    ...whose,
    visit: Id,
    removed: z.array(AttributedLine),
    added: z.array(AttributedLine),
  }),
  z.strictObject({
    type: z.literal('adjust'),
    ...whose,
    month: Month,
    adjustment: Adjustment.omit({ by: true }).extend({ id: Id, because: Text }),
  }),
  z.strictObject({ type: z.literal('propose-finding'), ...finding }),
  z.strictObject({ type: z.literal('confirm-finding'), finding: Id }),
])
export type AccountCommand = z.infer<typeof AccountCommand>

export const AccountEvent = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('account.credited'),
    ...whose,
    visit: Id,
    told: z.array(Told),
    struck: z.array(Id),
    stands: z.array(Stand),
  }),
  z.strictObject({ type: z.literal('account.moved'), ...head }),
  z.strictObject({ type: z.literal('account.adjusted'), ...head, ...Posted.shape }),
  z.strictObject({ type: z.literal('account.finding-proposed'), ...finding, by: Id, at: Instant }),
  z.strictObject({
    type: z.literal('account.finding-confirmed'),
    ...whose,
    month: Month,
    /** The month whose settlement takes the money back. */
    due: Month,
    by: Id,
    at: Instant,
    returns: Minor,
    claims: z.array(Claim),
  }),
])
export type AccountEvent = z.infer<typeof AccountEvent>
