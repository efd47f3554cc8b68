import { AttributionRole, Judgement, LegalGround } from '@hospital-crm/rules'
import * as z from 'zod'
import { Id, Instant, Text } from '../../kernel/fields.ts'
import { personal, Sealed } from '../../kernel/personal.ts'

const Note = personal(z.string().trim().min(1).max(4000), { as: 'text', level: 4 })

const brought = {
  /** The kind of evidence, one of the pack's: a slip, a call ahead, a card. */
  kind: Text,
  /** The hospital's own representative, and the partner, whose merit it would be. */
  rep: Id.optional(),
  partner: Id.optional(),
  /** When it happened. */
  at: Instant,
  /** The visit at whose desk it was shown. */
  visit: Id.optional(),
}

/** A desk's word that it is so. */
const Confirmation = z.strictObject({ by: Text, at: Instant, staff: Id })

/** Whether anything would be paid on it, by the law; told early, so that nobody works for nothing. */
const Warning = z.strictObject({
  role: AttributionRole,
  judgement: Judgement,
  profile: Text,
  rule: Text,
  because: Text,
  ground: LegalGround,
})
export type Warning = z.infer<typeof Warning>

/** Why it is taken back. What was `mistaken` never was: its number may be used again. */
const Because = z.enum(['mistaken', 'untrue', 'duplicate', 'refused-by-patient'])

const Touch = z.strictObject({
  ...brought,
  patient: Id,
  recordedAt: Instant,
  recordedBy: Id,
  /** The number on the slip or card, and the record that keeps it from being used twice. */
  number: z.strictObject({ value: Sealed, record: Id }).optional(),
  /** Desks that have to confirm it, by the rules in force when it was recorded. */
  needs: z.array(Text),
  gate: z.array(Warning),
  note: Sealed.optional(),
})

/**
 * Something that says who brought a person, kept for ever; and, so that one slip does not count twice,
 * a record for each number used (`number:…`, by its keyed hash).
 */
export const Referral = z.discriminatedUnion('status', [
  z.strictObject({ status: z.literal('none') }),
  Touch.extend({
    status: z.literal('touch'),
    confirmations: z.array(Confirmation),
    withdrawn: z
      .strictObject({ at: Instant, by: Id, because: Because, note: Sealed.optional() })
      .optional(),
  }),
  z.strictObject({ status: z.literal('number'), touch: Id }),
  z.strictObject({ status: z.literal('released') }),
])
export type Referral = z.infer<typeof Referral>
export type KnownTouch = Extract<Referral, { status: 'touch' }>

export const ReferralCommand = z.discriminatedUnion('type', [
  z
    .strictObject({
      type: z.literal('record'),
      /** The id by which a source knows it: told again it changes nothing. */
      touch: Id.optional(),
      ...brought,
      patient: Id,
      number: personal(Text, { as: 'identifier', level: 2 }).optional(),
      note: Note.optional(),
    })
    .refine(({ rep, partner }) => rep !== undefined || partner !== undefined, { path: ['rep'] }),
  z.strictObject({
    type: z.literal('confirm'),
    touch: Id,
    /** One of the pack's desks, and a role of the actor's. */
    desk: Text,
    visit: Id.optional(),
  }),
  z.strictObject({
    type: z.literal('withdraw'),
    touch: Id,
    because: Because,
    note: Note.optional(),
  }),
])
export type ReferralCommand = z.infer<typeof ReferralCommand>

export const ReferralEvent = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('referral.recorded'), ...Touch.shape }),
  z.strictObject({
    type: z.literal('referral.confirmed'),
    ...Confirmation.shape,
    visit: Id.optional(),
  }),
  z.strictObject({
    type: z.literal('referral.withdrawn'),
    at: Instant,
    by: Id,
    because: Because,
    note: Sealed.optional(),
  }),
  z.strictObject({ type: z.literal('referral.number-used'), touch: Id }),
  z.strictObject({ type: z.literal('referral.number-released') }),
])
export type ReferralEvent = z.infer<typeof ReferralEvent>
