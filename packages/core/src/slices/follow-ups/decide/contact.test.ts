import { describe, expect, it } from 'vitest'
import { sealed, start } from '../../../hospital.fixture.ts'
import { withoutWords } from '../../../kernel/tree.ts'
import {
  came,
  discharge,
  dischargedAt,
  escalated,
  given,
  local,
  noted,
  plannedV1,
  rescheduled,
  stateAfter,
  task,
} from '../follow-ups.fixture.ts'
import { followUp } from '../index.ts'
import type { FollowUpEvent } from '../schema.ts'

const call = (said: object = {}) => ({
  type: 'record-contact',
  visit: 'V1',
  role: 'attending',
  at: local('02T09:30'),
  result: 'completed',
  ...said,
})
const fact = (said: object = {}, known = start) =>
  ({
    type: 'contact',
    at: known,
    visit: 'V1',
    role: 'attending',
    effective: local('02T09:30'),
    result: 'completed',
    ...said,
  }) as Parameters<typeof noted>[0]

const done = (tier: 1 | 2 | 3, timeliness: 'early' | 'on-time' | 'late' = 'on-time', said = {}) =>
  task(tier, 'completed', { timeliness, ...said })

describe('a contact', () => {
  it('completes the call it was made for, by its role or by its tier', () => {
    for (const said of [{}, { tier: 1 }, { by: 'li' }, { tier: 1, by: 'li' }]) {
      given()(...plannedV1)
        .when(call(said))
        .gives(noted(fact(said)), came('completed', done(1), 'open'))
    }
  })

  it('is judged by when it was made, however late it is recorded', () => {
    const now = local('12T10:00')
    const overdue = [
      came('fell-overdue', task(1, 'overdue'), 'open', local('09')),
      came('opened', task(2, 'open'), 'pending', local('09')),
      escalated(task(1, 'overdue'), 1, 'owner', local('09')),
      escalated(task(1, 'overdue'), 2, 'department-head', local('11'), { wake: local('13') }),
    ]
    const onTheLastDay = { at: local('08T23:59') }
    given(now)(...plannedV1, ...overdue)
      .when(call(onTheLastDay))
      .gives(
        noted(fact({ effective: onTheLastDay.at }, now)),
        came('completed', done(1), 'overdue', now, { wake: local('16') }),
      )
    given(now)(...plannedV1, ...overdue)
      .when(call({ at: local('09T00:00') }))
      .gives(
        noted(fact({ effective: local('09T00:00') }, now)),
        came('completed', done(1, 'late'), 'overdue', now, { wake: local('16') }),
      )
  })

  it('tells first what had become true before it was recorded', () => {
    const now = local('10T10:00')
    given(now)(...plannedV1)
      .when(call({ at: local('10T09:00') }))
      .gives(
        noted(fact({ effective: local('10T09:00') }, now)),
        came('fell-overdue', task(1, 'overdue'), 'open', local('09')),
        came('opened', task(2, 'open'), 'pending', local('09')),
        escalated(task(1, 'overdue'), 1, 'owner', local('09')),
        came('completed', done(1, 'late'), 'overdue', now, { wake: local('16') }),
      )
  })

  it.each([
    ['was made before the window opens', { tier: 2, role: 'call-centre' }],
    ['was made by another role', { tier: 1, role: 'outreach' }],
    ['was made before the discharge', { at: local('01T08:00') }],
    ['was recorded before it was made', { at: local('02T10:06') }],
    ['was not answered', { result: 'no-answer' }],
    ['went to a wrong number', { result: 'wrong-number' }],
  ])('is kept though it %s, and satisfies nothing', (_, said) => {
    const { at = local('02T09:30'), ...rest } = { at: undefined, ...said }
    given()(...plannedV1)
      .when(call(said))
      .gives(noted(fact({ ...rest, effective: at })))
  })

  it('made after all is done is kept too', () => {
    given()(...plannedV1, noted(fact()), came('completed', done(1), 'open'))
      .when(call())
      .gives(noted(fact()))
  })

  it('is kept for a stay that owes nothing, as after a death in hospital', () => {
    const ended = noted(discharge({ disposition: '5' }), { episode: { visit: 'V1', dischargedAt } })
    given()(ended).when(call()).gives(noted(fact()))
    given()(ended)
      .when(call({ tier: 1 }))
      .refuses('follow-up.unknown-tier')
  })

  it('keeps its note sealed beside it', () => {
    const text = sealed('text', '血压偏高')
    given()(...plannedV1)
      .when(call({ note: text, by: 'li' }))
      .gives(
        noted(fact({ by: 'li' })),
        {
          type: 'follow-up.note-taken',
          visit: 'V1',
          madeAt: local('02T09:30'),
          by: 'li',
          text: withoutWords(text),
        },
        came('completed', done(1), 'open'),
      )
  })

  it('names a visit and a tier that are there', () => {
    given()(...plannedV1)
      .when(call({ visit: 'V2' }))
      .refuses('follow-up.unknown-visit')
    given()(...plannedV1)
      .when(call({ visit: 'V9' }))
      .refuses('follow-up.unknown-visit')
    given()(...plannedV1)
      .when(call({ tier: 4 }))
      .refuses('follow-up.unknown-tier')
    given()().when(call()).refuses('follow-up.unknown-visit')
  })

  it('that is refused calls the call off, and no other', () => {
    given()(...plannedV1)
      .when(call({ result: 'refused' }))
      .gives(
        noted(fact({ result: 'refused' })),
        came('cancelled', task(1, 'cancelled', { reason: 'refused' }), 'open'),
      )
  })

  it('not answered three times, hours apart, leaves the patient unreachable until one is', () => {
    const attempts = ['02T01:00', '02T05:00'].map((at) =>
      noted(fact({ result: 'no-answer', effective: local(at) })),
    )
    const third = { result: 'no-answer', at: local('02T09:00') }
    const gone = came('became-unreachable', task(1, 'unreachable'), 'open')
    const last = noted(fact({ result: 'no-answer', effective: third.at }))
    given()(...plannedV1, ...attempts)
      .when(call(third))
      .gives(last, gone)
    given()(...plannedV1, ...attempts, last, gone)
      .when(call())
      .gives(noted(fact()), came('completed', done(1), 'unreachable'))
  })
})

