import * as z from 'zod'
import { AppliesWhen } from './applies-when.ts'
import { EscalationLevel } from './escalation-level.ts'
import { VisitClass } from './fact.ts'
import { planFaults } from './plan-faults.ts'

const Word = z.string().min(1)
const Count = z.int().min(0).max(36_600)

/** How far from day 0: calendar days, clamped calendar months, or working days after day 0. */
export const Offset = z.union([
  z.strictObject({ days: Count }),
  z.strictObject({ months: z.int().min(0).max(1200) }),
  z.strictObject({ workingDays: z.int().min(0).max(10_000) }),
])
export type Offset = z.infer<typeof Offset>

/** Which share of a week's discharges the tier asks for. `rate` is read as a decimal. */
export const Sampling = z.strictObject({
  rate: z.number().min(0).max(1),
  forceOn: z.array(z.literal('tier1-unreachable')).optional(),
  frame: z.literal('iso-week-of-discharge').optional(),
  decideAt: z.literal('frame-end').optional(),
  algorithm: z.literal('sha256-rank').optional(),
  rounding: z.literal('ceil').optional(),
})
export type Sampling = z.infer<typeof Sampling>

/** One contact owed after a discharge. The window `[opens, due]` is of local days, both included. */
export const Tier = z.strictObject({
  tier: z.int().positive(),
  role: Word,
  channel: Word,
  purpose: Word,
  opens: Offset,
  due: Offset,
  acceptEarlyDays: z.int().min(0).max(3660),
  questionnaire: Word.optional(),
  sampling: Sampling.optional(),
})
export type Tier = z.infer<typeof Tier>

/** What begins an episode: a discharge, or a visit of one of these classes. */
export const StartsOn = z.union([z.literal('discharge'), z.array(VisitClass).min(1)])
export type StartsOn = z.infer<typeof StartsOn>

/**
 * All tiers again and again, each time so much later, counted from day 0: months are clamped from
 * there and do not drift. Tiers are numbered on: after tiers 1 and 2 the second time has 3 and 4.
 */
export const Repeats = z.strictObject({
  every: z.union([
    z.strictObject({ days: z.int().positive().max(3660) }),
    z.strictObject({ months: z.int().positive().max(120) }),
  ]),
  times: z.int().min(2).max(120),
})
export type Repeats = z.infer<typeof Repeats>

/** The shape alone; `FollowUpPlan` also refuses plans that contradict themselves. */
const Shape = z.strictObject({
  id: Word,
  version: z.int().positive(),
  tiers: z.array(Tier).min(1),
  horizonDays: Count,
  excludeDispositions: z.array(Word),
  onInpatientReadmission: z.literal('cancel'),
  deadlineShift: z.enum(['none', 'postpone', 'advance']),
  attempts: z.strictObject({ max: z.int().positive(), minGapHours: z.number().min(0) }),
  /** A discharge unless told. */
  startsOn: StartsOn.optional(),
  repeats: Repeats.optional(),
  /** Asked of the visit that begins the episode; everybody's unless told. */
  appliesWhen: AppliesWhen.optional(),
  /** The plan's own escalation; the pack's unless told. */
  escalate: z.array(EscalationLevel).max(10).optional(),
})

/**
 * A version of a follow-up plan: its tiers, and until how many days after discharge a late contact
 * still counts. Refuses two tiers of one number, a window that opens after it is due, and a horizon
 * that ends before a due date, whichever the discharge day; a published version is never changed.
 * Where the plan repeats, the horizon is counted from each time anew.
 */
export const FollowUpPlan = Shape.superRefine((plan, context) => {
  for (const { code, path } of planFaults(plan)) {
    context.addIssue({ code: 'custom', message: code, path: [...path] })
  }
})
export type FollowUpPlan = z.infer<typeof Shape>

/** How files and facts name a version of a plan. */
export const planRef = ({ id, version }: { id: string; version: number }): string =>
  `${id}@${version}`
