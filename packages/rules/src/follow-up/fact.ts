import * as z from 'zod'
import { Day } from '../calendar/day.ts'
import { Instant } from '../calendar/instant.ts'

const Id = z.string().min(1)

/** `at`: when it became known. Every fact has it; those that happen have `effective` besides. */
const fact = <Type extends string, Shape extends z.ZodRawShape>(type: Type, shape: Shape) =>
  z.strictObject({ type: z.literal(type), at: Instant, ...shape })

export const VisitClass = z.enum([
  'inpatient',
  'outpatient',
  'emergency',
  'day-case',
  'observation',
])
export const ContactResult = z.enum(['completed', 'no-answer', 'wrong-number', 'refused'])

/**
 * Something that became known about a patient, a plan or a calendar. Facts are only ever added: a
 * mistake is corrected or cancelled by a further fact.
 */
export const FollowUpFact = z.discriminatedUnion('type', [
  fact('discharge', {
    patient: Id,
    visit: Id,
    effective: Instant,
    disposition: z.string(),
    message: z.string(),
    attending: Id.optional(),
    imported: z.boolean().optional(),
    department: Id.optional(),
    /** Codes, the main diagnosis first. */
    diagnoses: z.array(Id).optional(),
    /** Groups the patient belongs to, as the host names them. */
    groups: z.array(Id).optional(),
  }),
  fact('discharge-corrected', { visit: Id, effective: Instant }),
  fact('discharge-cancelled', { visit: Id, effective: Instant }),
  fact('admission', {
    patient: Id,
    visit: Id,
    effective: Instant,
    class: VisitClass,
    /** For plans that begin with the visit. */
    attending: Id.optional(),
    department: Id.optional(),
    diagnoses: z.array(Id).optional(),
    groups: z.array(Id).optional(),
  }),
  fact('admission-cancelled', { visit: Id, effective: Instant }),
  fact('contact', {
    visit: Id,
    tier: z.int().positive().optional(),
    role: Id,
    effective: Instant,
    result: ContactResult,
    by: Id.optional(),
    imported: z.boolean().optional(),
  }),
  /**
   * Somebody moved a window by hand, and why, as a code. It stands against corrections, calendars and
   * rebases that come later, until it is moved again; what is completed keeps the window it was judged by.
   */
  fact('window-moved', {
    visit: Id,
    tier: z.int().positive(),
    /** As it was unless told; never after `due`. */
    opens: Day.optional(),
    due: Day,
    because: Id,
    by: Id.optional(),
  }),
  fact('contact-details-updated', { patient: Id }),
  fact('consent', { patient: Id, purpose: Id, allowed: z.boolean() }),
  fact('death', { patient: Id, effective: Instant }),
  fact('death-revoked', { patient: Id }),
  fact('patient-merged', { survivor: Id, merged: Id, sameVisit: z.record(Id, Id) }),
  fact('staff-unavailable', { staff: Id, replacement: Id, effective: Instant }),
  fact('spot-check', {
    visit: Id,
    tier: z.int().positive(),
    auditor: Id,
    finding: z.enum(['confirmed', 'failed']),
  }),
  fact('plan-published', {
    plan: Id,
    migration: z.enum(['pin', 'rebase-open']),
    floorDays: z.int().min(0).max(3660).optional(),
  }),
  fact('calendar-published', { calendar: Id }),
])
export type FollowUpFact = z.infer<typeof FollowUpFact>

export type FactOf<Type extends FollowUpFact['type']> = Extract<FollowUpFact, { type: Type }>
