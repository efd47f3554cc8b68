import * as z from 'zod'
import { WorkCalendar } from '../calendar/work-calendar.ts'
import { EscalationLevel } from '../follow-up/escalation-level.ts'
import type { FollowUpFact } from '../follow-up/fact.ts'
import { FollowUpPlan } from '../follow-up/plan.ts'
import type { FollowUpProgramme } from '../follow-up/programme.ts'
import { Territory } from '../rounds/territory.ts'
import { AccessRule } from './access.ts'

const Name = z.string().min(1)
const TimeOfDay = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/)

/** What patients are told when the window of one of their follow-ups opens: a template of the catalogue. */
export const Announcement = z.strictObject({
  plan: Name,
  tier: z.int().positive(),
  template: Name,
  /** Patients may mute what is not critical. */
  grade: z.enum(['critical', 'important', 'ordinary']).default('ordinary'),
})
export type Announcement = z.infer<typeof Announcement>

/** Local times of day between which a patient is not disturbed; `from` may be later than `until`. */
export const QuietHours = z.strictObject({ from: TimeOfDay, until: TimeOfDay })
export type QuietHours = z.infer<typeof QuietHours>

/** Which share of a week's completed follow-ups of a tier is checked by asking the patient again, and by whom. */
export const SpotCheckRule = z.strictObject({
  tier: z.int().positive(),
  /** From 0 to 1, read as a decimal; the draw rounds up. */
  rate: z.number().min(0).max(1),
  /** The role whose members check; nobody checks their own work. */
  role: Name,
})
export type SpotCheckRule = z.infer<typeof SpotCheckRule>

/**
 * The follow-up plan in force, by `id@version` among `plans`, and the calendar, by name. `migration`
 * says what becomes of episodes under way when a pack brings another version of the plan.
 */
export const FollowUpRules = z
  .strictObject({
    plan: Name,
    plans: z.record(Name, FollowUpPlan),
    migration: z.enum(['pin', 'rebase-open']).default('pin'),
    floorDays: z.int().min(0).optional(),
    calendar: Name.optional(),
    calendars: z.record(Name, WorkCalendar).default({}),
  })
  .refine(({ plan, plans }) => Object.hasOwn(plans, plan), {
    path: ['plan'],
    message: 'plan.unknown',
  })
  .refine(
    ({ calendar, calendars }) => calendar === undefined || Object.hasOwn(calendars, calendar),
    {
      path: ['calendar'],
      message: 'calendar.unknown',
    },
  )
export type FollowUpRules = z.infer<typeof FollowUpRules>

/** A hospital's rules, versioned as one file. A version that was published is never changed. */
export const RulePack = z.strictObject({
  id: z.string().regex(/^[a-z0-9][a-z0-9-]*$/),
  version: z.int().positive(),
  title: Name.optional(),
  followUp: FollowUpRules,
  escalation: z.array(EscalationLevel).max(10),
  /** Where home visits go; without one every visit's region is unassigned. */
  territory: Territory.optional(),
  spotChecks: z.array(SpotCheckRule).max(20).default([]),
  /** Whether draws are salted with a secret that nobody knows before, published with the draw. */
  secretDraws: z.boolean().default(false),
  quietHours: QuietHours,
  announcements: z.array(Announcement).max(100).default([]),
  /** Channels by which patients are told, the preferred one first; none: nothing is sent to patients. */
  channels: z.strictObject({ patients: z.array(Name) }),
  /** A feed that has said nothing for so long is an alarm. */
  silentFeedAfterHours: z.number().positive(),
  access: z.array(AccessRule),
})
export type RulePack = z.infer<typeof RulePack>

/** A hospital's settings and its packs as decisions see them. */
export interface Policy extends Omit<RulePack, 'id' | 'version' | 'title' | 'followUp'> {
  /** The pack in force, `id@version`; decisions stamp it. */
  readonly pack: string
  /** IANA name. */
  readonly zone: string
  /** BCP 47. */
  readonly locale: string
  /** ISO 4217. */
  readonly currency: string
  /** Every plan and calendar that was ever in force. */
  readonly followUp: FollowUpProgramme
  /** When plans and calendars came into force after the first, as facts for projections. */
  readonly publications: readonly FollowUpFact[]
}
