import { describe, expect, it } from 'vitest'
import { sealed } from '../../../hospital.fixture.ts'
import { patient } from '../index.ts'
import {
  given,
  givenTo,
  identified,
  mergedInto,
  number,
  person,
  registered,
} from '../patients.fixture.ts'
import { PatientCommand, type PatientEvent } from '../schema.ts'

const register = (numbers: readonly string[], said = {}) => ({
  type: 'register',
  identifiers: numbers.map((each) => number(each)),
  ...said,
})
const details = {
  name: sealed('name', '王秀英'),
  birthDate: sealed('date', '1950-01-02'),
  sex: 'female' as const,
  phones: [sealed('phone', '138'), sealed('phone', '139')],
  address: sealed('text', '徐州'),
}
const again = {
  ...details,
  name: sealed('name', '王秀英', 'n2'),
  birthDate: sealed('date', '1950-01-02', 'n2'),
  phones: [sealed('phone', '138', 'n2'), sealed('phone', '139', 'n3')],
  address: sealed('text', '徐州', 'n2'),
}
const known: PatientEvent = { type: 'patient.registered', ...details }

describe('a person nobody knows', () => {
  it('is registered with the numbers and details a source gives', () => {
    given()
      .when(register(['1', '2'], details))
      .gives(known, identified('1'), givenTo('1', 'fresh'), identified('2'), givenTo('2', 'fresh'))
  })

  it('may have no number yet, as a prospect who was phoned in', () => {
    given()
      .when({ type: 'register', name: details.name })
      .gives({ type: 'patient.registered', name: details.name })
  })

  it('may come under an id that the host chose', () => {
    given()
      .when(register(['1'], { patient: 'p' }))
      .gives(registered, identified('1'), givenTo('1', 'p'))
  })

  it('has a number once, however often it is named', () => {
    given()
      .when({ type: 'register', identifiers: [number('1'), number('1', 'n2')] })
      .gives(registered, identified('1'), givenTo('1', 'fresh'))
  })
})

describe('a person known by a number', () => {
  it('is found by the first number that is known at all', () => {
    given(...person('p', ['1']))
      .when(register(['9', '1']))
      .gives(identified('9'), givenTo('9', 'p'))
  })

  it('does not change when equal values come under other nonces', () => {
    given(...person('p', ['1']), { on: 'p', past: [{ ...known, type: 'patient.details-changed' }] })
      .when({ ...register([], again), identifiers: [number('1', 'n9')] })
      .givesNothing()
  })

  it('changes only in what is said: what a source leaves out is not un-said', () => {
    given({ on: 'p', past: [known, { type: 'patient.died', at: 'unknown' }] })
      .when({ type: 'register', patient: 'p', sex: 'male' })
      .gives({ type: 'patient.details-changed', sex: 'male' })
    const changed = patient.evolve(patient.evolve({ status: 'none' }, known), {
      type: 'patient.details-changed',
      sex: 'male',
    })
    expect(changed).toMatchObject({ ...details, sex: 'male' })
  })

  it.each([
    ['name', sealed('name', '王秀兰')],
    ['birthDate', sealed('date', '1951-01-02')],
    ['address', sealed('text', '扬州')],
    ['phones', [sealed('phone', '138')]],
    ['phones', [sealed('phone', '139'), sealed('phone', '138')]],
  ])('has another %s when another is said', (field, value) => {
    given({ on: 'p', past: [known] })
      .when({ type: 'register', patient: 'p', [field]: value })
      .gives({ type: 'patient.details-changed', [field]: value })
  })

  it('is the survivor when the number is of somebody merged', () => {
    given(...person('p', ['1']), { on: 'p', past: [mergedInto('s')] }, ...person('s', ['2']))
      .when(register(['1'], { sex: 'male' }))
      .gives({ type: 'patient.details-changed', sex: 'male' })
  })

  it('is the survivor when the host names somebody merged, through any chain', () => {
    given(
      { on: 'p', past: [registered, mergedInto('q')] },
      { on: 'q', past: [registered, mergedInto('s')] },
      { on: 's', past: [registered] },
    )
      .when({ type: 'register', patient: 'p', sex: 'male' })
      .gives({ type: 'patient.details-changed', sex: 'male' })
  })
})

