import type { Millis } from '../calendar/instant.ts'
import type { WorkDays } from '../calendar/working-days.ts'
import type { CompiledPlan } from './compiled-plan.ts'
import type { Ledger } from './ledger.ts'
import type { CompiledProgramme } from './programme.ts'

/** A new version that moves the episodes under way, from the instant it was published. */
export interface Rebase {
  readonly at: Millis
  readonly plan: CompiledPlan
  readonly floorDays: number
}

/** Which plan and calendars were in force when. */
export interface Publications {
  readonly planFor: (discharged: Millis) => CompiledPlan
  readonly rebases: readonly Rebase[]
  /** When calendars were published; from each on, dates not yet completed are worked out anew. */
  readonly calendarsPublished: readonly Millis[]
  readonly workDaysAt: (known: Millis) => WorkDays
}

const unpublished = new WeakMap<CompiledProgramme, Publications>()

export const publicationsOf = (
  programme: CompiledProgramme,
  ledger: Ledger,
  seen: Millis,
): Publications => {
  if (ledger.plans.length > 0 || ledger.calendars.length > 0) {
    return published(programme, ledger, seen)
  }
  const known = unpublished.get(programme)
  if (known) return known
  const fresh = published(programme, ledger, seen)
  unpublished.set(programme, fresh)
  return fresh
}

const published = (programme: CompiledProgramme, ledger: Ledger, seen: Millis): Publications => {
  const plans = ledger.plans
    .filter(({ at }) => at <= seen)
    .map(({ at, fact }) => ({ at, fact, plan: programme.planNamed(fact.plan) }))
  const calendars = ledger.calendars.filter(({ at }) => at <= seen)
  let newest = programme.workDays
  const workDays = [newest]
  for (const { fact } of calendars) {
    newest = programme.withCalendar(newest, fact.calendar)
    workDays.push(newest)
  }
  const calendarsPublished = calendars.map(({ at }) => at)
  return {
    planFor: (discharged) => plans.findLast(({ at }) => at <= discharged)?.plan ?? programme.plan,
    rebases: plans
      .filter(({ fact }) => fact.migration === 'rebase-open')
      .map(({ at, fact, plan }) => ({ at, plan, floorDays: fact.floorDays ?? 1 })),
    calendarsPublished,
    workDaysAt: (known) =>
      workDays[calendarsPublished.filter((at) => at <= known).length] ?? programme.workDays,
  }
}
