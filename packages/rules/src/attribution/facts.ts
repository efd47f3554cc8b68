import * as z from 'zod'
import { Day } from '../calendar/day.ts'
import { Instant } from '../calendar/instant.ts'
import { AttributionRole } from './rules.ts'

const Word = z.string().min(1)

/** Words by which persons are compared without being known: keyed hashes of numbers and phones. */
const Identities = z.array(Word).optional()

/**
 * Something that says who brought a person: a slip, a call ahead, a card. `person` is a patient, or
 * somebody who has no hospital number yet. `at` is when it happened, `recordedAt` when it was known.
 */
export const Touch = z
  .strictObject({
    id: Word,
    kind: Word,
    person: Word,
    at: Instant,
    recordedAt: Instant,
    rep: Word.optional(),
    partner: Word.optional(),
    /** The number on the slip or card. */
    number: Word.optional(),
    /** The visit at whose desk it was shown. */
    visit: Word.optional(),
    confirmations: z.array(z.strictObject({ by: Word, at: Instant })).default([]),
    withdrawnAt: Instant.optional(),
  })
  .refine(({ rep, partner }) => rep !== undefined || partner !== undefined, 'touch.for-nobody')
export type Touch = z.infer<typeof Touch>

/** A visit at the hospital. `identities` are of the patient, payer, companions and contacts. */
export const AttributedVisit = z.strictObject({
  id: Word,
  patient: Word,
  registeredAt: Instant,
  cancelledAt: Instant.optional(),
  identities: Identities,
})
export type AttributedVisit = z.infer<typeof AttributedVisit>

/** A person turned out to be this patient, or a patient number another. The latest word counts. */
export const PersonLink = z.strictObject({ person: Word, patient: Word, at: Instant })
export type PersonLink = z.infer<typeof PersonLink>

/** From when until when (both included) somebody may be credited. */
export const PayeeTerm = z.strictObject({
  id: Word,
  from: Day,
  to: Day.optional(),
  identities: Identities,
})
export type PayeeTerm = z.infer<typeof PayeeTerm>

/** A credit somebody disputes: it is held until closed. */
export const Dispute = z.strictObject({
  id: Word,
  visit: Word,
  role: AttributionRole,
  raisedAt: Instant,
  closedAt: Instant.optional(),
})
export type Dispute = z.infer<typeof Dispute>

/** Two persons decide by hand which touch counts; none where `touch` is null. The latest counts. */
export const Ruling = z
  .strictObject({
    id: Word,
    visit: Word,
    role: AttributionRole,
    touch: Word.nullable(),
    by: z.tuple([Word, Word]),
    because: Word,
    at: Instant,
  })
  .refine(({ by: [one, other] }) => one !== other, { path: ['by'], message: 'ruling.one-person' })
export type Ruling = z.infer<typeof Ruling>

/** Everything that is known of some patients and of who says to have brought them. */
export interface AttributionFacts {
  readonly touches: readonly Touch[]
  /** All visits of each patient that is asked about, for bindings and first visits. */
  readonly visits: readonly AttributedVisit[]
  readonly links?: readonly PersonLink[]
  /** Where given, only who stands here may be credited. */
  readonly payees?: readonly PayeeTerm[]
  readonly disputes?: readonly Dispute[]
  readonly rulings?: readonly Ruling[]
}
