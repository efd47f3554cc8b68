import * as z from 'zod'
import { Day } from '../calendar/day.ts'
import { FeePayer } from '../compliance/subject.ts'
import { allocate, Weight } from '../money/allocate.ts'
import { Minor } from '../money/amount.ts'
import { refuse } from '../refusal.ts'
import type { Credit, CreditHold, VisitAttribution } from './outcome.ts'
import { AttributionRole } from './rules.ts'

const Word = z.string().min(1)

/**
 * One line of a bill, in minor units; negative where it is a refund, and then `refundOf` names the
 * line it takes back. Both days are local: when it was charged, and when it was keyed in.
 */
export const Charge = z.strictObject({
  id: Word,
  visit: Word,
  occurredOn: Day,
  postedOn: Day,
  amount: Minor,
  /** How many packages, persons or other units it stands for; one where absent. */
  pieces: z.int().optional(),
  category: Word,
  payer: FeePayer,
  refundOf: Word.optional(),
})
export type Charge = z.infer<typeof Charge>

const Hold = z.enum(['dispute', 'self-referral']) satisfies z.ZodType<CreditHold>

/** A charge with who has the merit of it: the only thing a commission is computed from. */
export const AttributedLine = Charge.extend({
  basis: z.literal('attribution'),
  payee: Word,
  role: AttributionRole,
  touch: Word,
  /** The version of the attribution rules, `id@version`. */
  rules: Word,
  occasion: z.enum(['first', 'return']),
  holds: z.array(Hold).readonly(),
  /** Where members share a credit: the weights of all, the place of this one's, the whole amount. */
  share: z
    .strictObject({ place: z.int().min(0), among: z.array(Weight).readonly(), whole: Minor })
    .optional(),
})
export type AttributedLine = z.infer<typeof AttributedLine>

/** Payees who share, by weight, what is credited to one name. */
export const Team = z.strictObject({
  id: Word,
  members: z.array(z.strictObject({ payee: Word, weight: Weight })).min(1),
})
export type Team = z.infer<typeof Team>

/**
 * Carries the credit of visits to their charges, so that a bill cancelled and issued again keeps it.
 * A team's lines are shared among its members by largest remainder, ties by payee id; a refund gives
 * the negation. Charges of visits that nobody is credited with give no line. Refuses a charge id that
 * stands there twice (`charge.id-twice`).
 */
export const attributedLines = (
  attributions: readonly VisitAttribution[],
  charges: readonly Charge[],
  teams: readonly Team[] = [],
): readonly AttributedLine[] => {
  const visits = new Map(attributions.map((one) => [one.visit, one]))
  const teamOf = new Map(teams.map((team) => [team.id, team]))
  const seen = new Set<string>()
  const lines: AttributedLine[] = []
  for (const charge of charges) {
    if (seen.has(charge.id)) refuse('charge.id-twice', { charge: charge.id })
    seen.add(charge.id)
    const visit = visits.get(charge.visit)
    if (!visit) continue
    for (const role of AttributionRole.options) {
      const line = lineOf(charge, visit, visit.credits[role])
      const team = line && teamOf.get(line.payee)
      if (team) lines.push(...shared(line, team))
      else if (line) lines.push(line)
    }
  }
  return lines
}

/** Written out, as a spread of a million charges takes twice the room. */
const lineOf = (
  { id, visit, occurredOn, postedOn, amount, category, payer, pieces, refundOf }: Charge,
  { rules, occasion }: VisitAttribution,
  { role, payee, touch, holds }: Credit,
): AttributedLine | null => {
  if (payee === null || touch === null) return null
  const line: AttributedLine = {
    id,
    visit,
    occurredOn,
    postedOn,
    amount,
    category,
    payer,
    basis: 'attribution',
    payee,
    role,
    touch,
    rules,
    occasion,
    holds,
  }
  if (pieces !== undefined) line.pieces = pieces
  if (refundOf !== undefined) line.refundOf = refundOf
  return line
}

const shared = (line: AttributedLine, { members }: Team): AttributedLine[] => {
  const byPayee = members.toSorted((a, b) => (a.payee < b.payee ? -1 : 1))
  const among = byPayee.map(({ weight }) => weight)
  const amounts = allocate(line.amount, among)
  return byPayee.map(({ payee }, place) => ({
    ...line,
    payee,
    amount: amounts[place] ?? 0,
    share: { place, among, whole: line.amount },
  }))
}
