import * as z from 'zod'
import { Instant } from '../calendar/instant.ts'
import { WorkCalendar } from '../calendar/work-calendar.ts'
import { zoneOf } from '../calendar/zone.ts'
import { Draw } from '../follow-up/draw.ts'
import { FollowUpFact } from '../follow-up/fact.ts'
import { FollowUpPlan, planRef } from '../follow-up/plan.ts'
import { FollowUpTask, TaskState } from '../follow-up/task.ts'

const Word = z.string().min(1)
const Count = z.number()

/** What the format says of a task; visit and tier say which one is meant. */
const ExpectedTask = FollowUpTask.omit({
  key: true,
  role: true,
  channel: true,
  purpose: true,
  questionnaire: true,
  completedAt: true,
  plan: true,
})
  .extend({
    // A word that no engine knows is a failed case, not a malformed file.
    reason: z.string().nullable(),
    rejectedEvidence: z.array(z.string()),
    selection: z.string().nullable(),
  })
  .partial()
  .required({ visit: true, tier: true })

const ExpectedTier = z.strictObject({
  tier: z.int(),
  due: Count.optional(),
  attempted: Count.optional(),
  onTime: Count.optional(),
  late: Count.optional(),
  open: Count.optional(),
  missed: Count.optional(),
  unreachable: Count.optional(),
  refused: Count.optional(),
  recordLagHours: Count.optional(),
})

const ExpectedStaff = z.strictObject({
  staff: Word,
  tier1Due: Count.optional(),
  tier1OnTime: Count.optional(),
  spotChecked: Count.optional(),
  spotFailed: Count.optional(),
})

const oneOrMore = <Schema extends z.ZodType>(schema: Schema) => z.union([schema, z.array(schema)])

const Expectation = z.strictObject({
  asOf: Instant,
  tasks: z.array(ExpectedTask),
  activeCount: Count.optional(),
  totalCount: Count.optional(),
  kpi: oneOrMore(ExpectedTier).optional(),
  appraisal: oneOrMore(ExpectedStaff).optional(),
  sampling: z
    .strictObject({
      seed: Draw.shape.seed,
      decided: z.boolean().optional(),
      frameSize: Count.nullable().optional(),
      selectedCount: Count.nullable().optional(),
      selected: z.array(Word).nullable().optional(),
    })
    .optional(),
  outboundAllowed: z.boolean().optional(),
})

const FollowUpCase = z.strictObject({
  id: Word,
  zone: Word,
  plan: Word,
  calendar: Word.optional(),
  given: z.array(FollowUpFact),
  expect: z.array(Expectation),
  simulate: z
    .strictObject({
      from: Instant,
      to: Instant,
      transitions: z.array(z.tuple([Instant, z.int(), TaskState])),
      sideEffects: Count,
    })
    .optional(),
  note: z.string().optional(),
})

const Shape = z.strictObject({
  format: z.literal('follow-up-scenarios/1'),
  plans: z.record(Word, FollowUpPlan),
  calendars: z.record(Word, WorkCalendar),
  scenarios: z.array(z.strictObject({ id: Word, title: z.string(), cases: z.array(FollowUpCase) })),
})

const isZone = (name: string) => {
  try {
    return zoneOf(name).name === name
  } catch {
    return false
  }
}

/** A file of follow-up cases. Refuses unknown keys, and plans and calendars that it does not hold. */
export const FollowUpScenarios = Shape.superRefine((file, context) => {
  const refuse = (message: string, path: PropertyKey[]) =>
    context.addIssue({ code: 'custom', message, path })
  for (const [name, plan] of Object.entries(file.plans)) {
    if (planRef(plan) !== name) refuse('plan.named-otherwise', ['plans', name])
  }
  file.scenarios.forEach(({ cases }, scenario) => {
    cases.forEach((one, index) => {
      const at = ['scenarios', scenario, 'cases', index]
      const plan = (ref: string, path: PropertyKey[]) => {
        if (!Object.hasOwn(file.plans, ref)) refuse('plan.unknown', [...at, ...path])
      }
      const calendar = (name: string, path: PropertyKey[]) => {
        if (!Object.hasOwn(file.calendars, name)) refuse('calendar.unknown', [...at, ...path])
      }
      if (!isZone(one.zone)) refuse('zone.unknown', [...at, 'zone'])
      plan(one.plan, ['plan'])
      if (one.calendar !== undefined) calendar(one.calendar, ['calendar'])
      one.given.forEach((fact, position) => {
        if (fact.type === 'plan-published') plan(fact.plan, ['given', position, 'plan'])
        if (fact.type === 'calendar-published') {
          calendar(fact.calendar, ['given', position, 'calendar'])
        }
      })
    })
  })
})
export type FollowUpScenarios = z.infer<typeof FollowUpScenarios>
export type FollowUpCase = z.infer<typeof FollowUpCase>
export type FollowUpExpectation = z.infer<typeof Expectation>
