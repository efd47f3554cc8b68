import {
  AttributionRole,
  Benefit,
  FeePayer,
  Month,
  PayeeClass,
  Service,
  type Statement,
} from '@hospital-crm/rules'
import * as z from 'zod'
import { Id, Instant } from '../../kernel/fields.ts'

const whose = { role: AttributionRole, payee: Id }

/** A statement as the rules made it. What is in it was computed, so its parts are not looked at here. */
const Made = z.custom<Statement>(
  (value) => typeof value === 'object' && value !== null && 'payable' in value,
)

/** Up to which position an account was settled, and the month whose statement says what it came to. */
const Settled = z.record(Month, z.strictObject({ cutoff: z.int().min(0), statement: Month }))

const content = {
  ...whose,
  month: Month,
  payeeClass: PayeeClass,
  statement: Made,
  hash: z.string(),
  /** Of every month that was ever settled. */
  settled: Settled,
  /** Earlier months to be looked at again, since something in them waits for a release. */
  waiting: z.array(Month),
  /** What the payable amount was earned with, as the law looks at it. */
  subjects: z.array(z.strictObject({ benefit: Benefit, feePayer: FeePayer, service: Service })),
}

/** A payee's frozen statement of a month, by `month/role/payee`. It is never changed. */
export const StatementRecord = z.discriminatedUnion('status', [
  z.strictObject({ status: z.literal('none') }),
  z.strictObject({ status: z.literal('frozen'), ...content, at: Instant }),
])
export type StatementRecord = z.infer<typeof StatementRecord>
export type Frozen = Extract<StatementRecord, { status: 'frozen' }>

export const StatementCommand = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('freeze'), ...content }),
])
export type StatementCommand = z.infer<typeof StatementCommand>

export const StatementEvent = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('statement.frozen'), ...content, at: Instant }),
])
export type StatementEvent = z.infer<typeof StatementEvent>
