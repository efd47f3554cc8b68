import { AreaCode, FeePayer, Minor, SurveyAnswers } from '@hospital-crm/rules'
import * as z from 'zod'

const Instant = z.iso.datetime({ offset: true })
const Text = z.string().trim().min(1)

/** A number somebody gave a person: `type` as in HL7 table 0203 (MR, PI, SS, NI, …), `authority` who gave it. */
export const IntakeIdentifier = z.strictObject({
  value: Text,
  type: Text.optional(),
  authority: Text.optional(),
})
export type IntakeIdentifier = z.infer<typeof IntakeIdentifier>

/** What a source says about a person. Everything but the identifiers may be missing. */
export const IntakePerson = z.strictObject({
  identifiers: z.array(IntakeIdentifier).min(1),
  /** As it is written and called: 王秀英, or "Adam Everyman". */
  name: Text.optional(),
  birthDate: z.iso.date().optional(),
  sex: z.enum(['male', 'female', 'other', 'unknown']).optional(),
  phones: z.array(Text).optional(),
  address: Text.optional(),
  /** The administrative code of the address after GB/T 2260: two, four or six digits. */
  area: AreaCode.optional(),
  died: z.union([Instant, z.literal(true), z.literal(false)]).optional(),
})
export type IntakePerson = z.infer<typeof IntakePerson>

const Coded = z.strictObject({ code: Text, name: Text.optional() })

/** What a source says about a visit. `number` is the source's own visit number. */
export const IntakeVisit = z.strictObject({
  number: Text,
  class: z.enum(['inpatient', 'outpatient', 'emergency', 'day-case', 'observation']).optional(),
  department: Coded.optional(),
  ward: Text.optional(),
  room: Text.optional(),
  bed: Text.optional(),
  attending: Coded.optional(),
  admittedAt: Instant.optional(),
  dischargedAt: Instant.optional(),
  disposition: Text.optional(),
  diagnoses: z.array(z.strictObject({ code: Text.optional(), name: Text.optional() })).optional(),
})
export type IntakeVisit = z.infer<typeof IntakeVisit>

/**
 * One line of a visit's bill, in minor units of the hospital's currency; below zero where it takes
 * back, and then `refundOf` may name the line. Days are local: when it was charged, when keyed in.
 */
export const IntakeCharge = z.strictObject({
  /** The source's own, unique within the visit. The same id with another content is refused. */
  id: Text,
  occurredOn: z.iso.date(),
  postedOn: z.iso.date().optional(),
  amount: Minor,
  /** How many packages or persons it stands for; one where absent. */
  pieces: z.int().optional(),
  /** The hospital's own. */
  category: Text,
  payer: FeePayer,
  refundOf: Text.optional(),
})
export type IntakeCharge = z.infer<typeof IntakeCharge>

/** What a source says about an appointment that it keeps, as it is after what happened. */
export const IntakeAppointment = z.strictObject({
  /** The source's own. */
  number: Text,
  /** The id of one of ours, where the source was asked for it by us. */
  ours: Text.optional(),
  /** The id of a schedule. */
  schedule: Text,
  /** The local day and time at which its slot begins. */
  day: z.iso.date(),
  at: z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/),
  /** By which channel it was booked. */
  channel: Text,
  /** Who or what brought it, for attribution: a touch, a campaign, a partner. */
  broughtBy: Text.optional(),
  /** Why it was cancelled. */
  reason: Text.optional(),
})
export type IntakeAppointment = z.infer<typeof IntakeAppointment>

/** What a source says of who sent a person. */
export const IntakeReferral = z.strictObject({
  /** The source's own number of it. */
  number: Text,
  /** The kind of evidence, one of the pack's. */
  kind: Text,
  /** The id of a partner. */
  partner: Text,
})
export type IntakeReferral = z.infer<typeof IntakeReferral>

/** Answers to a questionnaire of the pack; free texts apart from them, by question. */
export const IntakeResponse = z.strictObject({
  answers: SurveyAnswers,
  texts: z.record(Text, Text).default({}),
  mode: z.enum(['link', 'phone', 'paper', 'kiosk', 'visit']),
})
export type IntakeResponse = z.infer<typeof IntakeResponse>

const from = {
  /** The feed, e.g. `hl7v2:HIS|XZCH`. */
  source: Text,
  /** The source's own key of the message; together with `hash` it names the event for ever. */
  key: Text,
  /** SHA-256 of the message's content, hex. The same key with another hash is another event. */
  hash: z.string().regex(/^[0-9a-f]{64}$/),
  /** When it happened; when the source does not say, when the source recorded it. */
  occurredAt: Instant,
  /** When the source recorded it. What a source recorded later stands, whatever arrives first. */
  recordedAt: Instant.optional(),
}

/** What every intake adapter turns its messages into: one fact about a person, a visit, an appointment or a bill. */
export const IntakeEvent = z.discriminatedUnion('type', [
  z.strictObject({ ...from, type: z.literal('person-updated'), person: IntakePerson }),
  z.strictObject({
    ...from,
    type: z.enum([
      'admitted',
      'registered',
      'transferred',
      'discharged',
      'visit-updated',
      'admission-cancelled',
      'discharge-cancelled',
    ]),
    person: IntakePerson,
    visit: IntakeVisit,
    /** A discharge of the time before this system: nobody is told of it. */
    imported: z.literal(true).optional(),
  }),
  z.strictObject({
    ...from,
    type: z.literal('merged'),
    survivor: IntakePerson,
    retired: z.array(IntakeIdentifier).min(1),
  }),
  z.strictObject({
    ...from,
    type: z.enum([
      'appointment-booked',
      'appointment-cancelled',
      'appointment-attended',
      'appointment-missed',
    ]),
    person: IntakePerson,
    appointment: IntakeAppointment,
  }),
  z.strictObject({
    ...from,
    type: z.enum(['referred', 'referral-withdrawn']),
    person: IntakePerson,
    referral: IntakeReferral,
  }),
  z.strictObject({
    ...from,
    type: z.literal('survey-answered'),
    /** A survey that was asked, or the visit it is about, for which it is then asked. */
    about: z.union([
      z.strictObject({ survey: Text }),
      z.strictObject({ visit: Text, questionnaire: Text }),
    ]),
    response: IntakeResponse,
  }),
  z.strictObject({
    ...from,
    type: z.literal('charges-posted'),
    /** The source's own visit number. */
    visitNumber: Text,
    charges: z.array(IntakeCharge).min(1).max(5000),
  }),
])
export type IntakeEvent = z.infer<typeof IntakeEvent>

interface Origin {
  readonly source?: string | undefined
  readonly key?: string | undefined
  /** SHA-256 of the content, hex. */
  readonly hash: string
}

/** What an adapter made of one message: an event, nothing that concerns us, or nothing at all and why. */
export type IntakeOutcome =
  | { readonly kind: 'event'; readonly event: IntakeEvent; readonly raw?: Uint8Array }
  | ({ readonly kind: 'ignored'; readonly type: string } & Origin)
  | ({
      readonly kind: 'unreadable'
      readonly code: string
      readonly field?: string | undefined
      readonly raw: Uint8Array
    } & Origin)
