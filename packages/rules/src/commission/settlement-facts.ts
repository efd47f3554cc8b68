import * as z from 'zod'
import type { AttributedLine } from '../attribution/charge.ts'
import type { Day } from '../calendar/day.ts'
import type { GateRecords } from '../compliance/judge.ts'
import type { ComplianceProfile } from '../compliance/profile.ts'
import type { PayeeClass } from '../compliance/subject.ts'
import { Minor } from '../money/amount.ts'
import type { CommissionTerms } from './terms.ts'

const Word = z.string().min(1)

/** A calendar month of the hospital's zone, `YYYY-MM`. */
export const Month = z.string().regex(/^\d{4}-(0[1-9]|1[0-2])$/, 'month.malformed')
export type Month = z.infer<typeof Month>

/** What one meter had come to in a month when it was last settled, in minor units. */
export const SettledPosition = z.strictObject({
  month: Month,
  /** The version of the terms, `id@version`. */
  terms: Word,
  meter: Word,
  base: Minor,
  commission: Minor,
  reward: Minor,
  total: Minor,
  /** The charges that were counted. They stay so, whatever is held, lapses or is denied later. */
  charges: z.array(Word).readonly(),
})
export type SettledPosition = z.infer<typeof SettledPosition>

/** Money added or taken by decision, not by formula; it says why and who decided. */
export const Adjustment = z.strictObject({
  id: Word,
  amount: Minor,
  cause: z.enum(['dispute', 'fraud', 'error', 'agreement']),
  because: Word,
  corrects: Month.optional(),
  by: Word,
})
export type Adjustment = z.infer<typeof Adjustment>

/** Everything a statement is made of. All amounts are minor units of the terms' currency. */
export interface SettlementFacts {
  readonly payee: {
    readonly id: string
    readonly class: PayeeClass
    /** The last local day whose charges count, for who has left. */
    readonly until?: Day
  }
  readonly month: Month
  /** All versions that apply to this payee's role. */
  readonly terms: readonly CommissionTerms[]
  /** All lines of the month, and all of every earlier month that a late one falls into. */
  readonly lines: readonly AttributedLine[]
  /** What earlier statements settled, for every month that has lines here. */
  readonly settled: readonly SettledPosition[]
  readonly adjustments: readonly Adjustment[]
  /** What earlier statements left owing, 0 or less. */
  readonly carriedIn: Minor
  /** By meter: the base, 0 or less, carried into the earliest month here. */
  readonly carriedBases?: Readonly<Record<string, Minor>>
  readonly gate: { readonly profile: ComplianceProfile } & GateRecords
}
