import { deepStrictEqual } from 'node:assert/strict'
import { TZDate } from '@date-fns/tz'
import {
  type FollowUpFact,
  type FollowUpPlan,
  type FollowUpProgramme,
  planRef,
  projectFollowUps,
  xuzhouFollowUp,
} from '@hospital-crm/rules'
import { addDays, addMonths, format, isWeekend, startOfDay } from 'date-fns'
import type { Bench } from './measure.ts'

type Discharge = Extract<FollowUpFact, { type: 'discharge' }>

/** What both sides must agree on: the local days of a window, and the instant at which it has passed. */
interface Planned {
  readonly opens: string
  readonly due: string
  readonly deadlineInstant: string
}

const zone = 'Asia/Shanghai'

const programmeOf = (plan: FollowUpPlan, where: string): FollowUpProgramme => ({
  zone: where,
  plan: planRef(plan),
  plans: { [planRef(plan)]: plan },
})

/** Discharges of three years, at all times of the day; 7,919 minutes is a prime number and no whole day. */
const dischargesOf = (count: number): Discharge[] =>
  Array.from({ length: count }, (_, nth) => {
    const minutes = (nth * 7919) % (3 * 365 * 1440)
    const effective = new Date(Date.UTC(2025, 0, 1) + minutes * 60_000).toISOString()
    return {
      type: 'discharge',
      at: effective,
      effective,
      patient: `P${nth}`,
      visit: `V${nth}`,
      disposition: '1',
      message: 'A03',
      attending: `D${nth % 40}`,
    }
  })

const planner = (programme: FollowUpProgramme) => (discharge: Discharge) =>
  projectFollowUps(programme, [discharge], [], {
    asOf: discharge.effective,
    knownAt: discharge.effective,
  }).tasks

const plannedOf = ({ opens, due, deadlineInstant }: Planned): Planned => ({
  opens,
  due,
  deadlineInstant,
})

/** The three windows as one would write them down with date-fns. */
const byDateFns = (where: string) => (discharge: Discharge) => {
  const day0 = startOfDay(new TZDate(discharge.effective, where))
  const windows = [
    [day0, addDays(day0, 7)],
    [addDays(day0, 8), addDays(day0, 14)],
    [addDays(day0, 15), addMonths(day0, 1)],
  ] as const
  return windows.map(([opens, due]): Planned => {
    const deadline = startOfDay(addDays(due, 1))
    return {
      opens: format(opens, 'yyyy-MM-dd'),
      due: format(due, 'yyyy-MM-dd'),
      deadlineInstant: new Date(deadline.getTime()).toISOString(),
    }
  })
}

const dayMs = 86_400_000
const chinaMs = 8 * 3_600_000
const dayText = (day: number) => new Date(day * dayMs).toISOString().slice(0, 10)

const monthLater = (day: number) => {
  const date = new Date(day * dayMs)
  const [year, month] = [date.getUTCFullYear(), date.getUTCMonth() + 1]
  const last = new Date(Date.UTC(year, month + 1, 0)).getUTCDate()
  return Date.UTC(year, month, Math.min(date.getUTCDate(), last)) / dayMs
}

/** The same where every day is 24 hours and begins at 16:00 UTC: no zone, no plan, no state. */
const byConstantOffset = ({ effective }: Discharge): Planned[] => {
  const day0 = Math.floor((Date.parse(effective) + chinaMs) / dayMs)
  const windows = [
    [day0, day0 + 7],
    [day0 + 8, day0 + 14],
    [day0 + 15, monthLater(day0)],
  ] as const
  return windows.map(([opens, due]) => ({
    opens: dayText(opens),
    due: dayText(due),
    deadlineInstant: new Date((due + 1) * dayMs - chinaMs).toISOString(),
  }))
}

/** A year's working days, invented: weekends off but one, and two weeks of holidays. */
const postponing: FollowUpPlan = { ...xuzhouFollowUp, version: 2, deadlineShift: 'postpone' }
const holidays = Array.from({ length: 14 }, (_, nth) => dayText(Date.UTC(2026, 1, 9) / dayMs + nth))
const withCalendar: FollowUpProgramme = {
  ...programmeOf(postponing, zone),
  calendar: 'years',
  calendars: {
    years: {
      weekend: ['Sat', 'Sun'],
      coverage: ['2025-01-01', '2028-12-31'],
      holidays,
      workingWeekends: ['2026-02-28'],
    },
  },
}

