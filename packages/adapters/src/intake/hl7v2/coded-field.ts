import * as z from 'zod'

export const Text = z.string().trim().min(1)

/** A field as HL7 writes it, `FT1-13` or `IN1-2.1`; its first component unless told. */
export const FieldName = z.string().regex(/^[A-Z][A-Z0-9]{2}-[1-9]\d{0,2}(\.[1-9]\d?)?$/)

/** A field whose codes are the hospital's own; one that `codes` does not list becomes `otherwise`, or is refused. */
export const coded = <Code extends z.ZodType>(code: Code) =>
  z.union([
    z.strictObject({
      field: FieldName,
      codes: z.record(z.string(), code),
      otherwise: code.optional(),
    }),
    z.strictObject({ always: code }),
  ])

/** The same, or a field that is taken as it is written. */
export const codedText = z.union([coded(Text), z.strictObject({ field: FieldName })])

/** What a field is to mean. */
export type Coded<Code> =
  | {
      readonly field: string
      readonly codes: Readonly<Record<string, Code>>
      readonly otherwise?: Code | undefined
    }
  | { readonly always: Code }

export type CodedText = z.output<typeof codedText>
