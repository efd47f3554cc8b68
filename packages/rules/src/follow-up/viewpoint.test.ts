import { describe, expect, it } from 'vitest'
import { xuzhouFollowUp } from '../packs/xuzhou/follow-up.ts'
import type { Draw } from './draw.ts'
import { explainTask } from './explain.ts'
import type { FollowUpFact } from './fact.ts'
import { programme } from './laws.fixture.ts'
import { projectFollowUps } from './project.ts'
import { simulateFollowUps } from './simulate.ts'
import { CancelReason, FollowUpTask } from './task.ts'

const on = (day: string, time = '09:00') => `2026-03-${day}T${time}:00+08:00`

const discharge = (visit = 'V1', patient = 'P1', attending?: string): FollowUpFact => ({
  type: 'discharge',
  at: on('02'),
  effective: on('02'),
  patient,
  visit,
  disposition: '1',
  message: 'A03',
  ...(attending && { attending }),
})

/** As of the 5th, with all that became known until the 10th. */
const looking = (facts: readonly FollowUpFact[], draws: readonly Draw[] = []) =>
  projectFollowUps(programme, facts, draws, { asOf: on('05'), knownAt: on('10') })

const first = (facts: readonly FollowUpFact[]) => looking([discharge(), ...facts]).tasks[0]

describe('seen from an earlier day, with what is known later', () => {
  it('a refusal has not been said', () => {
    const refusal = { type: 'consent', at: on('07'), patient: 'P1', purpose: '*' } as const
    const { tasks, outboundAllowed } = looking([discharge(), { ...refusal, allowed: false }])
    expect(tasks[0]?.state).toBe('open')
    expect(outboundAllowed).toBe(true)
  })

  it('two patients have not been merged', () => {
    const merged = { type: 'patient-merged', at: on('07'), survivor: 'P2', merged: 'P1' } as const
    expect(first([{ ...merged, sameVisit: { V1: 'V2' } }])).toMatchObject({
      patient: 'P1',
      state: 'open',
    })
  })

  it('neither a plan nor a calendar has been published', () => {
    const plan = { type: 'plan-published', at: on('07'), plan: 'xuzhou-three-tier@2' } as const
    const calendar = { type: 'calendar-published', at: on('07'), calendar: 'summer' } as const
    const task = first([{ ...plan, migration: 'rebase-open' }, calendar])
    expect(task).toMatchObject({ planVersion: 1, due: '2026-03-09', previousDue: null })
    const byWorkingDays = { ...programme, plan: 'xuzhou-three-tier@2' }
    const later = { asOf: on('05'), knownAt: on('10') }
    const [counted] = projectFollowUps(byWorkingDays, [discharge(), calendar], [], later).tasks
    expect(counted?.due).toBe('2026-03-17')
    const ahead = { ...discharge(), effective: on('08') }
    const pinned = { ...plan, migration: 'pin' } as const
    const { tasks } = projectFollowUps(programme, [ahead, pinned], [], later)
    expect(tasks[0]?.planVersion).toBe(1)
  })

  it('a death has happened, and forbids to call only once it is known', () => {
    const death = { type: 'death', at: on('08'), effective: on('04'), patient: 'P1' } as const
    const { tasks, outboundAllowed } = looking([discharge(), death])
    expect(tasks[0]).toMatchObject({ state: 'cancelled', reason: 'deceased' })
    expect(outboundAllowed).toBe(true)
    expect(looking([discharge(), { ...death, at: on('04') }, death]).outboundAllowed).toBe(false)
  })

  it('a revocation and new contact details have not been told', () => {
    const death = { type: 'death', at: on('04'), effective: on('04'), patient: 'P1' } as const
    const revoked = { type: 'death-revoked', at: on('07'), patient: 'P1' } as const
    expect(first([death, revoked])?.reason).toBe('deceased')
    const wrong = { ...{ at: on('04'), effective: on('04') }, result: 'wrong-number' } as const
    const dialled = { type: 'contact', visit: 'V1', tier: 1, role: 'attending', ...wrong } as const
    const updated = { type: 'contact-details-updated', at: on('07'), patient: 'P1' } as const
    expect(first([dialled, updated])?.flags).toEqual(['contact-details-wrong'])
  })

  it('nothing has been drawn', () => {
    const member = { visit: 'V1', generation: 1, forced: false }
    const round = { decidedAt: on('09', '00:00'), rate: 0.5, added: [member], selected: ['V1'] }
    const frame = { plan: 'xuzhou-three-tier', tier: 3, frame: '2026-W10', seed: '2026-W10' }
    const drawn: Draw = { ...frame, rounds: [round] }
    expect(looking([discharge()], [drawn]).tasks[2]).toMatchObject({
      selection: null,
      inDenominator: false,
    })
    const key = 'V1#1/xuzhou-three-tier/3'
    const selection = (draw: Draw, asOf: string) =>
      explainTask(programme, [discharge()], [draw], { asOf, knownAt: asOf }, key)?.selection
    expect(selection(drawn, on('10'))).toEqual({ verdict: 'selected', frame: '2026-W10' })
    const undrawn = { verdict: 'undrawn', frame: '2026-W10' }
    expect(selection({ ...drawn, plan: 'another' }, on('10'))).toEqual(undrawn)
    expect(selection({ ...drawn, tier: 2 }, on('10'))).toEqual(undrawn)
    const late = { ...round, decidedAt: on('12'), added: [], selected: ['V1'] }
    const twice = { ...drawn, rounds: [{ ...round, selected: [] }, late] }
    expect(selection(twice, on('11'))?.verdict).toBe('left-out')
    expect(selection(twice, on('12'))?.verdict).toBe('selected')
  })
})

