import * as z from 'zod'
import { Day } from '../calendar/day.ts'
import { Instant } from '../calendar/instant.ts'

export const TaskState = z.enum([
  'pending',
  'open',
  'overdue',
  'completed',
  'missed',
  'cancelled',
  'unreachable',
  'not-selected',
])
export type TaskState = z.infer<typeof TaskState>

/** Why a task is cancelled. */
export const CancelReason = z.enum([
  'readmitted',
  'discharge-cancelled',
  'deceased',
  'merged-duplicate',
  'consent',
  'refused',
  'plan-changed',
])
export type CancelReason = z.infer<typeof CancelReason>

/** Why a contact does not count. */
export const Rejection = z.enum([
  'before-window',
  'before-discharge',
  'in-future',
  'voided-by-spot-check',
  'wrong-role',
  'after-horizon',
  'episode-ended',
])
export type Rejection = z.infer<typeof Rejection>

export const Timeliness = z.enum(['early', 'on-time', 'late'])
export type Timeliness = z.infer<typeof Timeliness>

const Word = z.string()

/** One follow-up owed, as of one instant. What does not apply is null; days are local days. */
export const FollowUpTask = z.strictObject({
  /** Visit, generation, programme and tier: the same through corrections and rebases. */
  key: Word,
  visit: Word,
  tier: z.int(),
  patient: Word,
  role: Word,
  channel: Word,
  purpose: Word,
  questionnaire: Word.nullable(),
  state: TaskState,
  reason: CancelReason.nullable(),
  opens: Day,
  due: Day,
  /** The first instant of the local day after `due`. */
  deadlineInstant: Instant,
  timeliness: Timeliness.nullable(),
  /** Whole local days after `due`; 0 when completed early or on time. */
  lateDays: z.int().nullable(),
  /** Hours from the contact to its record. */
  recordLagHours: z.number().nullable(),
  completedAt: Instant.nullable(),
  generation: z.int(),
  plan: Word,
  planVersion: z.int(),
  previousDue: Day.nullable(),
  dueAtCompletion: Day.nullable(),
  /** A date lies beyond what the calendars cover, and may still move. */
  provisional: z.boolean(),
  warnings: z.array(Word).readonly(),
  flags: z.array(Word).readonly(),
  owner: Word.nullable(),
  ownerHistory: z.array(Word).readonly(),
  performedBy: Word.nullable(),
  countedAttempts: z.int(),
  recordedAttempts: z.int(),
  rejectedEvidence: z.array(Rejection).readonly(),
  selection: z.enum(['selected', 'forced:tier1-unreachable']).nullable(),
  inDenominator: z.boolean(),
})
export type FollowUpTask = z.infer<typeof FollowUpTask>
