import * as z from 'zod'
import { Id, Instant, Text } from '../../kernel/fields.ts'

const Class = z.enum(['inpatient', 'outpatient', 'emergency', 'day-case', 'observation'])

/** What a source may say of a visit with any of its messages. Codes are the hospital's own. */
const facts = {
  class: Class.optional(),
  department: Id.optional(),
  ward: Text.optional(),
  room: Text.optional(),
  bed: Text.optional(),
  /** Staff number of the attending doctor. */
  attending: Id.optional(),
  diagnoses: z
    .array(z.strictObject({ code: Text.optional(), name: Text.optional() }))
    .max(50)
    .optional(),
}
const Facts = z.strictObject(facts)
export type EncounterFacts = z.infer<typeof Facts>

/** A stay or a visit, by the hospital's visit number. It may be opened by any message, a discharge included. */
export const Encounter = z.discriminatedUnion('status', [
  z.strictObject({ status: z.literal('none') }),
  z.strictObject({
    status: z.enum(['in-progress', 'discharged', 'cancelled']),
    patient: Id,
    ...facts,
    admittedAt: Instant.optional(),
    dischargedAt: Instant.optional(),
    disposition: Text.optional(),
    imported: z.literal(true).optional(),
    /** Discharge times that were cancelled: the same one again is an old message. */
    undone: z.array(Instant),
    /** When the source recorded the latest of what stands here. */
    statedAt: Instant.optional(),
    /** The same of the discharge, or of its cancellation, which messages about other things do not overtake. */
    dischargeStatedAt: Instant.optional(),
    /** When the admission was cancelled. */
    cancelledAt: Instant.optional(),
    /** A cancellation that came before the discharge it cancels. */
    cancelledAhead: Instant.optional(),
  }),
])
export type Encounter = z.infer<typeof Encounter>

/** `recordedAt`: when the source recorded it. What it recorded later stands, whatever arrives first. */
const about = { visit: Id, patient: Id, recordedAt: Instant.optional() }

export const EncounterCommand = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('admit'), ...about, at: Instant, ...facts }),
  z.strictObject({ type: z.literal('transfer'), ...about, at: Instant, ...facts }),
  z.strictObject({
    type: z.literal('update'),
    ...about,
    admittedAt: Instant.optional(),
    ...facts,
  }),
  z.strictObject({
    type: z.literal('discharge'),
    ...about,
    at: Instant,
    /** 离院方式, as the hospital codes it. */
    disposition: Text.optional(),
    admittedAt: Instant.optional(),
    /** History from before this system: it is judged as it happened, and nobody is told of it. */
    imported: z.literal(true).optional(),
    ...facts,
  }),
  z.strictObject({ type: z.literal('cancel-discharge'), ...about, at: Instant }),
  z.strictObject({ type: z.literal('cancel-admission'), ...about, at: Instant }),
])
export type EncounterCommand = z.infer<typeof EncounterCommand>

const stay = { patient: Id, class: Class }
const imported = { imported: z.literal(true).optional() }
const stated = { statedAt: Instant.optional() }
/** What of a visit decides by which plans it is followed up, and by whom. */
const grounds = {
  department: Id.optional(),
  attending: Id.optional(),
  diagnoses: facts.diagnoses,
}

export const EncounterEvent = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('encounter.opened'),
    ...stated,
    patient: Id,
    admittedAt: Instant.optional(),
    ...facts,
  }),
  z.strictObject({
    type: z.literal('encounter.details-changed'),
    ...stated,
    admittedAt: Instant.optional(),
    ...facts,
  }),
  z.strictObject({ type: z.literal('encounter.admitted'), ...stay, at: Instant, ...grounds }),
  z.strictObject({ type: z.literal('encounter.transferred'), ...stay, at: Instant, ...facts }),
  z.strictObject({ type: z.literal('encounter.admission-cancelled'), ...stay, at: Instant }),
  z.strictObject({
    type: z.literal('encounter.discharged'),
    ...stated,
    ...stay,
    ...imported,
    at: Instant,
    disposition: Text.optional(),
    ...grounds,
  }),
  z.strictObject({
    type: z.literal('encounter.discharge-corrected'),
    ...stated,
    ...stay,
    ...imported,
    at: Instant,
    before: Instant,
    disposition: Text.optional(),
    ...grounds,
  }),
  z.strictObject({
    type: z.literal('encounter.discharge-cancelled'),
    ...stated,
    ...stay,
    at: Instant,
    /** The discharge time that is undone; absent while it is not known. */
    undone: Instant.optional(),
  }),
])
export type EncounterEvent = z.infer<typeof EncounterEvent>
