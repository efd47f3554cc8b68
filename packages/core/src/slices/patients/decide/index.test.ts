import { describe, expect, it } from 'vitest'
import { start } from '../../../hospital.fixture.ts'
import { patient } from '../index.ts'
import { given, mergedInto, person, recordOf, registered } from '../patients.fixture.ts'
import { PatientCommand, type PatientEvent } from '../schema.ts'

const alive = { on: 'p', past: [registered] }
const erased: PatientEvent = { type: 'patient.erased', at: start, reason: 'requested' }
const gone = { on: 'p', past: [registered, erased] }
const consent = (purpose: string, allowed: boolean, at = start): PatientEvent => ({
  type: 'patient.consent-recorded',
  purpose,
  allowed,
  at,
})
const days = (n: number) => `2026-02-0${n}T00:00:00.000Z`

describe('every verb', () => {
  const verbs = [
    { type: 'record-death', patient: 'p' },
    { type: 'revoke-death', patient: 'p' },
    { type: 'record-consent', patient: 'p', purpose: '*', allowed: false },
    { type: 'propose-match', patient: 'p', other: 'q' },
    { type: 'reject-match', patient: 'p', other: 'q' },
    { type: 'confirm-match', patient: 'p', other: 'q' },
    { type: 'erase', patient: 'p', reason: 'requested' },
  ]

  it.each(verbs)('refuses somebody nobody knows: $type', (command) => {
    given().when(command).refuses('patient.unknown')
  })

  it.each(verbs)('refuses a number in place of a person: $type', (command) => {
    given({ on: 'p', past: [{ type: 'patient.number-given', person: 'x' }] })
      .when(command)
      .refuses('patient.unknown')
    given({ on: 'p', past: [{ type: 'patient.number-released' }] })
      .when(command)
      .refuses('patient.unknown')
  })

  it.each(verbs.filter(({ type }) => type !== 'erase'))(
    'refuses somebody whose data is destroyed: $type',
    (command) => {
      given(gone).when(command).refuses('patient.erased')
    },
  )

  it('of a register refuses somebody whose data is destroyed', () => {
    given(gone).when({ type: 'register', patient: 'p', sex: 'male' }).refuses('patient.erased')
  })
})

describe('a death', () => {
  it('is recorded by when it happened, once', () => {
    const at = '2026-03-01T00:00:00.000Z'
    given(alive)
      .when({ type: 'record-death', patient: 'p', at })
      .gives({ type: 'patient.died', at })
    given(alive)
      .when({ type: 'record-death', patient: 'p' })
      .gives({ type: 'patient.died', at: 'unknown' })
    given({ on: 'p', past: [registered, { type: 'patient.died', at }] })
      .when({ type: 'record-death', patient: 'p' })
      .givesNothing()
  })

  it('does not lie in time to come', () => {
    given(alive)
      .when({ type: 'record-death', patient: 'p', at: '2026-03-03T00:00:00Z' })
      .refuses('patient.death-in-future')
  })

  it('is taken back where there is one', () => {
    given({ on: 'p', past: [registered, { type: 'patient.died', at: 'unknown' }] })
      .when({ type: 'revoke-death', patient: 'p' })
      .gives({ type: 'patient.death-revoked' })
    given(alive).when({ type: 'revoke-death', patient: 'p' }).givesNothing()
  })

  it('of somebody merged is the survivor’s', () => {
    given({ on: 'p', past: [registered, mergedInto('s')] }, { on: 's', past: [registered] })
      .when({ type: 'record-death', patient: 'p' })
      .gives({ type: 'patient.died', at: 'unknown' })
  })
})

describe('a consent', () => {
  const record = (purpose: string, allowed: boolean) => ({
    type: 'record-consent',
    patient: 'p',
    purpose,
    allowed,
  })

  it('is recorded for one purpose or for all, and the reverse of it too', () => {
    given(alive).when(record('clinical', true)).gives(consent('clinical', true))
    given({ on: 'p', past: [registered, consent('*', false)] })
      .when(record('*', true))
      .gives(consent('*', true))
  })

  it('said again changes nothing', () => {
    given({ on: 'p', past: [registered, consent('clinical', false)] })
      .when(record('clinical', false))
      .givesNothing()
    given({
      on: 'p',
      past: [registered, consent('*', false, days(2)), consent('clinical', true, days(1))],
    })
      .when(record('*', false))
      .givesNothing()
  })

  it('said again is news when another word has come between', () => {
    given({
      on: 'p',
      past: [registered, consent('clinical', false, days(1)), consent('*', true, days(2))],
    })
      .when(record('clinical', false))
      .gives(consent('clinical', false))
    given({
      on: 'p',
      past: [registered, consent('*', false, days(1)), consent('clinical', true, days(2))],
    })
      .when(record('*', false))
      .gives(consent('*', false))
  })
})

describe('an erasure', () => {
  const erase = { type: 'erase', patient: 'p', reason: 'requested' }
  const released = (plain: string) => ({
    on: recordOf(plain),
    event: { type: 'patient.number-released' as const },
  })
  const erases = (command: unknown, states: Record<string, unknown>) =>
    patient.erases?.(PatientCommand.parse(command), {
      own: (id) => (states[id] ?? { status: 'none' }) as never,
      other: () => null,
      fresh: 'fresh',
    })

  it('releases the numbers and leaves nothing of the person', () => {
    given(...person('p', ['1', '2']))
      .when(erase)
      .gives(released('1'), released('2'), erased)
    expect(patient.evolve({ status: 'none' }, erased)).toEqual({ status: 'erased', at: start })
  })

  it('takes everybody who had become the person along, by whichever id it is asked for', () => {
    const merged: PatientEvent = {
      type: 'patient.merged',
      other: 'q',
      others: ['r'],
      identifiers: [],
      consents: {},
    }
    const past = [
      ...person('p', ['1'], merged),
      { on: 'q', past: [registered, mergedInto('p')] },
      { on: 'r', past: [registered, mergedInto('q')] },
    ]
    for (const named of ['p', 'q', 'r']) {
      given(...past)
        .when({ ...erase, patient: named })
        .gives(released('1'), { on: 'q', event: erased }, { on: 'r', event: erased }, erased)
    }
  })

  it('destroys the keys of the person and of all who became them', () => {
    const whole = { status: 'person', identifiers: [], merged: ['q', 'r'] }
    const states = { p: whole, q: { status: 'merged', into: 'p' } }
    const keys = ['patient/p', 'patient/q', 'patient/r']
    expect(erases(erase, states)).toEqual(keys)
    expect(erases({ ...erase, patient: 'q' }, states)).toEqual(keys)
    expect(erases(erase, {})).toEqual([])
    expect(erases({ type: 'revoke-death', patient: 'p' }, states)).toEqual([])
  })

  it('is final, and once', () => {
    given(gone).when(erase).givesNothing()
  })
})
