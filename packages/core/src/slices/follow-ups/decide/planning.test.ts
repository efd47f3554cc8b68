import { describe, expect, it } from 'vitest'
import { start } from '../../../hospital.fixture.ts'
import {
  came,
  discharge,
  dischargedAt,
  escalated,
  given,
  local,
  note,
  noteDischarge,
  noted,
  planned,
  plannedV1,
  rescheduled,
  stateAfter,
  task,
} from '../follow-ups.fixture.ts'
import { FollowUp } from '../schema.ts'

const cancelled = (
  tier: 1 | 2 | 3,
  reason: 'readmitted' | 'deceased' | 'consent' | 'discharge-cancelled',
  said = {},
) => task(tier, 'cancelled', { reason, ...said })
const all = (reason: Parameters<typeof cancelled>[1], at = start) => [
  came('cancelled', cancelled(1, reason), 'open', at),
  came('cancelled', cancelled(2, reason), 'pending', at),
  came('cancelled', cancelled(3, reason), 'pending', at, { wake: null }),
]
const back = (at = start) => [
  came('opened', task(1, 'open'), 'cancelled', at),
  came('put-back', task(2, 'pending'), 'cancelled', at),
  came('put-back', task(3, 'pending'), 'cancelled', at, { wake: local('09') }),
]
const admission = {
  type: 'admission' as const,
  at: start,
  patient: 'p',
  visit: 'V2',
  effective: local('02T09:00'),
  class: 'inpatient' as const,
}
const admissionCancelled = {
  type: 'admission-cancelled' as const,
  at: start,
  visit: 'V2',
  effective: local('02T09:30'),
}
const death = { type: 'death' as const, at: start, patient: 'p', effective: local('02T09:00') }
const consent = (allowed: boolean, purpose = '*') => ({
  type: 'consent' as const,
  at: start,
  patient: 'p',
  purpose,
  allowed,
})

describe('a discharge', () => {
  it('plans every tier with its dates, and says when to look again', () => {
    given()()
      .when(noteDischarge())
      .gives(...plannedV1)
  })

  it('belongs to its attending where a tier is the attending’s', () => {
    const fact = discharge({ attending: 'li' })
    given()()
      .when(note(fact))
      .gives(
        noted(fact),
        planned(task(1, 'open', { owner: 'li' })),
        planned(task(2, 'pending')),
        planned(task(3, 'pending'), start, { wake: local('09') }),
      )
  })

  it('learned late is planned as it stands, each level of an escalation at its true time', () => {
    const now = local('17T10:00')
    const fact = discharge({ at: now })
    const first = task(1, 'overdue')
    const second = task(2, 'overdue')
    given(now)()
      .when(note(fact))
      .gives(
        noted(fact),
        planned(first, now),
        planned(second, now),
        planned(task(3, 'open'), now),
        escalated(first, 1, 'owner', local('09')),
        escalated(first, 2, 'department-head', local('11')),
        escalated(first, 3, 'quality-office', local('13')),
        escalated(second, 1, 'owner', local('16'), { wake: local('18') }),
      )
  })

  it('told again is noted and changes no task', () => {
    given()(...plannedV1)
      .when(noteDischarge())
      .gives(
        noted(discharge(), {
          episode: { visit: 'V1', dischargedAt, department: 'cardio' },
        }),
      )
    expect(stateAfter([...plannedV1, ...plannedV1.slice(0, 1)]).episodes).toHaveLength(1)
  })

  it('by death is known and owes nothing', () => {
    const fact = discharge({ disposition: '5' })
    given()().when(note(fact)).gives(noted(fact))
    const state = stateAfter([noted(fact)])
    expect(FollowUp.parse(state)).toMatchObject({ tasks: [], asOf: start })
  })

  it('moved by a day moves what is not done', () => {
    const fact = discharge({ effective: local('02T09:00') })
    const moved = [
      task(1, 'open', { opens: '2026-03-02', due: '2026-03-09', deadlineInstant: local('10') }),
      task(2, 'pending', { opens: '2026-03-10', due: '2026-03-16', deadlineInstant: local('17') }),
      task(3, 'pending', {
        opens: '2026-03-17',
        due: '2026-04-01',
        deadlineInstant: '2026-04-01T16:00:00.000Z',
      }),
    ] as const
    given()(...plannedV1)
      .when(note(fact))
      .gives(
        noted(fact),
        rescheduled(moved[0], task(1, 'open')),
        rescheduled(moved[1], task(2, 'pending')),
        rescheduled(moved[2], task(3, 'pending'), start, { wake: local('10') }),
      )
  })

  it('taken back calls all off, and the next one is a second generation', () => {
    const undone = {
      type: 'discharge-cancelled' as const,
      at: start,
      visit: 'V1',
      effective: local('02T09:30'),
    }
    given()(...plannedV1)
      .when(note(undone))
      .gives(noted(undone), ...all('discharge-cancelled'))
    const again = discharge({ effective: local('02T09:45') })
    const dates = {
      generation: 2,
      opens: '2026-03-02',
      due: '2026-03-09',
      deadlineInstant: local('10'),
    }
    given()(...plannedV1, noted(undone), ...all('discharge-cancelled'))
      .when(note(again))
      .gives(
        noted(again),
        planned(task(1, 'open', dates)),
        planned(
          task(2, 'pending', {
            generation: 2,
            opens: '2026-03-10',
            due: '2026-03-16',
            deadlineInstant: local('17'),
          }),
        ),
        planned(
          task(3, 'pending', {
            generation: 2,
            opens: '2026-03-17',
            due: '2026-04-01',
            deadlineInstant: '2026-04-01T16:00:00.000Z',
          }),
          start,
          { wake: local('10') },
        ),
      )
  })
})