describe('an assignment', () => {
  const assign = (tier = 2, staff = 'chen') => ({ type: 'assign', visit: 'V1', tier, staff })
  const assigned = (staff = 'chen'): FollowUpEvent => ({
    type: 'follow-up.assigned',
    task: 'V1#1/three/2',
    staff,
  })
  const owned = rescheduled(task(2, 'pending', { owner: 'chen' }), task(2, 'pending'))

  it('gives a call to a member of its role, once', () => {
    given()(...plannedV1)
      .when(assign())
      .gives(assigned(), owned)
    given()(...plannedV1, assigned(), owned)
      .when(assign())
      .givesNothing()
  })

  it('can be changed', () => {
    const before = task(2, 'pending', { owner: 'chen' })
    given()(...plannedV1, assigned(), owned)
      .when(assign(2, 'sun'))
      .gives(assigned('sun'), rescheduled(task(2, 'pending', { owner: 'sun' }), before))
  })

  it('lasts through what becomes of the call', () => {
    given(local('09'))(...plannedV1, assigned(), owned)
      .when({ type: 'advance', patient: 'p' })
      .gives(
        came('fell-overdue', task(1, 'overdue'), 'open', local('09')),
        came('opened', task(2, 'open', { owner: 'chen' }), 'pending', local('09')),
        escalated(task(1, 'overdue'), 1, 'owner', local('09'), { wake: local('11') }),
      )
  })

  it('names a visit and a tier that are there', () => {
    given()(...plannedV1)
      .when(assign(4))
      .refuses('follow-up.unknown-tier')
    given()(...plannedV1)
      .when({ ...assign(), visit: 'V2' })
      .refuses('follow-up.unknown-visit')
    given()().when(assign()).refuses('follow-up.unknown-visit')
  })

  it('is found by its owner, or by its role while it belongs to nobody, and shows the record to its owner', () => {
    const state = stateAfter([...plannedV1, assigned(), owned])
    const workers = followUp.entries?.(state, 'p').filter(({ index }) => index === 'worker')
    expect(workers?.map(({ equals }) => equals)).toEqual([
      ['role:attending'],
      ['chen'],
      ['role:outreach'],
    ])
    expect(followUp.attributes?.(state, 'p')).toMatchObject({
      owner: ['chen'],
      department: ['cardio'],
    })
  })
})
