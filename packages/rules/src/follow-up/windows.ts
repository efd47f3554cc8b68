import { addMonths, type DayNumber, writeDay } from '../calendar/day.ts'
import { type Millis, writeInstant } from '../calendar/instant.ts'
import {
  countWorkingDays,
  type Placed,
  shiftDeadline,
  type WorkDays,
} from '../calendar/working-days.ts'
import type { Zone } from '../calendar/zone.ts'
import type { CompiledPlan, CompiledTier } from './compiled-plan.ts'
import type { Offset } from './plan.ts'

/** When one tier may be done, by local days, with the instants at which they begin and end. */
export interface Window {
  readonly tier: CompiledTier
  readonly plan: CompiledPlan
  readonly opens: DayNumber
  readonly due: DayNumber
  /** Before any shift off a day off. */
  readonly unshifted: DayNumber
  /** The last day on which a late contact still counts. */
  readonly horizon: DayNumber
  readonly opensAt: Millis
  readonly deadline: Millis
  readonly horizonEnds: Millis
  readonly provisional: boolean
  readonly warnings: readonly string[]
  /** Set by a rebase: when a new version brought the tier, and when one dropped it. */
  readonly since: Millis
  readonly removedAt: Millis
  readonly written: { readonly opens: string; readonly due: string; readonly deadline: string }
}

const place = (offset: Offset, anchor: DayNumber, workDays: WorkDays): Placed => {
  if ('workingDays' in offset) return countWorkingDays(workDays, anchor, offset.workingDays)
  const day = 'days' in offset ? anchor + offset.days : addMonths(anchor, offset.months)
  return { day, provisional: false, warnings: none }
}

const none: readonly string[] = []

const windowOf = (
  plan: CompiledPlan,
  tier: CompiledTier,
  day0: DayNumber,
  workDays: WorkDays,
  zone: Zone,
): Window => {
  const anchor = tier.after ? place(tier.after, day0, workDays).day : day0
  const opens = place(tier.opens, anchor, workDays)
  const counted = place(tier.due, anchor, workDays)
  const unshifted = Math.max(counted.day, opens.day)
  const shifted = shiftDeadline(workDays, plan.deadlineShift, unshifted, opens.day)
  // A deadline that was moved past the horizon is not missed before it is due.
  const horizon = Math.max(anchor + plan.horizonDays, shifted.day)
  const warnings = [...opens.warnings, ...counted.warnings, ...shifted.warnings]
  return {
    tier,
    plan,
    opens: opens.day,
    unshifted,
    opensAt: zone.startOf(opens.day),
    ...endings(zone, opens.day, shifted.day, horizon),
    provisional: opens.provisional || counted.provisional || shifted.provisional,
    warnings: warnings.length === 0 ? none : [...new Set(warnings)],
    since: Number.NEGATIVE_INFINITY,
    removedAt: Number.POSITIVE_INFINITY,
  }
}

/** What follows from the days: their first instants, and how tasks write them. */
export const endings = (zone: Zone, opens: DayNumber, due: DayNumber, horizon: DayNumber) => {
  const deadline = zone.startOf(due + 1)
  const written = { opens: writeDay(opens), due: writeDay(due), deadline: writeInstant(deadline) }
  return { due, horizon, deadline, horizonEnds: zone.startOf(horizon + 1), written }
}

/** By plan, then by calendars in force, then by zone and day 0: a ward's discharges share days. */
const known = new WeakMap<
  CompiledPlan,
  WeakMap<WorkDays, WeakMap<Zone, Map<DayNumber, Window[]>>>
>()

const within = <Key extends object, Value>(
  map: WeakMap<Key, Value>,
  key: Key,
  fresh: () => Value,
) => {
  const found = map.get(key)
  if (found) return found
  const value = fresh()
  map.set(key, value)
  return value
}

/** The windows a plan version gives a discharge on day 0 `anchor`, in order of tiers. */
export const windowsOf = (
  plan: CompiledPlan,
  anchor: DayNumber,
  workDays: WorkDays,
  zone: Zone,
): readonly Window[] => {
  const byCalendars = within(known, plan, () => new WeakMap())
  const byZone = within(byCalendars, workDays, () => new WeakMap())
  const byDay: Map<DayNumber, Window[]> = within(byZone, zone, () => new Map())
  const found = byDay.get(anchor)
  if (found) return found
  const windows = plan.tiers.map((tier) => windowOf(plan, tier, anchor, workDays, zone))
  byDay.set(anchor, windows)
  return windows
}
