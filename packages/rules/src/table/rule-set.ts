import * as z from 'zod'
import { Cell, Condition, Literal } from '../condition/condition.ts'

const Name = z.string().min(1)
const Day = z.iso.date()
/** Any JSON; the vendor's own schema says more of it when it is handed to `check`. */
const Outcome = z.json()

/** An amount or a bound: not below 0, thirty digits and twelve decimals at most. */
const Amount = z.string().regex(/^(0|[1-9]\d{0,29})(\.\d{1,12})?$/, 'a decimal text expected')

/** A row of a test table that the rule set carries: facts and what they must come to. */
export const Fixture = z.strictObject({
  name: Name,
  /** By fact; one that is not named, or null, is missing. */
  facts: z.record(z.string(), z.union([Literal, z.array(z.string()), z.null()])),
  expect: Outcome,
  rule: Name.nullable().optional(),
})
export type Fixture = z.infer<typeof Fixture>

const head = {
  id: Name,
  version: Name,
  /** The first day on which it is in force. */
  validFrom: Day,
  /** The first day on which it no longer is; absent: until the next version. */
  validTo: Day.optional(),
  title: Name.optional(),
  owner: Name.optional(),
  params: z.record(Name, Literal).optional(),
  conditions: z.record(Name, Condition).optional(),
  tests: z.array(Fixture).optional(),
}

const note = Name.optional()

/** `first`: the first rule that holds decides. `collect`: all that hold, in their order. */
export const ListSet = z.strictObject({
  kind: z.literal('list'),
  ...head,
  hit: z.enum(['first', 'collect']),
  rules: z.array(z.strictObject({ id: Name, when: Condition, outcome: Outcome, note })).min(1),
  otherwise: Outcome.optional(),
})

/**
 * The hit policies of DMN. `priority` and `output-order` rank outcomes by `priorities`; `collect` and
 * `rule-order` list them in row order; `sum`, `min`, `max` and `count` work on all rows that hit.
 */
export const HitPolicy = z.enum([
  'unique',
  'any',
  'first',
  'priority',
  'rule-order',
  'output-order',
  'collect',
  'sum',
  'min',
  'max',
  'count',
])
export type HitPolicy = z.infer<typeof HitPolicy>

/** One column for each fact of `inputs`; a row holds when each of its fields does. */
export const TableSet = z.strictObject({
  kind: z.literal('table'),
  ...head,
  hit: HitPolicy,
  inputs: z.array(Name).min(1),
  rows: z.array(z.strictObject({ id: Name, when: z.array(Cell), outcome: Outcome, note })).min(1),
  otherwise: Outcome.optional(),
  /** All outcomes there are, the one of the highest rank first. */
  priorities: z.array(Outcome).optional(),
})

/**
 * A rate by size. `graduated`: each part of the amount at the rate of the tier it falls in; `whole`:
 * all of it at the rate of the tier it reaches. Bounds and amounts are in the unit of the fact `on`.
 * `add` is earned once with the tier. A step pays `amount` where `from` is reached (`at`) or passed
 * (`above`), and `each` for every further `every`. Then `cap`, `floor` and, once, `round`. An amount of
 * 0 or less comes to 0.
 */
export const TierSet = z.strictObject({
  kind: z.literal('tiers'),
  ...head,
  on: Name,
  mode: z.enum(['graduated', 'whole']),
  tiers: z
    .array(
      z.strictObject({
        id: Name,
        /** The last amount of the tier; null in the last tier. */
        upTo: Amount.nullable(),
        rate: Amount.optional(),
        add: Amount.optional(),
        note,
      }),
    )
    .min(1)
    .max(1000),
  /** In mode `whole`: a bound ends its tier (`upper`, the default) or begins the next (`lower`). */
  boundary: z.enum(['upper', 'lower']).optional(),
  steps: z
    .array(
      z.strictObject({
        id: Name,
        from: Amount,
        amount: Amount,
        every: Amount.optional(),
        each: Amount.optional(),
        reached: z.enum(['at', 'above']),
      }),
    )
    .max(100)
    .optional(),
  cap: Amount.optional(),
  floor: Amount.optional(),
  round: z.strictObject({
    scale: z.int().min(0).max(12),
    mode: z.enum(['half-up', 'half-even', 'down']),
  }),
})
export type TierSet = z.infer<typeof TierSet>

/** How far from a day or an instant: hours for instants, the others for days. */
export const Span = z.union([
  z.strictObject({ hours: z.int().min(0).max(100_000) }),
  z.strictObject({ days: z.int().min(0).max(36_600) }),
  z.strictObject({ months: z.int().min(0).max(1200) }),
  z.strictObject({ workingDays: z.int().min(0).max(1000) }),
])
export type Span = z.infer<typeof Span>

/** When something is due: the first rule that holds counts `plus` from the fact `from`. */
export const DeadlineSet = z.strictObject({
  kind: z.literal('deadline'),
  ...head,
  rules: z
    .array(
      z.strictObject({
        id: Name,
        when: Condition,
        from: Name,
        plus: Span,
        /** Counts working days; without one they are Monday to Friday. */
        calendar: Name.optional(),
        escalate: z.array(z.strictObject({ after: Span, to: Name })).optional(),
        note,
      }),
    )
    .min(1),
})
export type DeadlineSet = z.infer<typeof DeadlineSet>

/** A set of rules as data. Published versions are never changed. */
export const RuleSet = z.discriminatedUnion('kind', [ListSet, TableSet, TierSet, DeadlineSet])

type Rows<Row, Outcome> = readonly (Omit<Row, 'outcome'> & { readonly outcome: Outcome })[]

type ParsedList = z.infer<typeof ListSet>

export interface ListSet<Outcome = unknown> extends Omit<ParsedList, 'rules' | 'otherwise'> {
  readonly rules: Rows<ParsedList['rules'][number], Outcome>
  readonly otherwise?: Outcome | undefined
}

type ParsedTable = z.infer<typeof TableSet>

export interface TableSet<Outcome = unknown>
  extends Omit<ParsedTable, 'rows' | 'otherwise' | 'priorities'> {
  readonly rows: Rows<ParsedTable['rows'][number], Outcome>
  readonly otherwise?: Outcome | undefined
  readonly priorities?: readonly Outcome[] | undefined
}

/** `Outcome` types what its rows come to; tiers come to an amount and deadlines to a `Deadline`. */
export type RuleSet<Outcome = unknown> =
  | ListSet<Outcome>
  | TableSet<Outcome>
  | TierSet
  | DeadlineSet
