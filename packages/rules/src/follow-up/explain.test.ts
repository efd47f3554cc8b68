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

  it('has nothing to say of a task that does not exist', () => {
    expect(explain([discharge], 'V1#2/xuzhou-three-tier/1')).toBeNull()
  })
})
