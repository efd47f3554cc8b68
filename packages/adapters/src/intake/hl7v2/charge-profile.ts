import { Currency, FeePayer } from '@hospital-crm/rules'
import * as z from 'zod'

const Text = z.string().trim().min(1)

/** A field as HL7 writes it, `FT1-13` or `IN1-2.1`; its first component unless told. */
const FieldName = z.string().regex(/^[A-Z][A-Z0-9]{2}-[1-9]\d{0,2}(\.[1-9]\d?)?$/)

/** A field whose codes are the hospital's own; one that `codes` does not list becomes `otherwise`, or is refused. */
const coded = <Code extends z.ZodType>(code: Code) =>
  z.union([
    z.strictObject({
      field: FieldName,
      codes: z.record(z.string(), code),
      otherwise: code.optional(),
    }),
    z.strictObject({ always: code }),
  ])

/** What a field is to mean. */
export type Coded<Code> =
  | {
      readonly field: string
      readonly codes: Readonly<Record<string, Code>>
      readonly otherwise?: Code | undefined
    }
  | { readonly always: Code }

/** What a hospital settles of the charges of a source. Without it they are ignored, since nobody could rate them. */
export const ChargeProfile = z.strictObject({
  /** Of ISO 4217. An amount said to be in another one is refused. */
  currency: Currency,
  /** The hospital's own, from whichever field tells it: `FT1-7` is what was done, `FT1-13` who did it. */
  category: coded(Text),
  payer: coded(FeePayer),
  /** What FT1-6 means beside `CG`, `CD`, `PY` (payment) and `CO` (co-payment), e.g. `AJ`. */
  types: z.record(z.string(), z.enum(['charge', 'credit', 'ignored'])).default({}),
  /** The field that names the line which a credit takes back. */
  refundOf: FieldName.optional(),
})
export type ChargeProfile = z.output<typeof ChargeProfile>
