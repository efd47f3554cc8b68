import * as z from 'zod'
import { AttributionRole } from '../attribution/rules.ts'
import { Day } from '../calendar/day.ts'
import { FeePayer, Service } from '../compliance/subject.ts'
import { Currency } from '../money/currency.ts'
import { CommissionPlan } from './plan.ts'

const Word = z.string().min(1)

/** A passage that can be read in two ways, how this version reads it, and what that is worth. */
export const Ambiguity = z.strictObject({
  id: Word,
  /** The passage as it is written. */
  text: Word,
  reading: Word,
  alternative: Word,
  example: Word,
})
export type Ambiguity = z.infer<typeof Ambiguity>

/**
 * What is added up and rated together in a month: the amounts of some categories, or their pieces
 * (one piece is one unit of the plan's currency, so that a rate of `"50"` pays 50 each).
 */
export const Meter = z.strictObject({
  id: Word,
  counts: z.enum(['amount', 'pieces']),
  /** All categories where absent, as for occasions. */
  categories: z.array(Word).min(1).optional(),
  occasions: z
    .array(z.enum(['first', 'return']))
    .min(1)
    .optional(),
  plan: CommissionPlan,
})
export type Meter = z.infer<typeof Meter>

/** Charges that earn nothing, and why: the first that fits. */
export const Exclusion = z.strictObject({
  id: Word,
  categories: z.array(Word).min(1).optional(),
  payers: z.array(FeePayer).min(1).optional(),
  because: Word,
})
export type Exclusion = z.infer<typeof Exclusion>

/**
 * A version of what a kind of payee earns by. Nothing about which readings differ has a default. A
 * charge goes to the first meter that fits, after exclusions. Refuses meters of one id, and a plan of
 * another currency; a version that was used is never changed.
 */
export const CommissionTerms = z
  .strictObject({
    id: Word,
    version: z.int().positive(),
    title: Word,
    role: AttributionRole,
    currency: Currency,
    /** In force from this local day to that one, both included. */
    from: Day,
    to: Day.optional(),
    /** Which day of a charge says in which month it counts. */
    accountingDay: z.enum(['occurred', 'posted']),
    /** A version that begins within a month counts for the whole of it, or for its own days only. */
    changeover: z.enum(['whole-month', 'by-day']),
    /** A month with more refunded than sold lessens the next one's base, or does not. */
    negativeMonth: z.enum(['carried', 'dropped']),
    meters: z.array(Meter).min(1),
    exclusions: z.array(Exclusion),
    /** What a category is to the law; treatment, where it is not named. */
    services: z.record(Word, Service),
    ambiguities: z.array(Ambiguity),
  })
  .superRefine(({ currency, meters }, context) => {
    const refuse = (message: string, path: PropertyKey[]) =>
      context.addIssue({ code: 'custom', message, path })
    const ids = meters.map(({ id }) => id)
    meters.forEach(({ id, plan }, place) => {
      if (ids.indexOf(id) !== place) refuse('terms.meter-twice', ['meters', place, 'id'])
      if (plan.currency !== currency) {
        refuse('terms.other-currency', ['meters', place, 'plan', 'currency'])
      }
    })
  })
export type CommissionTerms = z.infer<typeof CommissionTerms>

export const termsRef = ({ id, version }: Pick<CommissionTerms, 'id' | 'version'>): string =>
  `${id}@${version}`
