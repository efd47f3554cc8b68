import { Currency, FeePayer } from '@hospital-crm/rules'
import * as z from 'zod'
import { coded, codedText, FieldName } from './coded-field.ts'

/** What a hospital settles of the charges of a source. Without it they are ignored, since nobody could rate them. */
export const ChargeProfile = z.strictObject({
  /** Of ISO 4217. An amount said to be in another one is refused. */
  currency: Currency,
  /** The hospital's own, from whichever field tells it: `FT1-7` is what was done, `FT1-13` who did it. */
  category: codedText,
  payer: coded(FeePayer),
  /** What FT1-6 means beside `CG`, `CD`, `PY` (payment) and `CO` (co-payment), e.g. `AJ`. */
  types: z.record(z.string(), z.enum(['charge', 'credit', 'ignored'])).default({}),
  /** The field that names the line which a credit takes back. */
  refundOf: FieldName.optional(),
})
export type ChargeProfile = z.output<typeof ChargeProfile>
