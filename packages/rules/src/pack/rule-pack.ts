import * as z from 'zod'
import { AttributionRules } from '../attribution/rules.ts'
import { WorkCalendar } from '../calendar/work-calendar.ts'
import { ComplianceProfile } from '../compliance/profile.ts'
import { PayeeClass } from '../compliance/subject.ts'
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
    /** Further plans in force beside it: chronic programmes, outpatient plans. One version of each. */
    also: z.array(Name).max(50).default([]),
    migration: z.enum(['pin', 'rebase-open']).default('pin'),
    floorDays: z.int().min(0).optional(),
    calendar: Name.optional(),
    calendars: z.record(Name, WorkCalendar).default({}),
  })
  .refine(({ plan, plans }) => Object.hasOwn(plans, plan), {
    path: ['plan'],
    message: 'plan.unknown',
  })
  .refine(({ also, plans }) => also.every((ref) => Object.hasOwn(plans, ref)), {
    path: ['also'],
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

/**
 * What the law lets be paid, and as what it looks at members of staff, by their roles. Somebody with
 * a role that is not named here, or with none, counts as a clinician.
 */
export const ComplianceRules = z.strictObject({
  profile: ComplianceProfile,
  staff: z.record(Name, PayeeClass).default({}),
})
export type ComplianceRules = z.infer<typeof ComplianceRules>

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
  /** How merit for a visit is decided; without it evidence is kept and nobody is credited. */
  attribution: AttributionRules.optional(),
  /** Without it nothing is agreed with anybody. */
  compliance: ComplianceRules.optional(),
  access: z.array(AccessRule),
})
export type RulePack = z.infer<typeof RulePack>

/** One line of follow-up: its plan, and what was published of it since. */
export interface FollowUpLine {
  readonly programme: FollowUpProgramme
  readonly publications: readonly FollowUpFact[]
}

/** A hospital's settings and its packs as decisions see them. */
export interface Policy
  extends Omit<RulePack, 'id' | 'version' | 'title' | 'followUp' | 'attribution'> {
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
  /** Every line of follow-up, the hospital's main one first; each is projected for itself. */
  readonly lines: readonly FollowUpLine[]
  /** Every version of the attribution rules and since when it is in force, the oldest first. */
  readonly attributions: readonly { readonly at: string; readonly rules: AttributionRules }[]
}
