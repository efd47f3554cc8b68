import { describe, expect, it } from 'vitest'
import type { FollowUpFact } from './fact.ts'
import { FollowUpPlan, planRef } from './plan.ts'
import { projectFollowUps } from './project.ts'

const base = {
  id: 'copd',
  version: 1,
  tiers: [
    {
      tier: 1,
      role: 'nurse',
      channel: 'phone',
      purpose: 'clinical',
      opens: { days: 0 },
      due: { days: 3 },
      acceptEarlyDays: 0,
    },
    {
      tier: 2,
      role: 'doctor',
      channel: 'phone',
      purpose: 'clinical',
      opens: { days: 7 },
      due: { days: 10 },
      acceptEarlyDays: 0,
    },
  ],
  horizonDays: 20,
  excludeDispositions: [],
  onInpatientReadmission: 'cancel',
  deadlineShift: 'none',
  attempts: { max: 3, minGapHours: 4 },
}
const at = '2026-01-31T02:00:00Z'
const discharge = (said: object = {}): FollowUpFact => ({
  type: 'discharge',
  at,
  effective: at,
  patient: 'P1',
  visit: 'V1',
  disposition: '1',
  message: 'm',
  ...said,
})
const tasksOf = (said: object, facts: readonly FollowUpFact[], asOf = '2026-02-01T00:00:00Z') => {
  const plan = FollowUpPlan.parse({ ...base, ...said })
  const ref = planRef(plan)
  const programme = { zone: 'UTC', plan: ref, plans: { [ref]: plan } }
  return projectFollowUps(programme, facts, [], { asOf, knownAt: asOf }).tasks
}

describe('a plan that repeats', () => {
  it('owes all its tiers each time, by clamped months from day 0 that do not drift', () => {
    const tasks = tasksOf({ repeats: { every: { months: 1 }, times: 3 } }, [discharge()])
    expect(tasks.map(({ tier, role, opens, due }) => [tier, role, opens, due])).toEqual([
      [1, 'nurse', '2026-01-31', '2026-02-03'],
      [2, 'doctor', '2026-02-07', '2026-02-10'],
      [3, 'nurse', '2026-02-28', '2026-03-03'],
      [4, 'doctor', '2026-03-07', '2026-03-10'],
      [5, 'nurse', '2026-03-31', '2026-04-03'],
      [6, 'doctor', '2026-04-07', '2026-04-10'],
    ])
  })

  it('counts each time’s horizon from that time, and takes a call for the time it falls into', () => {
    const call = {
      type: 'contact' as const,
      at: '2026-03-02T02:00:00Z',
      effective: '2026-03-02T02:00:00Z',
      visit: 'V1',
      role: 'nurse',
      result: 'completed' as const,
    }
    const tasks = tasksOf(
      { repeats: { every: { months: 1 }, times: 2 } },
      [discharge(), call],
      '2026-03-05T00:00:00Z',
    )
    expect(tasks.map(({ tier, state }) => [tier, state])).toEqual([
      [1, 'missed'],
      [2, 'missed'],
      [3, 'completed'],
      [4, 'pending'],
    ])
  })
})

describe('a plan for some only', () => {
  const appliesWhen = {
    all: [
      { fact: 'department', op: 'eq', value: 'respiratory' },
      { fact: 'diagnoses', op: 'has', value: 'J44.1' },
    ],
  }

  it('is owed to whom it is meant for', () => {
    const meant = { department: 'respiratory', diagnoses: ['I10', 'J44.1'] }
    expect(tasksOf({ appliesWhen }, [discharge(meant)])).toHaveLength(2)
    expect(tasksOf({ appliesWhen }, [discharge({ ...meant, department: 'eye' })])).toEqual([])
    expect(tasksOf({ appliesWhen }, [discharge()])).toEqual([])
  })

  it('is owed once a later statement says that it is', () => {
    const later = discharge({
      at: '2026-01-31T09:00:00Z',
      department: 'respiratory',
      diagnoses: ['J44.1'],
    })
    expect(tasksOf({ appliesWhen }, [discharge(), later])).toHaveLength(2)
  })

  it('is refused where it asks for what nobody declares', () => {
    const { error } = FollowUpPlan.safeParse({
      ...base,
      appliesWhen: { fact: 'salary', op: 'gt', value: 1 },
    })
    expect(error?.issues).toMatchObject([{ code: 'custom', message: 'rules.unknown-word' }])
    const plan = { ...base, appliesWhen: { fact: 'salary', op: 'gt', value: 1 } } as FollowUpPlan
    const programme = { zone: 'UTC', plan: 'copd@1', plans: { 'copd@1': plan } }
    expect(() => projectFollowUps(programme, [], [], { asOf: at, knownAt: at })).toThrow(
      expect.objectContaining({
        code: 'rules.unknown-word',
        details: { set: 'copd@1', fact: 'salary' },
      }),
    )
  })
})

