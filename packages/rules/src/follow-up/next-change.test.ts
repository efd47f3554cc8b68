import { describe, expect, it } from 'vitest'
import type { FollowUpFact } from './fact.ts'
import { programme } from './laws.fixture.ts'
import { nextChange } from './next-change.ts'

const on = (day: string, time = '09:00') => `2026-${day}T${time}:00+08:00`
const utc = (instant: string) => new Date(instant).toISOString()

const discharge: FollowUpFact = {
  type: 'discharge',
  at: on('03-02'),
  effective: on('03-02'),
  patient: 'P1',
  visit: 'V1',
  disposition: '1',
  message: 'A03',
}
const call = { type: 'contact', visit: 'V1', result: 'completed' } as const
const calls: FollowUpFact[] = [
  { ...call, at: on('03-03'), effective: on('03-03'), tier: 1, role: 'attending' },
  { ...call, at: on('03-11'), effective: on('03-11'), tier: 2, role: 'call-centre' },
]

const next = (asOf: string, facts: readonly FollowUpFact[] = [discharge], knownAt = asOf) =>
  nextChange(programme, facts, [], { asOf, knownAt })

describe('the next change', () => {
  it('is the next opening, deadline or end of the horizon', () => {
    expect(next(on('03-02'))).toBe(utc(on('03-10', '00:00')))
    expect(next(on('03-10', '00:00'))).toBe(utc(on('03-17', '00:00')))
    expect(next(on('03-17'))).toBe(utc(on('04-17', '00:00')))
  })

  it('is none where nothing is left that time could change', () => {
    expect(next(on('04-17', '00:00'))).toBeNull()
    expect(next(on('03-12'), [discharge, ...calls])).toBeNull()
    expect(next(on('03-01'))).toBeNull()
  })

  it('is a fact that was told ahead, when it happens', () => {
    const stay = { type: 'admission', patient: 'P1', visit: 'V2', class: 'inpatient' } as const
    const planned: FollowUpFact = { ...stay, at: on('03-03'), effective: on('03-06') }
    expect(next(on('03-04'), [discharge, planned])).toBe(utc(on('03-06')))
    const off = { type: 'admission-cancelled', at: on('03-04'), visit: 'V2' } as const
    const calledOff: FollowUpFact = { ...off, effective: on('03-07') }
    expect(next(on('03-06'), [discharge, planned, calledOff])).toBe(utc(on('03-07')))
    expect(next(on('03-07'), [discharge, planned, calledOff])).toBe(utc(on('03-10', '00:00')))
  })

  it('is not an instant at which something happens and no state changes', () => {
    const attempt = { ...calls[0], result: 'no-answer', at: on('03-05') } as FollowUpFact
    const changes = next(on('03-02', '10:00'), [discharge, attempt], on('03-06'))
    expect(changes).toBe(utc(on('03-10', '00:00')))
  })

  it('is the beginning of a task that was not there', () => {
    expect(next(on('03-01'), [discharge], on('03-03'))).toBe(utc(on('03-02')))
    expect(next(on('03-01'), [discharge], on('03-01'))).toBeNull()
  })
})
