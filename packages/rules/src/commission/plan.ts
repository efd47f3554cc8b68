import * as z from 'zod'
import { Currency } from '../money/currency.ts'
import { Rate } from '../money/rate.ts'
import { RoundingMode } from '../money/rounding.ts'
import { commissionPlanFaults } from './plan-faults.ts'

const Word = z.string().min(1)

/** A decimal text with exactly the decimals of the plan's currency. */
const Amount = z.string()

/**
 * One tier, by its upper bound; the last has none. `boundary` says to which side the bound itself
 * belongs: to this tier (`upper`, unless said otherwise) or to the next (`lower`). `flat` is earned
 * once, when something above 0 falls into the tier.
 */
export const CommissionTier = z.strictObject({
  upTo: Amount.optional(),
  rate: Rate,
  flat: Amount.optional(),
  boundary: z.enum(['upper', 'lower']).optional(),
})
export type CommissionTier = z.infer<typeof CommissionTier>

/**
 * Pays `amount` when the base reaches `from`, and `each` more for every further full step `every`;
 * reached `at` the figure itself, or only `above` it.
 */
export const CommissionReward = z.strictObject({
  from: Amount,
  amount: Amount,
  every: Amount.optional(),
  each: Amount.optional(),
  reached: z.enum(['at', 'above']),
})
export type CommissionReward = z.infer<typeof CommissionReward>

const Shape = z.strictObject({
  id: Word,
  version: z.int().positive(),
  currency: Currency,
  /** `graduated`: each tier's rate on the part that falls into it; `whole-amount`: one rate on all. */
  mode: z.enum(['graduated', 'whole-amount']),
  tiers: z.array(CommissionTier).min(1),
  rewards: z.array(CommissionReward).optional(),
  /** Of the total, as `floor`; a floor needs a base above 0. */
  cap: Amount.optional(),
  floor: Amount.optional(),
  /** `per-line` rounds what each tier gives, `once` only their sum. */
  rounding: z.strictObject({ mode: RoundingMode, scope: z.enum(['once', 'per-line']) }),
})

/**
 * A version of a commission formula over the revenue of a period. Neither `mode` nor `rounding` has
 * a default: two readings of one rule text may differ by thousands, so somebody decides. Refuses a
 * plan that contradicts itself with a code and path; a version that was used is never changed.
 */
export const CommissionPlan = Shape.superRefine((plan, context) => {
  for (const { code, path } of commissionPlanFaults(plan)) {
    context.addIssue({ code: 'custom', message: code, path: [...path] })
  }
})
export type CommissionPlan = z.infer<typeof Shape>
