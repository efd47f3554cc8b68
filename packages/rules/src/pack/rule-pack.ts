import * as z from 'zod'
import { AttributionRules } from '../attribution/rules.ts'
import { WorkCalendar } from '../calendar/work-calendar.ts'
import { PayScheme } from '../commission/pay.ts'
import { Month } from '../commission/settlement-facts.ts'
import { CommissionTerms } from '../commission/terms.ts'
import { FraudRule } from '../compliance/fraud.ts'
import { ComplianceProfile } from '../compliance/profile.ts'
import { PayeeClass } from '../compliance/subject.ts'
import { WageDeductionRule } from '../compliance/wage-deduction.ts'
import { checkBook, RuleBook } from '../engine/rule-book.ts'
import { FeedbackRules } from '../feedback/feedback-rules.ts'
import { EscalationLevel } from '../follow-up/escalation-level.ts'
import type { FollowUpFact } from '../follow-up/fact.ts'
import { FollowUpPlan } from '../follow-up/plan.ts'
import type { FollowUpProgramme } from '../follow-up/programme.ts'
import { Minor } from '../money/amount.ts'
import { Territory } from '../rounds/territory.ts'
import { SurveyRules } from '../survey/survey-rules.ts'
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
  /** How much of a month's wage may be kept for claims; without it nothing is. */
  wages: z
    .strictObject({
      rule: WageDeductionRule,
      /** The local minimum of a month, in minor units. */
      minimumWage: Minor.min(0),
    })
    .optional(),
})
export type ComplianceRules = z.infer<typeof ComplianceRules>

/**
 * A signature that a settlement needs, by somebody of a role. A payee signs only where `payees` says
 * so: who files what they brought does, who approves the pay does not.
 */
export const ApprovalStep = z.strictObject({
  step: Name,
  role: Name,
  payees: z.boolean().default(false),
})
export type ApprovalStep = z.infer<typeof ApprovalStep>

/** What is earned by bringing patients, and how a month's settlement is approved. */
export const CommissionRules = z
  .strictObject({
    /** The first month that is settled here; what fell into earlier ones was settled elsewhere. */
    from: Month,
    /** Every version that was ever in force, of members of staff and of partners who agreed no other. */
    terms: z.array(CommissionTerms).min(1),
    /** By which of them members of staff earn, by their roles: the terms' id. */
    staff: z.record(Name, Name).default({}),
    /** By which of them partners earn who have agreed no other; nothing is earned where it lacks. */
    partners: Name.optional(),
    /** In the order in which they sign. */
    approvals: z
      .array(ApprovalStep)
      .min(1)
      .default([
        { step: 'filed', role: 'representative', payees: true },
        { step: 'attested', role: 'attending', payees: false },
        { step: 'operations', role: 'operations', payees: false },
        { step: 'finance', role: 'finance', payees: false },
      ]),
    /** Base pay and allowances beside commission, every version that was ever in force. */
    pay: z.array(PayScheme).min(1).optional(),
    /** What made-up results cost beside what they had earned. */
    fraud: FraudRule.optional(),
  })
  .superRefine(({ terms, staff, partners, approvals }, context) => {
    const ids = new Set(terms.map(({ id }) => id))
    const refuse = (message: string, path: PropertyKey[]) =>
      context.addIssue({ code: 'custom', message, path })
    for (const [role, id] of Object.entries(staff)) {
      if (!ids.has(id)) refuse('terms.unknown', ['staff', role])
    }
    if (partners !== undefined && !ids.has(partners)) refuse('terms.unknown', ['partners'])
    const steps = approvals.map(({ step }) => step)
    steps.forEach((step, place) => {
      if (steps.indexOf(step) !== place) refuse('approval.step-twice', ['approvals', place])
    })
    terms.forEach(({ accountingDay }, place) => {
      if (accountingDay !== terms[0]?.accountingDay) {
        refuse('terms.other-accounting-day', ['terms', place, 'accountingDay'])
      }
    })
  })
export type CommissionRules = z.infer<typeof CommissionRules>

/** Rules of a book, with everything that a check finds wrong with them. */
const SoundBook: z.ZodType<RuleBook> = RuleBook.superRefine((book, context) => {
  for (const { level, path, message } of checkBook(book).findings) {
    if (level === 'error') context.addIssue({ code: 'custom', path: path.split('.'), message })
  }
})

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
  /** Without it nothing is settled. */
  commission: CommissionRules.optional(),
  /** Without it no survey is asked. */
  surveys: SurveyRules.optional(),
  /** Without it complaints are taken in any class, and have no deadline. */
  feedback: FeedbackRules.optional(),
  /** By what customers are told apart, such as `valueTiers`; asked by `segmentsBy`. */
  segments: SoundBook.optional(),
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