describe('a number of somebody else', () => {
  it('makes the two a proposed match and joins nothing', () => {
    given(...person('p', ['1']), ...person('q', ['2']))
      .when(register(['1', '2']))
      .gives({ type: 'patient.match-proposed', other: 'q' })
  })

  it('proposes a match once, by however many numbers and however often', () => {
    const both = [...person('p', ['1']), ...person('q', ['2', '3'])]
    given(...both)
      .when(register(['1', '2', '3']))
      .gives({ type: 'patient.match-proposed', other: 'q' })
    given(...both, { on: 'p', past: [{ type: 'patient.match-proposed', other: 'q' }] })
      .when(register(['1', '2', '3']))
      .givesNothing()
  })

  it('proposes whoever the other stands for today', () => {
    given(...person('p', ['1']), ...person('q', ['2'], mergedInto('s')), ...person('s', ['3']))
      .when(register(['1', '2']))
      .gives({ type: 'patient.match-proposed', other: 's' })
  })

  it('is nobody’s again after an erasure, and comes to a new person', () => {
    given({ on: 'number:H:MR:w-1', past: [{ type: 'patient.number-released' }] })
      .when(register(['1']))
      .gives(registered, identified('1'), givenTo('1', 'fresh'))
  })
})

describe('numbers', () => {
  it('are the same only from the same giver, of the same type and of the same value', () => {
    const keysOf = (identifier: object) =>
      patient.keys(PatientCommand.parse({ type: 'register', identifiers: [identifier] }), {
        own: () => ({ status: 'none' }),
        other: () => null,
        fresh: 'fresh',
      })
    const all = [
      number('1'),
      { ...number('1'), authority: 'I' },
      { ...number('1'), type: 'SS' },
      { value: number('1').value },
      number('2'),
    ].map((each) => keysOf(each).at(-1))
    expect(new Set(all).size).toBe(all.length)
    expect(keysOf(number('1', 'n7'))).toEqual(keysOf(number('1', 'n8')))
  })
})

describe('whoever is registered as dead', () => {
  const died = (at: string): PatientEvent => ({ type: 'patient.died', at })
  const alive = { on: 'p', past: [registered] }
  const register = (at: string) => ({ type: 'register', patient: 'p', died: at })

  it('has died at that time, or at one unknown', () => {
    given(alive).when(register('unknown')).gives(died('unknown'))
    given(alive).when(register('2026-03-01T00:00:00Z')).gives(died('2026-03-01T00:00:00.000Z'))
  })

  it('has a known time instead of an unknown one, and not the reverse', () => {
    const dead = { on: 'p', past: [registered, died('2026-03-01T00:00:00.000Z')] }
    given(dead).when(register('unknown')).givesNothing()
    given(dead).when(register('2026-03-01T08:00:00+08:00')).givesNothing()
    given({ on: 'p', past: [registered, died('unknown')] })
      .when(register('2026-03-01T00:00:00Z'))
      .gives(died('2026-03-01T00:00:00.000Z'))
  })

  it('lives again when the source says so, and stays as they are when it says nothing', () => {
    given({ on: 'p', past: [registered, died('unknown')] })
      .when(register('no'))
      .gives({ type: 'patient.death-revoked' })
    given(alive).when(register('no')).givesNothing()
  })

  it('has not died in time to come, but for a clock that is a little ahead', () => {
    given(alive).when(register('2026-03-02T02:05:01Z')).refuses('patient.death-in-future')
    given(alive).when(register('2026-03-02T02:05:00Z')).gives(died('2026-03-02T02:05:00.000Z'))
  })
})
