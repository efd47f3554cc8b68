import { describe, expect, it } from 'vitest'
import { start } from '../../../hospital.fixture.ts'
import {
  came,
  discharge,
  given,
  local,
  note,
  noted,
  planned,
  plannedV1,
  stateAfter,
  task,
} from '../follow-ups.fixture.ts'
import { followUp } from '../index.ts'
import { type Followed, FollowUpCommand, type FollowUpEvent } from '../schema.ts'

const merge = { type: 'merge', survivor: 's', merged: 'p' }
const mergedFact = {
  type: 'patient-merged' as const,
  at: start,
  survivor: 's',
  merged: 'p',
  sameVisit: {},
}
const gathered = ({ status: _, asOf: __, wake: ___, candidates: ____, ...rest }: Followed) => rest
const ofP = gathered(stateAfter(plannedV1))
const joined = (said = ofP): FollowUpEvent => ({
  type: 'follow-up.joined',
  merged: 'p',
  with: said,
  at: start,
  wake: local('09'),
})
const moved = (id = 'p', into = 's') => ({
  on: id,
  event: { type: 'follow-up.moved' as const, into },
})
const looked: FollowUpEvent = { type: 'follow-up.looked-at', at: start, wake: null }

/** The survivor's own stay W1, a day later. */
const dates = { visit: 'W1' }
const ownOfS = [
  noted(discharge({ visit: 'W1', patient: 's' })),
  planned(task(1, 'open', dates)),
  planned(task(2, 'pending', dates)),
  planned(task(3, 'pending', dates), start, { wake: local('09') }),
]

describe('two records of one person', () => {
  it('become one: everything goes to the survivor, and the other says where it went', () => {
    given()({ on: 'p', past: [...plannedV1] }, { on: 's', past: ownOfS })
      .when(merge)
      .gives(joined(), noted(mergedFact), moved())
  })

  it('become one when the survivor had none: the wake of the other goes along', () => {
    given()({ on: 'p', past: [...plannedV1] })
      .when(merge)
      .gives(joined(), noted(mergedFact), moved())
  })

  it('stay as they are when there was nothing to bring', () => {
    given()({ on: 's', past: ownOfS }).when(merge).givesNothing()
    given()().when(merge).givesNothing()
  })

  it('are joined once, in either direction', () => {
    const past = [
      { on: 'p', past: [...plannedV1, moved().event] },
      { on: 's', past: [...ownOfS, joined(), noted(mergedFact)] },
    ]
    given()(...past)
      .when(merge)
      .givesNothing()
    given()(...past)
      .when({ ...merge, survivor: 'p', merged: 's' })
      .givesNothing()
  })

  it('are judged again: a stay of one is a readmission of the other', () => {
    const admission = {
      type: 'admission' as const,
      at: start,
      patient: 's',
      visit: 'W1',
      effective: local('02T09:00'),
      class: 'inpatient' as const,
    }
    const [first, second, third] = [1, 2, 3].map((tier) =>
      task(tier as 1, 'cancelled', { reason: 'readmitted' }),
    ) as [ReturnType<typeof task>, ReturnType<typeof task>, ReturnType<typeof task>]
    given()({ on: 'p', past: [...plannedV1] }, { on: 's', past: [noted(admission)] })
      .when(merge)
      .gives(
        joined(),
        noted(mergedFact),
        came('cancelled', first, 'open'),
        came('cancelled', second, 'pending'),
        came('cancelled', third, 'pending', start, { wake: null }),
        moved(),
      )
  })

  it('hold a task and an episode once, though both had learned of the visit', () => {
    const fact = discharge()
    const episode = { visit: 'V1', dischargedAt: local('01T09:00'), department: 'eye' }
    const both = stateAfter([
      noted(fact, { episode }),
      planned(task(1, 'open', { owner: 'li' })),
      joined(),
    ])
    expect(both.tasks.map(({ key }) => key)).toEqual([1, 2, 3].map((tier) => `V1#1/three/${tier}`))
    expect(both.episodes.map(({ visit }) => visit)).toEqual(['V1'])
  })
})

describe('a record that has moved', () => {
  const past = [
    { on: 'p', past: [...plannedV1, moved().event] },
    { on: 's', past: [noted(mergedFact), joined()] },
  ]

  it('is followed by every command that names the old id', () => {
    const consent = {
      type: 'consent' as const,
      at: start,
      patient: 'p',
      purpose: '*',
      allowed: true,
    }
    given()(...past)
      .when(note(consent))
      .gives(noted(consent))
    given()(...past)
      .when({ type: 'advance', patient: 'p' })
      .givesNothing()
  })

  it('is followed by a contact with a visit of the old id', () => {
    const fact = {
      type: 'contact' as const,
      at: start,
      visit: 'V1',
      role: 'attending',
      effective: local('02T09:30'),
      result: 'completed' as const,
    }
    given()(...past)
      .when({
        type: 'record-contact',
        visit: 'V1',
        role: 'attending',
        at: fact.effective,
        result: 'completed',
      })
      .gives(
        noted(fact),
        came('completed', task(1, 'completed', { timeliness: 'on-time' }), 'open'),
      )
  })

  it('is found by nobody and waits for nothing', () => {
    expect(followUp.entries?.({ status: 'moved', into: 's' }, 'p')).toEqual([])
    expect(followUp.attributes?.({ status: 'moved', into: 's' }, 'p')).toEqual({})
  })

  it('seals notes under the person it is the record of today', () => {
    const states: Record<string, object> = {
      p: { status: 'moved', into: 's' },
      s: { status: 'followed' },
    }
    const seen = {
      own: (id: string) => (states[id] ?? { status: 'none' }) as never,
      other: () => ({ patient: 'p' }),
      fresh: 'fresh',
    }
    const command = FollowUpCommand.parse({
      type: 'record-contact',
      visit: 'V1',
      role: 'x',
      at: start,
      result: 'completed',
    })
    expect(followUp.subjects?.(command, seen)).toEqual({ subject: 'patient/s' })
    expect(followUp.needs?.(command, seen)).toEqual([{ kind: 'encounter', id: 'V1' }])
  })
})

describe('a look that finds nothing', () => {
  it('says so only when the next one is due at another time', () => {
    given()(planned(task(1, 'completed', { timeliness: 'on-time' }), start, { wake: local('03') }))
      .when({ type: 'advance', patient: 'p' })
      .gives({
        type: 'follow-up.withdrawn',
        task: task(1, 'completed', { timeliness: 'on-time' }),
        at: start,
        wake: null,
      })
    given()(noted(mergedFact, { wake: local('03') }))
      .when({ type: 'advance', patient: 'p' })
      .gives(looked)
  })
})
