import { compileCalendar, type WorkCalendar } from '../calendar/work-calendar.ts'
import type { WorkDays } from '../calendar/working-days.ts'
import { type Zone, zoneOf } from '../calendar/zone.ts'
import { refuse } from '../refusal.ts'
import { type CompiledPlan, compilePlan } from './compiled-plan.ts'
import type { FollowUpPlan } from './plan.ts'

/**
 * What a hospital decided about one line of follow-up: its zone (IANA), the plan in force from the
 * beginning (`id@version`), and every plan and calendar its facts may name as published. A hospital
 * with several lines asks once for each. Treated as immutable: it is compiled once per object.
 */
export interface FollowUpProgramme {
  readonly zone: string
  readonly plan: string
  readonly plans: Readonly<Record<string, FollowUpPlan>>
  /** What began before this instant, or at `until` or later, is none of its business. */
  readonly since?: string | undefined
  readonly until?: string | undefined
  /** The calendar in force from the beginning, by name; without one nothing is shifted. */
  readonly calendar?: string | undefined
  readonly calendars?: Readonly<Record<string, WorkCalendar>> | undefined
}

export interface CompiledProgramme {
  readonly zone: Zone
  /** The id of the plan it began with: part of every task's key, so that a rebase keeps it. */
  readonly id: string
  readonly plan: CompiledPlan
  /** The calendars in force from the beginning. */
  readonly workDays: WorkDays
  readonly planNamed: (ref: string) => CompiledPlan
  /** The calendars so far and a newer one; the same list for the same calendars. */
  readonly withCalendar: (workDays: WorkDays, name: string) => WorkDays
}

const compiled = new WeakMap<FollowUpProgramme, CompiledProgramme>()

/** Refuses an unknown zone, plan or calendar, and a plan that contradicts itself. */
export const compileProgramme = (programme: FollowUpProgramme): CompiledProgramme => {
  const known = compiled.get(programme)
  if (known) return known
  const planNamed = (ref: string) => {
    const plan = Object.hasOwn(programme.plans, ref) && programme.plans[ref]
    return plan ? compilePlan(plan) : refuse('plan.unknown', { plan: ref })
  }
  const calendarNamed = (name: string) => {
    const { calendars = {} } = programme
    const calendar = Object.hasOwn(calendars, name) && calendars[name]
    return calendar ? compileCalendar(calendar) : refuse('calendar.unknown', { calendar: name })
  }
  const longer = new Map<WorkDays, Map<string, WorkDays>>()
  const withCalendar = (workDays: WorkDays, name: string): WorkDays => {
    const lists = longer.get(workDays) ?? new Map<string, WorkDays>()
    const list = lists.get(name) ?? [calendarNamed(name), ...workDays]
    longer.set(workDays, lists.set(name, list))
    return list
  }
  const plan = planNamed(programme.plan)
  const answer: CompiledProgramme = {
    zone: zoneOf(programme.zone),
    id: plan.id,
    plan,
    workDays: programme.calendar === undefined ? [] : [calendarNamed(programme.calendar)],
    planNamed,
    withCalendar,
  }
  compiled.set(programme, answer)
  return answer
}
