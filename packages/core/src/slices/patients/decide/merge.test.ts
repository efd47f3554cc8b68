import { describe, expect, it } from 'vitest'
import { start } from '../../../hospital.fixture.ts'
import { patient } from '../index.ts'
import {
  given,
  givenTo,
  identified,
  mergedInto,
  number,
  numberGiven,
  person,
  recordOf,
  registered,
} from '../patients.fixture.ts'
import type { Patient, PatientEvent } from '../schema.ts'

const proposed = (other: string): PatientEvent => ({ type: 'patient.match-proposed', other })
const merged = (
  other: string,
  said: Partial<Extract<PatientEvent, { type: 'patient.merged' }>> = {},
) => ({
  type: 'patient.merged' as const,
  other,
  others: [],
  identifiers: [],
  consents: {},
  ...said,
})
const became = (other: string, into: string) => ({ on: other, event: mergedInto(into) })
const numbers = (...plain: string[]) =>
  plain.map((each) => ({ ...number(each), record: recordOf(each) }))
const consent = (purpose: string, allowed: boolean, at: string): PatientEvent => ({
  type: 'patient.consent-recorded',
  purpose,
  allowed,
  at,
})
const [earlier, later] = ['2026-02-01T00:00:00.000Z', '2026-02-02T00:00:00.000Z']

describe('a match', () => {
  const pair = (type: string, a = 'p', b = 'q') => ({ type, patient: a, other: b })
  const [p, q] = [
    { on: 'p', past: [registered] },
    { on: 'q', past: [registered] },
  ]

  it('is proposed once, between two who are not the same', () => {
    given(p, q).when(pair('propose-match')).gives(proposed('q'))
    given({ on: 'p', past: [registered, proposed('q')] }, q)
      .when(pair('propose-match'))
      .givesNothing()
    given(p)
      .when(pair('propose-match', 'p', 'p'))
      .refuses('patient.same-person')
    given(p).when(pair('propose-match')).refuses('patient.unknown')
  })

  it('is rejected where it was proposed', () => {
    given({ on: 'p', past: [registered, proposed('q')] }, q)
      .when(pair('reject-match'))
      .gives({ type: 'patient.match-rejected', other: 'q' })
    given(p, q).when(pair('reject-match')).givesNothing()
  })

  it('is confirmed only where it was proposed', () => {
    given(p, q).when(pair('confirm-match')).refuses('patient.no-such-match')
    given({ on: 'p', past: [registered, proposed('q')] }, q)
      .when(pair('confirm-match'))
      .gives(merged('q'), became('q', 'p'))
  })

  it('with somebody who has become another by now joins that one, and is settled by it', () => {
    const past: PatientEvent[] = [registered, proposed('q'), merged('s', { others: ['q'] })]
    given(
      { on: 'p', past: [registered, proposed('q')] },
      { on: 'q', past: [registered, mergedInto('s')] },
      { on: 's', past: [registered, merged('q')] },
    )
      .when(pair('confirm-match'))
      .gives(merged('s', { others: ['q'] }), became('s', 'p'))
    const joined = past.reduce<Patient>(patient.evolve, { status: 'none' })
    expect(joined).toMatchObject({ matches: [], merged: ['s', 'q'] })
  })

  it('with somebody whose data is destroyed joins nothing', () => {
    const erased: PatientEvent = { type: 'patient.erased', at: start, reason: 'requested' }
    given({ on: 'p', past: [registered, proposed('q')] }, { on: 'q', past: [registered, erased] })
      .when(pair('confirm-match'))
      .refuses('patient.unknown')
  })
})