describe('what is owed ends', () => {
  it.each([
    ['with a readmission', admission, 'readmitted'],
    ['with a death', death, 'deceased'],
    ['with a refusal of everything', consent(false), 'consent'],
  ] as const)('%s, whatever of it is still to come', (_, fact, reason) => {
    given()(...plannedV1)
      .when(note(fact))
      .gives(noted(fact), ...all(reason))
  })

  it.each([
    ['an admission cancelled', admission, admissionCancelled, 'readmitted'],
    [
      'a death revoked',
      death,
      { type: 'death-revoked' as const, at: start, patient: 'p' },
      'deceased',
    ],
    ['a word of consent', consent(false), consent(true), 'consent'],
  ] as const)('and with %s comes back with its own dates', (_, end, word, reason) => {
    given()(...plannedV1, noted(end), ...all(reason))
      .when(note(word))
      .gives(noted(word), ...back())
  })

  it('in the purposes alone that were refused', () => {
    const fact = consent(false, 'satisfaction')
    given()(...plannedV1)
      .when(note(fact))
      .gives(noted(fact), came('cancelled', cancelled(2, 'consent'), 'pending'))
  })

  it('by when it happened: a failure before it stays one', () => {
    const now = local('10T10:00')
    const fact = { ...admission, at: now, effective: local('10T09:00') }
    const overdue = [
      came('fell-overdue', task(1, 'overdue'), 'open', local('09')),
      came('opened', task(2, 'open'), 'pending', local('09')),
      escalated(task(1, 'overdue'), 1, 'owner', local('09'), { wake: local('11') }),
    ]
    given(now)(...plannedV1, ...overdue)
      .when(note(fact))
      .gives(
        noted(fact),
        came('missed', task(1, 'missed'), 'overdue', now),
        came('cancelled', cancelled(2, 'readmitted'), 'open', now),
        came('cancelled', cancelled(3, 'readmitted'), 'pending', now, { wake: null }),
      )
  })
})

describe('a fact about somebody of whom nothing is owed', () => {
  it('is noted, and nothing is told or waited for', () => {
    given()()
      .when(note(consent(true)))
      .gives(noted(consent(true)))
    expect(FollowUp.parse(stateAfter([noted(consent(true))]))).toMatchObject({
      asOf: start,
      tasks: [],
    })
  })
})
