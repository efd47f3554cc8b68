import { AreaCode } from '@hospital-crm/rules'
import * as z from 'zod'
import { Id, Instant, isFieldName, Text } from '../../kernel/fields.ts'
import { personal, Sealed } from '../../kernel/personal.ts'

const Sex = z.enum(['male', 'female', 'other', 'unknown'])
/** Why a person's data is destroyed, by PIPL article 47. */
const Reason = z.enum(['requested', 'purpose-over', 'consent-withdrawn', 'unlawful'])

/** A number that somebody gave the person: `type` as in HL7 table 0203, `authority` who gave it. */
const IdentifierInput = z.strictObject({
  type: Text.optional(),
  authority: Text.optional(),
  value: personal(Text, { as: 'identifier', level: 4 }),
})
/** A number as the person's record holds it; `record` is the record that makes it unique. */
const Identifier = z.strictObject({
  type: Text.optional(),
  authority: Text.optional(),
  value: Sealed,
  record: Id,
})

const details = {
  name: personal(Text, { as: 'name', level: 3 }).optional(),
  birthDate: personal(z.iso.date(), { as: 'date', level: 3 }).optional(),
  sex: Sex.optional(),
  phones: z
    .array(personal(Text, { as: 'phone', level: 3 }))
    .max(10)
    .optional(),
  address: personal(Text, { as: 'text', level: 3 }).optional(),
  /** The administrative code of the address after GB/T 2260, at most to the county: too coarse to find a person by. */
  area: AreaCode.optional(),
}
const sealedDetails = {
  name: Sealed.optional(),
  birthDate: Sealed.optional(),
  sex: Sex.optional(),
  phones: z.array(Sealed).optional(),
  address: Sealed.optional(),
  area: AreaCode.optional(),
}

/** What a person allows or refuses, by purpose; `*` covers all purposes. */
const Consents = z.record(z.string(), z.strictObject({ allowed: z.boolean(), at: Instant }))

/** How a person wants to be told: by which of the pack's channels, and which grades not at all. */
const preferences = {
  channel: Text.optional(),
  muted: z.array(z.enum(['important', 'ordinary'])).optional(),
}

/**
 * A person, known under any number of identifiers; and, so that two feeds cannot give one number to
 * two persons, a record for each number (`number:…`, by its keyed hash) that says whose it is.
 */
export const Patient = z.discriminatedUnion('status', [
  z.strictObject({ status: z.literal('none') }),
  z.strictObject({
    status: z.literal('person'),
    ...sealedDetails,
    identifiers: z.array(Identifier),
    consents: Consents,
    ...preferences,
    /** When the person died; `unknown` when only that is known. Absent while alive. */
    died: z.union([Instant, z.literal('unknown')]).optional(),
    /** Persons who may be the same, waiting for somebody to say so. */
    matches: z.array(Id),
    /** Persons whose records became this one. */
    merged: z.array(Id),
  }),
  z.strictObject({ status: z.literal('merged'), into: Id }),
  z.strictObject({ status: z.literal('erased'), at: Instant }),
  z.strictObject({ status: z.literal('number'), person: Id }),
  z.strictObject({ status: z.literal('released') }),
])
export type Patient = z.infer<typeof Patient>
export type Person = Extract<Patient, { status: 'person' }>
export type IdentifierInput = z.infer<typeof IdentifierInput>
export type Identifier = z.infer<typeof Identifier>

export const PatientCommand = z.discriminatedUnion('type', [
  /** Takes what a source knows of a person, whoever they turn out to be; only what is said changes. */
  z.strictObject({
    type: z.literal('register'),
    patient: Id.optional(),
    identifiers: z.array(IdentifierInput).max(20).default([]),
    ...details,
    died: z.union([Instant, z.literal('unknown'), z.literal('no')]).optional(),
  }),
  z.strictObject({ type: z.literal('record-death'), patient: Id, at: Instant.optional() }),
  z.strictObject({ type: z.literal('revoke-death'), patient: Id }),
  z.strictObject({
    type: z.literal('record-consent'),
    patient: Id,
    purpose: Text.refine(isFieldName),
    allowed: z.boolean(),
  }),
  z.strictObject({ type: z.literal('prefer'), patient: Id, ...preferences }),
  z.strictObject({ type: z.literal('propose-match'), patient: Id, other: Id }),
  z.strictObject({ type: z.literal('reject-match'), patient: Id, other: Id }),
  /** A person of the staff says that two are one. */
  z.strictObject({ type: z.literal('confirm-match'), patient: Id, other: Id }),
  /** The source of the numbers says that two are one. */
  z.strictObject({
    type: z.literal('merge'),
    survivor: z.array(IdentifierInput).min(1),
    retired: z.array(IdentifierInput).min(1),
  }),
  z.strictObject({ type: z.literal('erase'), patient: Id, reason: Reason }),
])
export type PatientCommand = z.infer<typeof PatientCommand>

export const PatientEvent = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('patient.registered'), ...sealedDetails }),
  z.strictObject({ type: z.literal('patient.details-changed'), ...sealedDetails }),
  z.strictObject({ type: z.literal('patient.identified'), identifier: Identifier }),
  z.strictObject({ type: z.literal('patient.number-given'), person: Id }),
  z.strictObject({ type: z.literal('patient.number-released') }),
  z.strictObject({
    type: z.literal('patient.died'),
    at: z.union([Instant, z.literal('unknown')]),
  }),
  z.strictObject({ type: z.literal('patient.death-revoked') }),
  z.strictObject({
    type: z.literal('patient.consent-recorded'),
    purpose: Text,
    allowed: z.boolean(),
    at: Instant,
  }),
  z.strictObject({ type: z.literal('patient.preferences-changed'), ...preferences }),
  z.strictObject({ type: z.literal('patient.match-proposed'), other: Id }),
  z.strictObject({ type: z.literal('patient.match-rejected'), other: Id }),
  z.strictObject({
    type: z.literal('patient.merged'),
    /** The person whose record became this one, and those who had become that one before. */
    other: Id,
    others: z.array(Id),
    identifiers: z.array(Identifier),
    consents: Consents,
  }),
  z.strictObject({ type: z.literal('patient.merged-into'), into: Id }),
  z.strictObject({ type: z.literal('patient.erased'), at: Instant, reason: Reason }),
])
export type PatientEvent = z.infer<typeof PatientEvent>