const isOff = (day: TZDate) => {
  const text = format(day, 'yyyy-MM-dd')
  return holidays.includes(text) || (isWeekend(day) && text !== '2026-02-28')
}

const postponed = (due: string) => {
  let day = new TZDate(`${due}T00:00:00+08:00`, zone)
  while (isOff(day)) day = addDays(day, 1)
  return format(day, 'yyyy-MM-dd')
}

const later = (instant: string, days: number) =>
  new Date(Date.parse(instant) + days * dayMs).toISOString()

/** What becomes known of a discharge: an attempt, a word on consent, two contacts and new details. */
const factsOf = (discharge: Discharge): FollowUpFact[] => {
  const { patient, visit, effective } = discharge
  const contact = (days: number, role: string, result: 'completed' | 'no-answer'): FollowUpFact => {
    const at = later(effective, days)
    return { type: 'contact', visit, role, at, effective: at, result, by: `${role}-1` }
  }
  return [
    discharge,
    contact(1, 'attending', 'no-answer'),
    contact(2, 'attending', 'completed'),
    { type: 'contact-details-updated', at: later(effective, 3), patient },
    { type: 'consent', at: later(effective, 4), patient, purpose: 'satisfaction', allowed: false },
    contact(16, 'outreach', 'no-answer'),
  ]
}

const pictureOf = (facts: readonly FollowUpFact[], at: string) =>
  projectFollowUps(withCalendar, facts, [], { asOf: at, knownAt: at }).tasks

const check = (discharges: readonly Discharge[]) => {
  const ours = planner(programmeOf(xuzhouFollowUp, zone))
  for (const discharge of discharges) {
    const planned = ours(discharge).map(plannedOf)
    deepStrictEqual(planned, byDateFns(zone)(discharge))
    deepStrictEqual(planned, byConstantOffset(discharge))
    const summer = planner(programmeOf(xuzhouFollowUp, 'Europe/Berlin'))(discharge)
    deepStrictEqual(summer.map(plannedOf), byDateFns('Europe/Berlin')(discharge))
  }
}

const checkPicture = (discharges: readonly Discharge[]) => {
  for (const discharge of discharges) {
    const tasks = pictureOf(factsOf(discharge), later(discharge.effective, 20))
    const dues = byDateFns(zone)(discharge).map(({ due }) => postponed(due))
    deepStrictEqual(
      tasks.map(({ state, due, countedAttempts }) => [state, due, countedAttempts]),
      [
        ['completed', dues[0], 1],
        ['cancelled', dues[1], 0],
        // It is sampled, and waits for the draw of its week.
        ['pending', dues[2], 1],
      ],
    )
  }
}

/** Discharge to three tasks, and a picture with all that can become known of them. */
export const planning: Bench = async ({ measure }) => {
  const count = 100
  const discharges = dischargesOf(count)
  const checked = dischargesOf(500)
  const plan = planner(programmeOf(xuzhouFollowUp, zone))
  const naive = byDateFns(zone)
  const ours = () => discharges.map(plan)
  const pair = { name: 'discharge to three tasks', ours, count, unit: 'discharges', time: 'processor' } as const
  await measure({
    ...pair,
    yardstick: 'date-fns and TZDate',
    tells: 'speed',
    goal: 50,
    check: () => check(checked),
    theirs: () => discharges.map(naive),
  })
  await measure({
    ...pair,
    yardstick: 'loop at a constant offset',
    tells: 'speed',
    check: () => check(checked),
    theirs: () => discharges.map(byConstantOffset),
  })
  const histories = discharges.map((discharge) => ({
    facts: factsOf(discharge),
    at: later(discharge.effective, 20),
  }))
  await measure({
    name: 'full picture, six facts and a calendar',
    yardstick: 'discharge to three tasks',
    tells: 'cost',
    count: count * 3,
    unit: 'tasks',
    time: 'processor',
    check: () => checkPicture(checked),
    ours: () => histories.map(({ facts, at }) => pictureOf(facts, at)),
    theirs: ours,
  })
}