describe('the order of the answer', () => {
  it('is by visit as it became known, and by tier, whatever the order of plan and edits', () => {
    const { tiers } = xuzhouFollowUp
    const plan = { ...xuzhouFollowUp, tiers: tiers.filter(({ tier }) => tier !== 2).reverse() }
    const edited = { ...plan, version: 2, tiers: tiers.slice(0, 2).reverse() }
    const backwards = {
      ...programme,
      plans: { 'xuzhou-three-tier@1': plan, 'xuzhou-three-tier@2': edited },
    }
    const unedited = projectFollowUps(backwards, [discharge()], [], {
      asOf: on('05'),
      knownAt: on('05'),
    })
    expect(unedited.tasks.map(({ tier }) => tier)).toEqual([1, 3])
    const publication = { type: 'plan-published', plan: 'xuzhou-three-tier@2' } as const
    const { tasks, kpi } = projectFollowUps(
      backwards,
      [
        discharge('V2', 'P2'),
        discharge(),
        { ...publication, at: on('03'), migration: 'rebase-open' },
      ],
      [],
      { asOf: on('05'), knownAt: on('05') },
    )
    expect(tasks.map(({ visit, tier }) => `${visit} ${tier}`)).toEqual([
      'V2 1',
      'V2 2',
      'V2 3',
      'V1 1',
      'V1 2',
      'V1 3',
    ])
    expect(kpi.map(({ tier }) => tier)).toEqual([1, 2, 3])
  })

  it('has a row of figures for every tier, and of staff by their ids', () => {
    expect(looking([]).kpi.map(({ tier, due }) => [tier, due])).toEqual([
      [1, 0],
      [2, 0],
      [3, 0],
    ])
    const facts = ['li', 'wu', 'chen'].map((staff, n) => discharge(`V${n}`, `P${n}`, staff))
    const nothing = { tier1Due: 0, tier1OnTime: 0, spotChecked: 0, spotFailed: 0 }
    expect(looking(facts).appraisal).toEqual(
      ['chen', 'li', 'wu'].map((staff) => ({ staff, ...nothing })),
    )
  })

  it('of transitions is by time, and at one instant by visit, generation and tier', () => {
    const facts = [discharge('V2', 'P2'), discharge('V1', 'P1'), discharge('V3', 'P3')]
    const moved = simulateFollowUps(programme, facts, [], { from: on('09'), to: on('11') })
    expect(moved.map(({ visit, tier, state }) => `${visit} ${tier} ${state}`)).toEqual([
      ...['V1 1 overdue', 'V1 2 open', 'V2 1 overdue', 'V2 2 open'],
      ...['V3 1 overdue', 'V3 2 open'],
    ])
  })
})

describe('the schema of a task', () => {
  it('knows every reason and selection that is ever told', () => {
    expect(CancelReason.options).toEqual([
      ...['readmitted', 'discharge-cancelled', 'deceased', 'merged-duplicate'],
      ...['consent', 'refused', 'plan-changed'],
    ])
    const [task] = looking([discharge()]).tasks
    for (const selection of [null, 'selected', 'forced:tier1-unreachable']) {
      expect(FollowUpTask.parse({ ...task, selection })).toEqual({ ...task, selection })
    }
  })
})

describe('the appraisal', () => {
  const call = (day: string, tier: number, by?: string): FollowUpFact => ({
    ...{ type: 'contact', at: on(day), effective: on(day), visit: 'V1', tier },
    ...{ role: tier === 1 ? 'attending' : 'call-centre', result: 'completed' },
    ...(by && { by }),
  })
  const check = { type: 'spot-check', at: on('05'), visit: 'V1', auditor: 'qa' } as const

  it('is of nobody where nobody is named', () => {
    const checked = { ...check, tier: 1, finding: 'failed' } as const
    expect(looking([discharge(), call('03', 1), checked]).appraisal).toEqual([])
  })

  it('counts calls of the first tier and checks of every tier, each for whose it is', () => {
    const facts = [discharge(), call('03', 1, 'li'), call('11', 2, 'zhou')]
    const checks = [1, 2].map((tier) => ({ ...check, at: on('12'), tier, finding: 'confirmed' }))
    const viewpoint = { asOf: on('13'), knownAt: on('13') }
    const all = [...facts, ...(checks as FollowUpFact[])]
    expect(projectFollowUps(programme, all, [], viewpoint).appraisal).toEqual([
      { staff: 'li', tier1Due: 1, tier1OnTime: 1, spotChecked: 1, spotFailed: 0 },
      { staff: 'zhou', tier1Due: 0, tier1OnTime: 0, spotChecked: 1, spotFailed: 0 },
    ])
  })
})
