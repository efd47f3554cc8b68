import { addMonths, type DayNumber, dayNumber } from '../calendar/day.ts'
import { countWorkingDays } from '../calendar/working-days.ts'
import type { FollowUpPlan, Offset } from './plan.ts'

/** What a plan says against itself: a code, and the path of the word that is wrong. */
export interface PlanFault {
  readonly code: string
  readonly path: readonly (string | number)[]
}

/** Four years of discharge days: every month length and weekday, so every length of a month. */
const anchors = Array.from({ length: 1461 }, (_, index) => dayNumber(2024, 1, 1) + index)

const landsOn = (offset: Offset, anchor: DayNumber): DayNumber => {
  if ('days' in offset) return anchor + offset.days
  if ('months' in offset) return addMonths(anchor, offset.months)
  return countWorkingDays([], anchor, offset.workingDays).day
}

const everywhere = (holds: (anchor: DayNumber) => boolean, ...offsets: Offset[]) =>
  offsets.every((offset) => 'days' in offset)
    ? holds(anchors[0] ?? 0)
    : anchors.every((anchor) => holds(anchor))

export const planFaults = (plan: FollowUpPlan): PlanFault[] => {
  const seen = new Set<number>()
  return plan.tiers.flatMap(({ tier, opens, due }, index) => {
    const faults: PlanFault[] = []
    const fault = (code: string, key: string) => faults.push({ code, path: ['tiers', index, key] })
    if (seen.has(tier)) fault('plan.duplicate-tier', 'tier')
    seen.add(tier)
    if (!everywhere((day) => landsOn(opens, day) <= landsOn(due, day), opens, due)) {
      fault('plan.opens-after-due', 'opens')
    }
    if (!everywhere((day) => landsOn(due, day) <= day + plan.horizonDays, due)) {
      fault('plan.horizon-ends-before-due', 'due')
    }
    return faults
  })
}
