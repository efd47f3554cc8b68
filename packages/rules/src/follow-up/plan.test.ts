import { describe, expect, it } from 'vitest'
import { xuzhouFollowUp } from '../packs/xuzhou/follow-up.ts'
import { FollowUpPlan, type Offset, planRef } from './plan.ts'
import { projectFollowUps } from './project.ts'

const [first, second, third] = xuzhouFollowUp.tiers

const oneTier = (opens: Offset, due: Offset, horizonDays = 60): FollowUpPlan => ({
  ...xuzhouFollowUp,
  horizonDays,
  tiers: first ? [{ ...first, opens, due }] : [],
})

const issues = (plan: unknown) =>
  (FollowUpPlan.safeParse(plan).error?.issues ?? []).map(({ message, path }) => [
    message,
    path.join('.'),
  ])

const project = (plan: FollowUpPlan) =>
  projectFollowUps(
    { zone: 'Asia/Shanghai', plan: planRef(plan), plans: { [planRef(plan)]: plan } },
    [],
    [],
    { asOf: '2026-03-02T00:00:00Z', knownAt: '2026-03-02T00:00:00Z' },
  )

describe('a follow-up plan', () => {
  it.each<[string, Offset, Offset]>([
    ['in days', { days: 8 }, { days: 7 }],
    ['in February only', { days: 29 }, { months: 1 }],
    ['by working days', { days: 7 }, { workingDays: 4 }],
    ['by months', { months: 1 }, { days: 30 }],
  ])('is refused when a window opens after it is due, %s', (_, opens, due) => {
    expect(issues(oneTier(opens, due))).toEqual([['plan.opens-after-due', 'tiers.0.opens']])
  })

  it.each<[string, Offset, number]>([
    ['in days', { days: 7 }, 6],
    ['by a month of 31 days', { months: 1 }, 30],
    ['by working days over weekends', { workingDays: 5 }, 6],
  ])('is refused when its horizon ends before a due date, %s', (_, due, horizonDays) => {
    expect(issues(oneTier({ days: 0 }, due, horizonDays))).toEqual([
      ['plan.horizon-ends-before-due', 'tiers.0.due'],
    ])
  })

  it('may end with the last due date, and open on it', () => {
    expect(issues(oneTier({ days: 7 }, { days: 7 }, 7))).toEqual([])
    expect(issues(oneTier({ days: 28 }, { months: 1 }, 31))).toEqual([])
  })

  it('is refused with two tiers of one number', () => {
    const tiers = [first, second, third && { ...third, tier: 2 }]
    expect(issues({ ...xuzhouFollowUp, tiers })).toEqual([['plan.duplicate-tier', 'tiers.2.tier']])
    const { error } = FollowUpPlan.safeParse({ ...xuzhouFollowUp, tiers })
    expect(error?.issues[0]?.code).toBe('custom')
  })

  it.each([
    ['an unknown key', { colour: 'red' }],
    ['no tiers', { tiers: [] }],
    ['half a day', { horizonDays: 1.5 }],
    ['a rate above one', { tiers: third && [{ ...third, sampling: { rate: 1.01 } }] }],
    ['two units in one offset', { tiers: first && [{ ...first, due: { days: 1, months: 1 } }] }],
  ])('is refused with %s', (_, change) => {
    expect(issues({ ...xuzhouFollowUp, ...change })).not.toEqual([])
  })

  it('is refused by the projection too, with code, version and path', () => {
    expect(() => project(oneTier({ days: 8 }, { days: 7 }))).toThrow(
      expect.objectContaining({
        code: 'plan.opens-after-due',
        details: { plan: 'xuzhou-three-tier@1', path: 'tiers.0.opens' },
      }),
    )
  })
})

describe('a tier of a plan', () => {
  it('names its questionnaire in the task, where it has one', () => {
    const at = '2026-03-02T00:00:00Z'
    const said = { patient: 'P1', visit: 'V1', disposition: '1', message: 'A03' }
    const { tasks } = projectFollowUps(
      {
        zone: 'UTC',
        plan: planRef(xuzhouFollowUp),
        plans: { [planRef(xuzhouFollowUp)]: xuzhouFollowUp },
      },
      [{ type: 'discharge', at, effective: at, ...said }],
      [],
      { asOf: at, knownAt: at },
    )
    expect(tasks.map(({ questionnaire }) => questionnaire)).toEqual([
      first?.questionnaire ?? null,
      second?.questionnaire,
      third?.questionnaire ?? null,
    ])
    expect(second?.questionnaire).toBeTruthy()
  })
})

describe('a programme', () => {
  const viewpoint = { asOf: '2026-03-02T00:00:00Z', knownAt: '2026-03-02T00:00:00Z' }
  const plans = { 'xuzhou-three-tier@1': xuzhouFollowUp }
  const programme = { zone: 'Asia/Shanghai', plan: 'xuzhou-three-tier@1', plans }

  it.each([
    ['zone.unknown', { zone: 'Mars/Olympus' }],
    ['plan.unknown', { plan: 'constructor' }],
    ['calendar.unknown', { calendar: 'toString' }],
  ])('is refused with %s', (code, details) => {
    expect(() => projectFollowUps({ ...programme, ...details }, [], [], viewpoint)).toThrow(
      expect.objectContaining({ code, details }),
    )
  })

  it('is refused when a fact names a version it does not hold', () => {
    const at = '2026-03-01T00:00:00Z'
    const published = { type: 'plan-published', at, plan: 'x@9', migration: 'pin' } as const
    expect(() => projectFollowUps(programme, [published], [], viewpoint)).toThrow(
      expect.objectContaining({ code: 'plan.unknown', details: { plan: 'x@9' } }),
    )
  })
})
