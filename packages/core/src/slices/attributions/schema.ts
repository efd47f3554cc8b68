import {
  AttributedVisit,
  AttributionRole,
  type Credit,
  Dispute,
  Ruling,
  Touch,
  type VisitAttribution,
} from '@hospital-crm/rules'
import * as z from 'zod'
import { Day, Id, Instant } from '../../kernel/fields.ts'
import { personal, Sealed } from '../../kernel/personal.ts'

const Lost = z.strictObject({
  touch: z.string(),
  payee: z.string(),
  because: z.enum([
    ...['other-patient', 'other-visit', 'unknown-kind', 'withdrawn', 'duplicate'],
    ...['after-visit', 'recorded-after-visit', 'expired', 'not-confirmed', 'not-eligible'],
    ...['self-referral', 'bound', 'weaker-evidence', 'later', 'larger-id', 'overruled'],
  ] as Credit['lost'][number]['because'][]),
  against: z.string().optional(),
})

const CreditSchema = z.strictObject({
  role: AttributionRole,
  status: z.enum(['credited', 'held', 'nobody']),
  payee: z.string().nullable(),
  touch: z.string().nullable(),
  by: z.enum(['evidence', 'binding', 'ruling']).nullable(),
  holds: z.array(z.enum(['dispute', 'self-referral'])).readonly(),
  boundUntil: Day.nullable(),
  lost: z.array(Lost).readonly(),
}) satisfies z.ZodType<Credit>

/** Who has the merit of a visit, why, and who has not, as the rules answered. */
const Decided = z.strictObject({
  visit: Id,
  patient: Id,
  on: Day,
  occasion: z.enum(['first', 'return']),
  rules: z.string(),
  credits: z.strictObject({ rep: CreditSchema, partner: CreditSchema }),
}) satisfies z.ZodType<VisitAttribution>

/** A dispute with who raised and closed it. */
const Disputed = Dispute.extend({ by: Id, closedBy: Id.optional(), note: Sealed.optional() })
export type Disputed = z.infer<typeof Disputed>

/** The first of two words on a credit, waiting for the other. */
const Proposed = z.strictObject({
  visit: Id,
  role: AttributionRole,
  /** The touch that shall count; none where nobody shall have the merit. */
  touch: Id.nullable(),
  by: Id,
  at: Instant,
  because: Sealed,
})
export type Proposed = z.infer<typeof Proposed>

const Ruled = z.strictObject({ ...Ruling.shape, because: Sealed })
export type Ruled = z.infer<typeof Ruled>

/** What is known, only ever added, and the rules' whole answer to it. Persons are ids of this kind of record. */
const gathered = {
  touches: z.array(Touch),
  visits: z.array(AttributedVisit),
  disputes: z.array(Disputed),
  proposed: z.array(Proposed),
  rulings: z.array(Ruled),
  decided: z.array(Decided),
}
const Gathered = z.strictObject(gathered)
export type Gathered = z.infer<typeof Gathered>

/**
 * Who has the merit of a person's visits, by the person's id, as soon as somebody is said to have
 * brought them; touches shown at a visit that the hospital has not told of yet (`visit:number`); and
 * the last day of a member of staff who has left (`staff:number`).
 */
export const Attribution = z.discriminatedUnion('status', [
  z.strictObject({ status: z.literal('none') }),
  z.strictObject({ status: z.literal('attributed'), ...gathered }),
  /** The person became another, and everything went along. */
  z.strictObject({ status: z.literal('moved'), into: Id }),
  z.strictObject({ status: z.literal('awaited'), touches: z.array(Id) }),
  z.strictObject({ status: z.literal('left'), on: Day }),
])
export type Attribution = z.infer<typeof Attribution>
export type Attributed = Extract<Attribution, { status: 'attributed' }>

const credit = { visit: Id, role: AttributionRole }
const Note = personal(z.string().trim().min(1).max(4000), { as: 'text', level: 4 })

export const AttributionCommand = z.discriminatedUnion('type', [
  /** Takes a touch as it is on record now, and likewise a visit. */
  z.strictObject({ type: z.literal('take-touch'), touch: Id }),
  z.strictObject({ type: z.literal('take-visit'), visit: Id }),
  /** Looks again, since something is known otherwise of the patient or of somebody who brought them. */
  z.strictObject({ type: z.literal('look'), patient: Id }),
  z.strictObject({ type: z.literal('take-departure'), staff: Id, at: Instant }),
  z.strictObject({ type: z.literal('join'), survivor: Id, merged: Id }),
  z.strictObject({ type: z.literal('dispute'), ...credit, note: Note.optional() }),
  z.strictObject({ type: z.literal('close-dispute'), ...credit }),
  z.strictObject({
    type: z.literal('propose-ruling'),
    ...credit,
    touch: Id.nullable(),
    because: Note,
  }),
  z.strictObject({ type: z.literal('confirm-ruling'), ...credit }),
])
export type AttributionCommand = z.infer<typeof AttributionCommand>

export const AttributionEvent = z.discriminatedUnion('type', [
  /** The first word of somebody who brought them; `patients` are all ids that stand for the person. */
  z.strictObject({ type: z.literal('attribution.opened'), patients: z.array(Id) }),
  z.strictObject({ type: z.literal('attribution.touch-taken'), touch: Touch }),
  z.strictObject({ type: z.literal('attribution.visit-taken'), visit: AttributedVisit }),
  z.strictObject({ type: z.literal('attribution.departure-taken'), staff: Id, on: Day }),
  /** A touch on another person was shown at this person's visit: they may be one. */
  z.strictObject({
    type: z.literal('attribution.stranger-shown'),
    visit: Id,
    touch: Id,
    person: Id,
  }),
  z.strictObject({ type: z.literal('attribution.disputed'), dispute: Disputed }),
  z.strictObject({
    type: z.literal('attribution.dispute-closed'),
    ...credit,
    at: Instant,
    by: Id,
  }),
  z.strictObject({ type: z.literal('attribution.ruling-proposed'), ...Proposed.shape }),
  z.strictObject({ type: z.literal('attribution.ruled'), ruling: Ruled }),
  /** The answer on a visit changed; `null` where there is none, as for a visit that was cancelled. */
  z.strictObject({
    type: z.literal('attribution.decided'),
    visit: Id,
    before: Decided.nullable(),
    after: Decided.nullable(),
  }),
  z.strictObject({
    type: z.literal('attribution.joined'),
    merged: Id,
    patients: z.array(Id),
    with: Gathered,
  }),
  z.strictObject({ type: z.literal('attribution.moved'), into: Id }),
  z.strictObject({ type: z.literal('attribution.visit-awaited'), touch: Id }),
  z.strictObject({ type: z.literal('attribution.visit-arrived'), touches: z.array(Id) }),
])
export type AttributionEvent = z.infer<typeof AttributionEvent>
