import * as z from 'zod'
import { Literal } from '../condition/condition.ts'
import { words } from '../engine/words.ts'
import { RuleSet } from '../table/rule-set.ts'

const Name = z.string().min(1)

/** Facts by id; one that is not named, or null, is missing. Of the answer, only the keys present are compared. */
export const DecisionCase = z.strictObject({
  id: Name,
  /** The key of one of `tables`. */
  table: Name,
  facts: z.record(Name, z.union([Literal, z.array(z.string()), z.null()])),
  expect: z
    .strictObject({ outcome: z.json().optional(), ruleId: Name.nullable().optional() })
    .refine((expected) => Object.keys(expected).length > 0, 'nothing is expected'),
  note: Name.optional(),
})
export type DecisionCase = z.infer<typeof DecisionCase>

/**
 * A case file `decision-cases/1`: rule sets of any kind with the facts they may name, and what they must
 * decide. A fact that is the outcome of another set (`outcomeOf`) is computed by it.
 */
export const DecisionCases = z.strictObject({
  format: z.literal('decision-cases/1'),
  ...words,
  tables: z.record(Name, RuleSet),
  cases: z.array(DecisionCase),
})
export type DecisionCases = z.infer<typeof DecisionCases>
