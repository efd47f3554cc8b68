import { AttributionRole, Judgement, LegalGround, Minor, Month } from '@hospital-crm/rules'
import * as z from 'zod'
import { Id, Instant, Text } from '../../kernel/fields.ts'
import { Sealed } from '../../kernel/personal.ts'

const whose = { role: AttributionRole, payee: Id }
const Hash = z.string().regex(/^[0-9a-f]{64}$/)

const Approval = z.strictObject({ step: Text, by: Id, at: Instant, hash: Hash })

const Dispute = z.strictObject({
  dispute: Id,
  ...whose,
  /** Without a patient's name. */
  because: Text,
  by: Id,
  at: Instant,
  closed: z
    .strictObject({ outcome: z.enum(['corrected', 'dismissed']), by: Id, at: Instant })
    .optional(),
})

/** One payee's part in a run: what the statement hashes to, and up to which position its accounts count. */
const Drafted = z.strictObject({
  ...whose,
  hash: Hash,
  cutoffs: z.record(Month, z.int().min(0)),
  visits: z.array(Id),
})
export type Drafted = z.infer<typeof Drafted>

const Row = z.strictObject({ ...whose, amount: Minor.positive() })

/** Money that does not leave for now, and on which ground. */
const Withheld = Row.extend({
  judgement: Judgement,
  profile: Text,
  rule: Text,
  because: Text,
  ground: LegalGround,
})
export type Withheld = z.infer<typeof Withheld>

export const PayoutKind = z.enum(['payroll', 'bank'])
export type PayoutKind = z.infer<typeof PayoutKind>

const Payout = z.strictObject({
  /** `month/kind/number`. */
  payout: Id,
  kind: PayoutKind,
  /** By bank, each with the account as it was verified when the payout was made. */
  rows: z.array(Row.extend({ account: Sealed.optional() })).min(1),
  by: Id,
  at: Instant,
  paid: z.strictObject({ reference: Text, by: Id, at: Instant }).optional(),
})
export type Payout = z.infer<typeof Payout>

const header = {
  month: Month,
  /** Of all statements of the run; what approvals sign. */
  hash: Hash,
  /** As of which releases are looked at. */
  at: Instant,
  statements: z.int().min(0),
}

/**
 * A month's settlement, three kinds of record and no amount in the first two: the header (`month`),
 * the run that was drafted (`month/run`), and what left of it (`month/payouts`).
 */
export const Settlement = z.discriminatedUnion('status', [
  z.strictObject({ status: z.literal('none') }),
  z.strictObject({
    status: z.enum(['draft', 'disputed', 'frozen', 'paid']),
    ...header,
    /** Something was decided that the run does not hold yet. */
    isStale: z.boolean(),
    approvals: z.array(Approval),
    disputes: z.array(Dispute),
    frozenAt: Instant.optional(),
  }),
  z.strictObject({ status: z.literal('run'), month: Month, statements: z.array(Drafted) }),
  z.strictObject({
    status: z.literal('payouts'),
    month: Month,
    payouts: z.array(Payout),
    /** By the last export of each kind. */
    withheld: z.strictObject({ payroll: z.array(Withheld), bank: z.array(Withheld) }),
  }),
])
export type Settlement = z.infer<typeof Settlement>
export type Header = Extract<Settlement, { hash: string }>
export type Payouts = Extract<Settlement, { status: 'payouts' }>

const month = { month: Month }

export const SettlementCommand = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('draft'),
    ...month,
    hash: Hash,
    run: z.array(Drafted),
    /** The accounts that were read, as they stood. */
    accounts: z.array(
      z.strictObject({
        account: Id,
        position: z.int().positive(),
        amount: Minor,
        lines: z.int().min(0),
      }),
    ),
  }),
  z.strictObject({ type: z.literal('approve'), ...month, step: Text, hash: Hash }),
  z.strictObject({
    type: z.literal('dispute'),
    ...month,
    dispute: Id,
    ...whose,
    because: Text,
  }),
  z.strictObject({
    type: z.literal('close-dispute'),
    ...month,
    dispute: Id,
    outcome: z.enum(['corrected', 'dismissed']),
  }),
  /** Something was decided that belongs into the month. */
  z.strictObject({ type: z.literal('reopen'), ...month }),
  z.strictObject({ type: z.literal('freeze'), ...month, hash: Hash }),
  z.strictObject({
    type: z.literal('export'),
    ...month,
    kind: PayoutKind,
    payees: z.array(z.strictObject(whose)),
    /** Releases on record that may answer for them. */
    releases: z.array(Id),
  }),
  z.strictObject({ type: z.literal('pay'), ...month, payout: Id, reference: Text }),
])
export type SettlementCommand = z.infer<typeof SettlementCommand>

export const SettlementEvent = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('settlement.drafted'), ...header }),
  z.strictObject({
    type: z.literal('settlement.run-drafted'),
    ...month,
    statements: z.array(Drafted),
  }),
  z.strictObject({ type: z.literal('settlement.approved'), ...Approval.shape }),
  z.strictObject({
    type: z.literal('settlement.disputed'),
    ...Dispute.omit({ closed: true }).shape,
  }),
  z.strictObject({
    type: z.literal('settlement.dispute-closed'),
    dispute: Id,
    outcome: z.enum(['corrected', 'dismissed']),
    by: Id,
    at: Instant,
  }),
  /** Approvals no longer hold; the month is to be drafted again. */
  z.strictObject({ type: z.literal('settlement.reopened') }),
  z.strictObject({ type: z.literal('settlement.frozen'), ...month, hash: Hash, at: Instant }),
  z.strictObject({
    type: z.literal('settlement.exported'),
    ...month,
    kind: PayoutKind,
    payout: Payout.optional(),
    withheld: z.array(Withheld),
  }),
  z.strictObject({
    type: z.literal('settlement.payout-paid'),
    payout: Id,
    reference: Text,
    by: Id,
    at: Instant,
  }),
  /** Nothing of the month is left to be paid. */
  z.strictObject({ type: z.literal('settlement.paid') }),
])
export type SettlementEvent = z.infer<typeof SettlementEvent>
