import * as z from 'zod'

export const Literal = z.union([z.string(), z.number(), z.boolean()])
export type Literal = z.infer<typeof Literal>

const Name = z.string().min(1)
const note = Name.optional()

/** What a fact is compared with: a constant, another fact, a parameter of the set, or a call. */
export type Operand =
  | Literal
  | { readonly fact: string }
  | { readonly param: string }
  | { readonly fn: string; readonly args: readonly Operand[] }

export const Operand: z.ZodType<Operand> = z.lazy(() =>
  z.union([
    Literal,
    z.strictObject({ fact: Name }),
    z.strictObject({ param: Name }),
    z.strictObject({ fn: Name, args: z.array(Operand) }),
  ]),
)

export const Comparison = z.enum(['eq', 'ne', 'lt', 'le', 'gt', 'ge'])
export type Comparison = z.infer<typeof Comparison>

/** `equals-ignore-case` by the Unicode default; `has` asks a list of strings for one of them. */
export const TextTest = z.enum([
  'starts-with',
  'ends-with',
  'contains',
  'equals-ignore-case',
  'has',
])
export type TextTest = z.infer<typeof TextTest>

export const Closed = z.enum(['[]', '[)', '(]', '()'])
export type Closed = z.infer<typeof Closed>

/** What is asked of one value. A missing value, or a missing operand, answers every check but `missing` with no. */
export type Check =
  | { readonly op: Comparison; readonly value: Operand }
  | { readonly op: 'in' | 'not-in'; readonly value: readonly Operand[] }
  | {
      readonly op: 'between'
      readonly value: readonly [Operand, Operand]
      readonly closed?: Closed | undefined
    }
  | { readonly op: TextTest; readonly value: Operand }
  | { readonly op: 'missing' | 'present' }

const checks = [
  { op: Comparison, value: Operand },
  { op: z.enum(['in', 'not-in']), value: z.array(Operand).min(1) },
  { op: z.literal('between'), value: z.tuple([Operand, Operand]), closed: Closed.optional() },
  { op: TextTest, value: Operand },
  { op: z.enum(['missing', 'present']) },
] as const

/** One question: of a fact, or of what a function answers; a function alone must answer yes or no. */
export type Test = { readonly note?: string | undefined } & (
  | ({ readonly fact: string } & Check)
  | ({ readonly fn: string; readonly args: readonly Operand[] } & (Check | { readonly op?: never }))
)

/** When a rule holds. `use` names a shared condition; `note` is a sentence for traces. */
export type Condition =
  | Test
  | { readonly all: readonly Condition[]; readonly note?: string | undefined }
  | { readonly any: readonly Condition[]; readonly note?: string | undefined }
  | { readonly not: Condition; readonly note?: string | undefined }
  | { readonly use: string; readonly note?: string | undefined }

const call = { fn: Name, args: z.array(Operand), note }

export const Condition: z.ZodType<Condition> = z.lazy(() =>
  z.union([
    ...checks.map((check) => z.strictObject({ fact: Name, ...check, note })),
    ...checks.map((check) => z.strictObject({ ...call, ...check })),
    z.strictObject(call),
    z.strictObject({ all: z.array(Condition), note }),
    z.strictObject({ any: z.array(Condition), note }),
    z.strictObject({ not: Condition, note }),
    z.strictObject({ use: Name, note }),
  ]),
)

/**
 * One field of a decision table, asked of its column's fact: `null` for any value, also a missing one;
 * a constant for that value; a list for one of several fields.
 */
export type Cell = null | Literal | Check | { readonly not: Cell } | readonly Cell[]

export const Cell: z.ZodType<Cell> = z.lazy(() =>
  z.union([
    z.null(),
    Literal,
    ...checks.map((check) => z.strictObject(check)),
    z.strictObject({ not: Cell }),
    z.array(Cell).min(1),
  ]),
)
