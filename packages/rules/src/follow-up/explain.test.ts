import { describe, expect, it } from 'vitest'
import { explainTask } from './explain.ts'
import type { FollowUpFact } from './fact.ts'
import { programme } from './laws.fixture.ts'

const on = (day: string) => `2026-03-${day}:00+08:00`

const discharge: FollowUpFact = {
  type: 'discharge',
  at: on('02T10:15'),
  effective: on('02T10:15'),
  patient: 'P1',
  visit: 'V1',
  disposition: '1',
  message: 'A03',
  attending: 'DR-LI',
}
const correction: FollowUpFact = {
  type: 'discharge-corrected',
  at: on('06T09:00'),
  effective: on('01T10:00'),
  visit: 'V1',
}
const contact = (effective: string, role: string, result: 'completed' | 'no-answer') => ({
  type: 'contact' as const,
  at: on(effective),
  effective: on(effective),
  visit: 'V1',
  tier: 1,
  role,
  result,
  by: 'DR-LI',
})

const explain = (facts: FollowUpFact[], key = 'V1#1/xuzhou-three-tier/1', asOf = on('20T00:00')) =>
  explainTask(programme, facts, [], { asOf, knownAt: asOf }, key)

describe('an explanation', () => {
  it('names the discharge, the correction, the offsets and every date there was', () => {
    expect(explain([discharge, correction])).toMatchObject({
      trigger: discharge,
      correctedBy: correction,
      zone: 'Asia/Shanghai',
      day0: '2026-03-01',
      plan: { id: 'xuzhou-three-tier', version: 1, isRebased: false },
      opens: { offset: { days: 0 }, day: '2026-03-01' },
      due: { offset: { days: 7 }, unshifted: '2026-03-08', shift: 'none', day: '2026-03-08' },
      horizon: '2026-04-15',
      revisions: [
        { cause: 'discharged', opens: '2026-03-02', due: '2026-03-09', planVersion: 1 },
        { cause: 'corrected', opens: '2026-03-01', due: '2026-03-08', planVersion: 1 },
      ],
    })
  })

  it('says what came of every contact, in the order in which they happened', () => {
    const contacts = [
      contact('03T09:00', 'attending', 'no-answer'),
      contact('03T09:30', 'attending', 'no-answer'),
      contact('04T09:00', 'call-centre', 'completed'),
      contact('05T09:00', 'attending', 'completed'),
      contact('06T09:00', 'attending', 'completed'),
    ]
    const { evidence } = explain([...contacts.toReversed(), discharge]) ?? {}
    expect(evidence).toEqual([
      { fact: contacts[0], verdict: 'attempt-counted' },
      { fact: contacts[1], verdict: 'attempt-too-soon' },
      { fact: contacts[2], verdict: 'wrong-role' },
      { fact: contacts[3], verdict: 'completed' },
      { fact: contacts[4], verdict: 'already-ended' },
    ])
  })

  it('shows a deadline moved off a day off by a rebase to a plan that postpones', () => {
    const publish: FollowUpFact = {
      type: 'plan-published',
      at: on('03T09:00'),
      plan: 'xuzhou-three-tier@2',
      migration: 'rebase-open',
    }
    expect(explain([discharge, publish])).toMatchObject({
      plan: { version: 2, isRebased: true },
      due: { offset: { workingDays: 10 }, unshifted: '2026-03-17', shift: 'postpone' },
      revisions: [{ cause: 'discharged' }, { cause: 'plan-published', due: '2026-03-17' }],
    })
  })

  it('shows what stopped the episode, and since when', () => {
    const death: FollowUpFact = {
      type: 'death',
      at: on('05T09:00'),
      effective: on('05T08:00'),
      patient: 'P1',
    }
    expect(explain([discharge, death])).toMatchObject({
      task: { state: 'cancelled', reason: 'deceased' },
      stops: [{ reason: 'deceased', from: '2026-03-05T00:00:00.000Z', until: null }],
    })
  })

  it('shows in which week a sampled tier will be drawn', () => {
    const third = explain([discharge], 'V1#1/xuzhou-three-tier/3')
    expect(third?.selection).toEqual({ verdict: 'undrawn', frame: '2026-W10' })
  })

  it('shows what was completed by the window it was judged by', () => {
    const done = contact('04T09:00', 'attending', 'completed')
    expect(explain([discharge, done, correction])).toMatchObject({
      correctedBy: correction,
      day0: '2026-03-02',
      opens: { day: '2026-03-02' },
      due: { day: '2026-03-09', deadline: '2026-03-09T16:00:00.000Z' },
    })
  })

  it('counts what nobody completed, or was voided, from the day as it was corrected', () => {
    const call = contact('04T09:00', 'attending', 'completed')
    const check = { type: 'spot-check', at: on('05T09:00'), visit: 'V1', tier: 1 } as const
    const failed: FollowUpFact = { ...check, auditor: 'QA', finding: 'failed' }
    const passed: FollowUpFact = { ...failed, tier: 2, finding: 'confirmed' }
    const second = { ...contact('05T08:00', 'call-centre', 'completed'), tier: 2 }
    const early: FollowUpFact = { ...correction, at: on('03T09:00'), effective: on('01T10:00') }
    const far: FollowUpFact = {
      ...correction,
      at: on('03T10:00'),
      effective: '2026-02-20T10:00:00+08:00',
    }
    const facts = [discharge, early, far, call, second, failed, passed]
    expect(explain(facts)).toMatchObject({
      task: { state: 'overdue' },
      correctedBy: far,
      day0: '2026-02-20',
      evidence: [{ verdict: 'voided-by-spot-check' }],
    })
    expect(explain(facts)?.spotChecks).toEqual([{ contact: call, isFailed: true }])
    expect(explain(facts, 'V1#1/xuzhou-three-tier/2')?.spotChecks).toEqual([
      { contact: second, isFailed: false },
    ])
    expect(explain(facts, 'V1#1/xuzhou-three-tier/3')?.spotChecks).toEqual([])
  })

  it('names the cancellation, and nothing where there was none', () => {
    const cancelled: FollowUpFact = {
      type: 'discharge-cancelled',
      at: on('05T09:00'),
      effective: on('05T09:00'),
      visit: 'V1',
    }
    expect(explain([discharge, cancelled])?.cancelledBy).toEqual(cancelled)
    const { cancelledBy, correctedBy, moves, stops, spotChecks } = explain([discharge]) ?? {}
    expect({ cancelledBy, correctedBy, moves, stops, spotChecks }).toEqual({
      ...{ cancelledBy: null, correctedBy: null, moves: [], stops: [], spotChecks: [] },
    })
  })

  it('shows who moved the window by hand, and every cause of new dates', () => {
    const move = { type: 'window-moved', visit: 'V1', because: 'patient-asked', by: 'LI' } as const
    const first: FollowUpFact = { ...move, at: on('04T09:00'), tier: 1, due: '2026-03-12' }
    const other: FollowUpFact = { ...move, at: on('04T10:00'), tier: 2, due: '2026-03-20' }
    const published = { type: 'calendar-published', calendar: 'summer' } as const
    const facts: FollowUpFact[] = [
      { ...published, at: on('01T09:00') },
      {
        type: 'plan-published',
        at: on('01T10:00'),
        plan: 'xuzhou-three-tier@1',
        migration: 'rebase-open',
      },
      discharge,
      first,
      other,
      { ...published, at: on('05T09:00') },
    ]
    expect(explain(facts)?.moves).toEqual([first])
    expect(explain(facts)?.revisions.map(({ known, cause, due }) => [known, cause, due])).toEqual([
      ['2026-03-02T02:15:00.000Z', 'discharged', '2026-03-09'],
      ['2026-03-04T01:00:00.000Z', 'moved-by-hand', '2026-03-12'],
      ['2026-03-04T02:00:00.000Z', 'moved-by-hand', '2026-03-12'],
      ['2026-03-05T01:00:00.000Z', 'calendar-published', '2026-03-12'],
    ])
    expect(explain(facts)?.plan.isRebased).toBe(false)
  })

  it('shows a tier that an edit brought from the edit on', () => {
    const start: FollowUpFact[] = [
      { type: 'plan-published', at: on('01T10:00'), plan: 'xuzhou-three-tier@2', migration: 'pin' },
      discharge,
      {
        type: 'plan-published',
        at: on('03T10:00'),
        plan: 'xuzhou-three-tier@1',
        migration: 'rebase-open',
      },
    ]
    const third = explain(start, 'V1#1/xuzhou-three-tier/3')
    expect(third?.revisions.map(({ cause, planVersion }) => [cause, planVersion])).toEqual([
      ['plan-published', 1],
    ])
  })

  it('says what else came of calls, and when a refusal ended', () => {
    const refused = { ...contact('05T09:00', 'attending', 'completed'), result: 'refused' } as const
    const late = contact('12T09:00', 'attending', 'no-answer')
    const wrong = {
      ...contact('06T09:00', 'attending', 'completed'),
      result: 'wrong-number',
    } as const
    const said = { type: 'consent', patient: 'P1', purpose: '*' } as const
    const facts: FollowUpFact[] = [
      discharge,
      { ...said, at: on('02T12:00'), allowed: false },
      { ...said, at: on('03T12:00'), allowed: true },
      refused,
      wrong,
      late,
    ]
    expect(explain(facts)?.evidence.map(({ verdict }) => verdict)).toEqual([
      ...['refused', 'wrong-number', 'attempt-outside-window'],
    ])
    expect(explain(facts)?.stops).toEqual([
      { reason: 'consent', from: '2026-03-02T04:00:00.000Z', until: '2026-03-03T04:00:00.000Z' },
    ])
  })

  it('says that nobody could be reached, and so the visit is forced', () => {
    const calls = ['03', '04', '05'].map((day) => contact(`${day}T09:00`, 'attending', 'no-answer'))
    const third = explain([discharge, ...calls], 'V1#1/xuzhou-three-tier/3')
    expect(third?.selection).toEqual({ verdict: 'forced', frame: '2026-W10' })
    expect(explain([discharge])?.selection).toEqual({ verdict: 'always', frame: null })
  })

  it('has nothing to say of a task that does not exist', () => {
    expect(explain([discharge], 'V1#2/xuzhou-three-tier/1')).toBeNull()
  })
})
