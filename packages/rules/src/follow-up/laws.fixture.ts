import * as fc from 'fast-check'
import { writeInstant } from '../calendar/instant.ts'
import { xuzhouFollowUp } from '../packs/xuzhou/follow-up.ts'
import type { FollowUpFact } from './fact.ts'
import type { FollowUpPlan } from './plan.ts'
import type { FollowUpProgramme } from './programme.ts'

const start = Date.parse('2026-03-01T16:00:00Z')
const minute = 60_000

/** Minutes after the start of the fixture, as an instant. */
export const minutes = (count: number): string => writeInstant(start + count * minute)

export const day = 24 * 60

const half: FollowUpPlan = {
  ...xuzhouFollowUp,
  tiers: xuzhouFollowUp.tiers.map((tier) =>
    tier.sampling ? { ...tier, sampling: { ...tier.sampling, rate: 0.5 } } : tier,
  ),
}
const stricter: FollowUpPlan = {
  ...half,
  version: 2,
  deadlineShift: 'postpone',
  tiers: half.tiers.slice(0, 2).map((tier) => ({ ...tier, due: { workingDays: 10 } })),
}

export const programme: FollowUpProgramme = {
  zone: 'Asia/Shanghai',
  plan: 'xuzhou-three-tier@1',
  plans: { 'xuzhou-three-tier@1': half, 'xuzhou-three-tier@2': stricter },
  calendar: 'spring',
  calendars: {
    spring: {
      weekend: ['Sat', 'Sun'],
      coverage: ['2026-01-01', '2026-03-31'],
      holidays: ['2026-03-09'],
      workingWeekends: [],
    },
    summer: {
      weekend: ['Sat', 'Sun'],
      coverage: ['2026-03-01', '2026-12-31'],
      holidays: ['2026-03-16', '2026-03-17'],
      workingWeekends: ['2026-03-14'],
    },
  },
}

const visit = fc.constantFrom('V1', 'V2', 'V3')
const patient = fc.constantFrom('P1', 'P2')
const staff = fc.constantFrom('A', 'B', 'C')
const role = fc.constantFrom('attending', 'call-centre', 'outreach')
const tier = fc.constantFrom(1, 2, 3)

/** What became known at `at` and happened at `effective`. */
const factAt = (at: string, effective: string): fc.Arbitrary<FollowUpFact> => {
  const known = { at: fc.constant(at) }
  const happened = { ...known, effective: fc.constant(effective) }
  const is = <Type extends string>(type: Type) => ({ type: fc.constant(type) })
  return fc.oneof(
    fc.record({
      ...is('discharge'),
      ...happened,
      patient,
      visit,
      disposition: fc.constantFrom('1', '1', '1', '5'),
      message: fc.constant('A03'),
      attending: staff,
    }),
    fc.record({ ...is('discharge-corrected'), ...happened, visit }),
    fc.record({ ...is('discharge-cancelled'), ...happened, visit }),
    fc.record({ ...is('admission'), ...happened, patient, visit, class: fc.constant('inpatient') }),
    fc.record({ ...is('admission-cancelled'), ...happened, visit }),
    fc.record(
      {
        ...is('contact'),
        ...happened,
        visit,
        tier,
        role,
        result: fc.constantFrom('completed', 'completed', 'no-answer', 'wrong-number', 'refused'),
        by: staff,
      },
      { requiredKeys: ['type', 'at', 'effective', 'visit', 'role', 'result'] },
    ),
    fc.record({
      ...is('window-moved'),
      ...known,
      visit,
      tier,
      due: fc.constantFrom('2026-03-06', '2026-03-20', '2026-05-01'),
      because: fc.constant('patient-asked'),
    }),
    fc.record({ ...is('contact-details-updated'), ...known, patient }),
    fc.record({
      ...is('consent'),
      ...known,
      patient,
      purpose: fc.constantFrom('*', 'clinical', 'satisfaction'),
      allowed: fc.boolean(),
    }),
    fc.record({ ...is('death'), ...happened, patient }),
    fc.record({ ...is('death-revoked'), ...known, patient }),
    fc.record({
      ...is('patient-merged'),
      ...known,
      survivor: fc.constant('P1'),
      merged: fc.constant('P2'),
      sameVisit: fc.constantFrom({}, { V2: 'V1' }),
    }),
    fc.record({ ...is('staff-unavailable'), ...happened, staff, replacement: staff }),
    fc.record({
      ...is('spot-check'),
      ...known,
      visit,
      tier,
      auditor: staff,
      finding: fc.constantFrom('confirmed', 'failed'),
    }),
    fc.record({
      ...is('plan-published'),
      ...known,
      plan: fc.constantFrom('xuzhou-three-tier@1', 'xuzhou-three-tier@2'),
      migration: fc.constantFrom('pin', 'rebase-open'),
    }),
    fc.record({ ...is('calendar-published'), ...known, calendar: fc.constant('summer') }),
  ) as fc.Arbitrary<FollowUpFact>
}

const someFact = fc
  .tuple(fc.integer({ min: 60, max: 50 * day }), fc.integer({ min: -10 * day, max: 30 }))
  .chain(([at, lag]) => factAt(minutes(at), minutes(Math.max(0, at + lag))))

const discharge: FollowUpFact = {
  type: 'discharge',
  at: minutes(30),
  effective: minutes(20),
  patient: 'P1',
  visit: 'V1',
  disposition: '1',
  message: 'A03',
  attending: 'A',
}

/** A discharge and what comes of it in fifty days, each fact known at an instant of its own. */
export const histories: fc.Arbitrary<FollowUpFact[]> = fc
  .uniqueArray(someFact, { selector: ({ at }) => at, maxLength: 14 })
  .map((facts) => [discharge, ...facts])