describe('a programme that is in force for a time', () => {
  const plan = FollowUpPlan.parse(base)
  const visits = (span: { since?: string; until?: string }, facts = [discharge()]) => {
    const programme = { zone: 'UTC', plan: 'copd@1', plans: { 'copd@1': plan }, ...span }
    const viewpoint = { asOf: '2026-02-20T00:00:00Z', knownAt: '2026-02-20T00:00:00Z' }
    return projectFollowUps(programme, facts, [], viewpoint).tasks.map(({ visit, state }) =>
      [visit, state].join(' '),
    )
  }
  const both = ['V1 overdue', 'V1 overdue']

  it('follows up what began from its first instant until before its last', () => {
    expect(visits({})).toEqual(both)
    expect(visits({ since: at })).toEqual(both)
    expect(visits({ since: '2026-01-31T02:00:01Z' })).toEqual([])
    expect(visits({ until: at })).toEqual([])
    expect(visits({ until: '2026-01-31T02:00:01Z' })).toEqual(both)
    expect(visits({ since: at, until: '2026-02-01T00:00:00Z' })).toEqual(both)
    expect(visits({ since: '2026-02-01T00:00:00Z', until: at })).toEqual([])
  })

  it('takes every other fact, whenever it was', () => {
    const call: FollowUpFact = {
      ...{ type: 'contact', at: '2026-02-02T02:00:00Z', effective: '2026-02-02T02:00:00Z' },
      ...{ visit: 'V1', role: 'nurse', result: 'completed' },
    }
    const span = { since: '2026-01-31T00:00:00Z', until: '2026-02-01T00:00:00Z' }
    expect(visits(span, [discharge(), call])).toEqual(['V1 completed', 'V1 overdue'])
  })
})

describe('a plan that begins with visits', () => {
  const visit = (said: object = {}): FollowUpFact => ({
    type: 'admission',
    at,
    effective: at,
    patient: 'P1',
    visit: 'V9',
    class: 'outpatient',
    ...said,
  })
  const startsOn = ['outpatient', 'emergency']

  it('is owed after such a visit, and not after a discharge', () => {
    const tasks = tasksOf({ startsOn }, [visit({ attending: 'li' }), discharge()])
    expect(tasks.map((task) => [task.visit, task.opens])).toEqual([
      ['V9', '2026-01-31'],
      ['V9', '2026-02-07'],
    ])
    expect(tasksOf({}, [visit(), discharge()]).map((task) => task.visit)).toEqual(['V1', 'V1'])
  })

  it('is called off with the visit', () => {
    const cancelled: FollowUpFact = {
      type: 'admission-cancelled',
      at: '2026-01-31T09:00:00Z',
      visit: 'V9',
      effective: '2026-01-31T09:00:00Z',
    }
    const [task] = tasksOf({ startsOn }, [visit(), cancelled])
    expect(task).toMatchObject({ state: 'cancelled', reason: 'discharge-cancelled' })
  })

  it('is called off by a stay in hospital', () => {
    const stay = visit({ visit: 'V2', class: 'inpatient', effective: '2026-02-02T00:00:00Z' })
    const tasks = tasksOf({ startsOn }, [visit(), stay], '2026-02-03T00:00:00Z')
    expect(tasks.map(({ state, reason }) => `${state} ${reason}`)).toEqual([
      'cancelled readmitted',
      'cancelled readmitted',
    ])
  })
})
