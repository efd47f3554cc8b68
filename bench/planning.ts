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
import { addDays, format, isWeekend } from 'date-fns'
import type { Bench } from './measure.ts'
import {
  byConstantOffset,
  byDateFns,
  dayMs,
  dayText,
  type Planned,
} from './yardstick/follow-up-dates.ts'

type Discharge = Extract<FollowUpFact, { type: 'discharge' }>

const zone = 'Asia/Shanghai'

const programmeOf = (plan: FollowUpPlan, where: string): FollowUpProgramme => ({
  zone: where,
  plan: planRef(plan),
  plans: { [planRef(plan)]: plan },
})

/** Discharges of three years, at all times of the day. */
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

const postponing: FollowUpPlan = { ...xuzhouFollowUp, version: 2, deadlineShift: 'postpone' }
/** Two weeks; else a working day is one from Monday to Friday, and one Saturday. */
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

/** A discharge, and what becomes known in the twenty days after it. */
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
    deepStrictEqual(planned, byDateFns(zone)(discharge.effective))
    deepStrictEqual(planned, byConstantOffset(discharge.effective))
    const summer = planner(programmeOf(xuzhouFollowUp, 'Europe/Berlin'))(discharge)
    deepStrictEqual(summer.map(plannedOf), byDateFns('Europe/Berlin')(discharge.effective))
  }
}

const checkPicture = (discharges: readonly Discharge[]) => {
  for (const discharge of discharges) {
    const tasks = pictureOf(factsOf(discharge), later(discharge.effective, 20))
    const dues = byDateFns(zone)(discharge.effective).map(({ due }) => postponed(due))
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
  const instants = discharges.map(({ effective }) => effective)
  const checked = dischargesOf(500)
  const plan = planner(programmeOf(xuzhouFollowUp, zone))
  const naive = byDateFns(zone)
  const ours = () => discharges.map(plan)
  const pair = {
    name: 'discharge to three tasks',
    ours,
    count,
    unit: 'discharges',
    time: 'processor',
  } as const
  await measure({
    ...pair,
    yardstick: 'date-fns and TZDate',
    tells: 'speed',
    goal: 50,
    check: () => check(checked),
    theirs: () => instants.map(naive),
  })
  await measure({
    ...pair,
    yardstick: 'loop at a constant offset',
    tells: 'speed',
    check: () => check(checked),
    theirs: () => instants.map(byConstantOffset),
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
    aim: 300_000,
    time: 'processor',
    check: () => checkPicture(checked),
    ours: () => histories.map(({ facts, at }) => pictureOf(facts, at)),
    theirs: ours,
  })
}
