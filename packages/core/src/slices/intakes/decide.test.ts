import { describe, expect, it } from 'vitest'
import { policy, sealed, start } from '../../hospital.fixture.ts'
import { specify } from '../../testing/specify.ts'
import { intake } from './index.ts'
import { IntakeCommand, type IntakeSliceEvent } from './schema.ts'

const at = (now: string) => specify(intake, { now, policy: policy() })
const given = at(start)

const source = 'hl7v2:HIS'
const heard = (when: string): IntakeSliceEvent => ({
  type: 'intake.heard',
  source,
  at: when,
  silentAfterHours: 24,
})
const silent = (since: string): IntakeSliceEvent => ({ type: 'intake.fell-silent', source, since })
const hear = (when: string) => ({ type: 'hear', source, at: when })
const miss = { type: 'miss', source }

describe('a source', () => {
  const spoke = '2026-03-02T01:00:00.000Z'

  it('is heard for the first time, and again when it says something later', () => {
    given().when(hear(spoke)).gives(heard(spoke))
    given(heard(spoke)).when(hear('2026-03-02T01:05:00Z')).gives(heard('2026-03-02T01:05:00.000Z'))
  })

  it('that speaks all the time is not noted all the time', () => {
    given(heard(spoke)).when(hear('2026-03-02T01:04:59Z')).givesNothing()
    given(heard(spoke)).when(hear(spoke)).givesNothing()
    given(heard(spoke)).when(hear('2026-03-01T00:00:00Z')).givesNothing()
  })

  it('is never heard in time to come, whatever its clock says', () => {
    given().when(hear('2026-03-09T00:00:00Z')).gives(heard(start))
  })

  it('is missed when it has said nothing for as long as the pack says, once', () => {
    const [almost, now] = ['2026-03-03T00:59:59.999Z', '2026-03-03T01:00:00.000Z']
    at(almost)(heard(spoke)).when(miss).givesNothing()
    at(now)(heard(spoke)).when(miss).gives(silent(spoke))
    at(now)(heard(spoke), silent(spoke)).when(miss).givesNothing()
  })

  it('that speaks again is missed no more, and may fall silent again', () => {
    const [again, later] = ['2026-03-05T00:00:00.000Z', '2026-03-06T00:00:00.000Z']
    at(again)(heard(spoke), silent(spoke)).when(hear(again)).gives(heard(again))
    at(later)(heard(spoke), silent(spoke), heard(again)).when(miss).gives(silent(again))
  })

  it('stays missed when an old message is read again', () => {
    const now = '2026-03-05T00:00:00.000Z'
    at(now)(heard(spoke), silent(spoke)).when(hear('2026-02-20T00:00:00Z')).givesNothing()
    at(now)(heard(spoke), silent(spoke)).when(hear(spoke)).givesNothing()
  })

  it('nobody has heard of is not missed', () => {
    given().when(miss).refuses('intake.unknown')
  })

  it('is looked at when it will have been silent for too long, and not again', () => {
    const state = [heard(spoke)].reduce(intake.evolve, intake.initial)
    expect(intake.entries?.(state, `source:${source}`)).toEqual([
      { index: 'silent', equals: [], order: '2026-03-03T01:00:00.000Z' },
    ])
    expect(intake.entries?.(intake.evolve(state, silent(spoke)), 'x')).toEqual([])
  })
})

describe('a message that could not be taken', () => {
  const raw = sealed('text', 'MSH|…')
  const numbers = [sealed('identifier', '1')]
  const message = { source, key: 'k', hash: 'h', code: 'patient.unknown', field: 'PID-3' }
  const quarantine = { type: 'quarantine', ...message, raw, numbers }
  const quarantined: IntakeSliceEvent = {
    type: 'intake.quarantined',
    ...message,
    at: start,
    raw,
    numbers,
  }
  const settled = (how: 'replayed' | 'dismissed'): IntakeSliceEvent => ({
    type: 'intake.settled',
    how,
  })
  const settle = (how: string) => ({ type: 'settle', hash: 'h', how })

  it('is kept with the reason, once', () => {
    given().when(quarantine).gives(quarantined)
    given(quarantined).when(quarantine).givesNothing()
    given(quarantined)
      .when({ ...quarantine, code: 'other' })
      .givesNothing()
  })

  it.each(['replayed', 'dismissed'] as const)('is settled once as %s, and stays so', (how) => {
    given(quarantined).when(settle(how)).gives(settled(how))
    given(quarantined, settled(how)).when(settle('replayed')).givesNothing()
    given(quarantined, settled(how)).when(settle('dismissed')).givesNothing()
    given(quarantined, settled(how)).when(quarantine).givesNothing()
  })

  it('is destroyed when it is settled: its text, its numbers and its key', () => {
    const state = [quarantined, settled('dismissed')].reduce(intake.evolve, intake.initial)
    expect(state).toEqual({ status: 'dismissed', ...message, at: start, numbers: [] })
    expect(intake.entries?.(state, 'message:h')).toEqual([])
    const command = IntakeCommand.parse(settle('dismissed'))
    const seen = { own: () => state, other: () => null, fresh: 'fresh' }
    expect(intake.erases?.(command, seen)).toEqual(['intake/message:h'])
  })

  it('is found by the time it came and by the numbers it speaks of', () => {
    const state = intake.evolve(intake.initial, quarantined)
    expect(intake.entries?.(state, 'message:h')).toEqual([
      { index: 'quarantine', equals: [], order: `${start} message:h` },
      { index: 'number', equals: ['w-1'], order: 'message:h' },
    ])
  })

  it('that nobody kept cannot be settled', () => {
    given().when(settle('replayed')).refuses('intake.unknown')
  })
})

describe('a day compared with the source’s own list', () => {
  const compared = {
    source,
    day: '2026-03-01',
    listed: 2,
    known: 1,
    missing: [{ visit: 'V2', department: 'cardio' }],
    unexpected: [],
  }
  const reconcile = { type: 'reconcile', ...compared }
  const reconciled: IntakeSliceEvent = { type: 'intake.reconciled', ...compared, at: start }

  it('is kept', () => {
    given().when(reconcile).gives(reconciled)
  })

  it('stays quiet when it comes out the same, and is kept anew when it does not', () => {
    const later = at('2026-03-03T00:00:00.000Z')
    later(reconciled).when(reconcile).givesNothing()
    const better = { ...compared, known: 2, missing: [] }
    later(reconciled)
      .when({ ...reconcile, ...better })
      .gives({ ...reconciled, ...better, at: '2026-03-03T00:00:00.000Z' })
  })

  it('comes out the same whatever order a store keeps the fields in', () => {
    const { source: _, ...rest } = reconciled as Extract<typeof reconciled, { source: string }>
    const turned = { ...rest, missing: [{ department: 'cardio', visit: 'V2' }], source }
    given(turned as IntakeSliceEvent)
      .when(reconcile)
      .givesNothing()
  })
})