describe('a merge told by the source of the numbers', () => {
  const merge = (survivor: string, retired: string) => ({
    type: 'merge',
    survivor: [number(survivor)],
    retired: [number(retired)],
  })

  it('joins whoever has the retired number to whoever has the other', () => {
    given(...person('p', ['1']), ...person('q', ['2', '3']))
      .when(merge('1', '2'))
      .gives(merged('q', { identifiers: numbers('2', '3') }), became('q', 'p'))
  })

  it('told again changes nothing, nor does its inverse: there is one person left', () => {
    const joined = [
      ...person('p', ['1'], merged('q', { identifiers: numbers('2') })),
      ...person('q', ['2'], mergedInto('p')),
    ]
    given(...joined)
      .when(merge('1', '2'))
      .givesNothing()
    given(...joined)
      .when(merge('2', '1'))
      .givesNothing()
  })

  it('goes on along a chain, and never round in a circle', () => {
    const chain = [
      ...person('p', ['1'], merged('q')),
      ...person('q', ['2'], mergedInto('p'), merged('r')),
      ...person('r', ['3'], mergedInto('q')),
    ]
    given(...chain, ...person('s', ['4']))
      .when(merge('4', '3'))
      .gives(merged('p', { others: ['q'], identifiers: numbers('1') }), became('p', 's'))
    given(...chain)
      .when(merge('3', '1'))
      .givesNothing()
  })

  it('of a number nobody has makes it the survivor’s', () => {
    given(...person('p', ['1']))
      .when(merge('1', '9'))
      .gives(identified('9'), givenTo('9', 'p'))
  })

  it('to a number nobody has makes the survivor, who takes the person in', () => {
    given(...person('q', ['2']))
      .when(merge('9', '2'))
      .gives(
        registered,
        identified('9'),
        givenTo('9', 'fresh'),
        merged('q', { identifiers: numbers('2') }),
        became('q', 'fresh'),
      )
  })

  it('of two numbers nobody has makes one person with both', () => {
    given()
      .when(merge('8', '9'))
      .gives(
        registered,
        identified('8'),
        givenTo('8', 'fresh'),
        identified('9'),
        givenTo('9', 'fresh'),
      )
  })

  it('does not propose again who is proposed already', () => {
    given(...person('p', ['1'], proposed('s')), ...person('q', ['2']), ...person('s', ['4']))
      .when({ type: 'merge', survivor: [number('1'), number('4')], retired: [number('2')] })
      .gives(merged('q', { identifiers: numbers('2') }), became('q', 'p'))
  })

  it('does not bring back whoever is erased', () => {
    const released = {
      on: recordOf('2'),
      past: [numberGiven('q'), { type: 'patient.number-released' as const }],
    }
    given(...person('p', ['1']), released)
      .when(merge('1', '2'))
      .gives(identified('2'), givenTo('2', 'p'))
  })
})

describe('what becomes of consent and death in a merge', () => {
  const confirm = { type: 'confirm-match', patient: 'p', other: 'q' }
  const joins = (p: readonly PatientEvent[], q: readonly PatientEvent[]) =>
    given(
      { on: 'p', past: [registered, ...p, proposed('q')] },
      { on: 'q', past: [registered, ...q] },
    ).when(confirm)
  const refused = (...purposes: string[]) =>
    Object.fromEntries(purposes.map((purpose) => [purpose, { allowed: false, at: start }]))

  it('is that a refusal of either counts from the merge on', () => {
    joins([], [consent('clinical', false, earlier)]).gives(
      merged('q', { consents: refused('clinical') }),
      became('q', 'p'),
    )
    joins([consent('clinical', true, later)], [consent('clinical', false, earlier)]).gives(
      merged('q', { consents: refused('clinical') }),
      became('q', 'p'),
    )
  })

  it('is that what either allowed is never more than what the other refused', () => {
    joins([consent('clinical', false, earlier)], [consent('clinical', true, later)]).gives(
      merged('q'),
      became('q', 'p'),
    )
  })

  it('is that a refusal taken back since is none', () => {
    joins([], [consent('clinical', false, earlier), consent('*', true, later)]).gives(
      merged('q'),
      became('q', 'p'),
    )
    joins(
      [consent('clinical', false, earlier), consent('*', true, later)],
      [consent('clinical', false, earlier)],
    ).gives(merged('q', { consents: refused('clinical') }), became('q', 'p'))
  })

  it('is that whoever of the two died, the one who is left has died', () => {
    joins([], [{ type: 'patient.died', at: earlier }]).gives(merged('q'), became('q', 'p'), {
      type: 'patient.died',
      at: earlier,
    })
    joins([{ type: 'patient.died', at: later }], [{ type: 'patient.died', at: earlier }]).gives(
      merged('q'),
      became('q', 'p'),
    )
  })
})
