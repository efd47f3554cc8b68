import { describe, expect, it } from 'vitest'
import { start } from '../../../hospital.fixture.ts'
import {
  came,
  escalated,
  given,
  local,
  noted,
  planned,
  plannedV1,
  stateAfter,
  task,
} from '../follow-ups.fixture.ts'
import { followUp } from '../index.ts'
import type { FollowUpEvent } from '../schema.ts'

const advance = { type: 'advance', patient: 'p' }
const [first, second, third] = [task(1, 'overdue'), task(2, 'overdue'), task(3, 'overdue')]

/** All that time alone makes of the three calls when nobody is called, each at its true instant. */
const untilTheEnd = [
  came('fell-overdue', first, 'open', local('09')),
  came('opened', task(2, 'open'), 'pending', local('09')),
  escalated(first, 1, 'owner', local('09')),
  escalated(first, 2, 'department-head', local('11')),
  escalated(first, 3, 'quality-office', local('13')),
  came('fell-overdue', second, 'open', local('16')),
  came('opened', task(3, 'open'), 'pending', local('16')),
  escalated(second, 1, 'owner', local('16')),
  escalated(second, 2, 'department-head', local('18')),
  escalated(second, 3, 'quality-office', local('20')),
  came('fell-overdue', third, 'open', local('32')),
  escalated(third, 1, 'owner', local('32')),
  escalated(third, 2, 'department-head', local('34')),
  escalated(third, 3, 'quality-office', local('36')),
  came('missed', task(1, 'missed'), 'overdue', local('47')),
  came('missed', task(2, 'missed'), 'overdue', local('47')),
  came('missed', task(3, 'missed'), 'overdue', local('47')),
]
const timeOf = (event: FollowUpEvent) => ('at' in event ? event.at : '')
const dueBy = (now: string) => untilTheEnd.filter((event) => timeOf(event) <= now)

/** The same events, the last one saying when to look again. */
const waking = (events: readonly FollowUpEvent[], wake: string | null): FollowUpEvent[] =>
  events.map((event, at) =>
    at === events.length - 1 ? ({ ...event, wake } as FollowUpEvent) : event,
  )
const times = [...new Set(untilTheEnd.map(timeOf))]
const nextTime = (now: string) => times.find((time) => time > now) ?? null

describe('time', () => {
  it('tells nothing before something becomes true', () => {
    const almost = new Date(Date.parse(local('09')) - 1).toISOString()
    given(almost)(...plannedV1)
      .when(advance)
      .givesNothing()
  })

  it.each(times)('tells at %s what is true from then on, and when to look again', (now) => {
    const before = dueBy(new Date(Date.parse(now) - 1).toISOString())
    const past = before.length === 0 ? [] : waking(before, now)
    given(now)(...plannedV1, ...past)
      .when(advance)
      .gives(...waking(dueBy(now).slice(before.length), nextTime(now)))
  })

  it.each(times)(
    'has told everything by %s however long nobody looked, and nothing twice',
    (now) => {
      const all = waking(dueBy(now), nextTime(now))
      given(now)(...plannedV1)
        .when(advance)
        .gives(...all)
      given(now)(...plannedV1, ...all)
        .when(advance)
        .givesNothing()
    },
  )

  it('is of no use to a person who owes nothing', () => {
    given(local('20'))().when(advance).refuses('follow-up.unknown')
  })
})

describe('an escalation', () => {
  const overdue = waking(dueBy(local('09')), local('11'))

  it('goes no further once the call was made', () => {
    const done = task(1, 'completed', { timeliness: 'late' })
    const contact = {
      type: 'contact' as const,
      at: local('10'),
      visit: 'V1',
      role: 'attending',
      effective: local('10'),
      result: 'completed' as const,
    }
    given(local('13'))(
      ...plannedV1,
      ...overdue,
      noted(contact),
      came('completed', done, 'overdue', local('10'), { wake: local('16') }),
    )
      .when(advance)
      .givesNothing()
  })

  it('of no levels is none', () => {
    given(local('13'), { escalation: [] })(...plannedV1)
      .when(advance)
      .gives(
        came('fell-overdue', first, 'open', local('09')),
        came('opened', task(2, 'open'), 'pending', local('09'), { wake: local('16') }),
      )
  })

  it('may have several levels on one day', () => {
    const escalation = [
      { afterDays: 0, to: 'owner' },
      { afterDays: 0, to: 'quality-office' },
    ]
    given(local('09'), { escalation })(...plannedV1)
      .when(advance)
      .gives(
        came('fell-overdue', first, 'open', local('09')),
        came('opened', task(2, 'open'), 'pending', local('09')),
        escalated(first, 1, 'owner', local('09')),
        escalated(first, 2, 'quality-office', local('09'), { wake: local('16') }),
      )
  })

  it('longer in a new pack tells the levels that are new', () => {
    const told = waking(dueBy(local('13')), local('16'))
    const escalation = [0, 2, 4, 5].map((afterDays) => ({ afterDays, to: `level ${afterDays}` }))
    given(local('14'), { escalation })(...plannedV1, ...told)
      .when(advance)
      .gives(escalated(first, 4, 'level 5', local('14')))
  })
})

describe('the next look', () => {
  it('is found by its instant, and not at all when nothing will change', () => {
    const wakes = (...events: FollowUpEvent[]) =>
      followUp
        .entries?.(stateAfter(events), 'p')
        .filter(({ index }) => index === 'wake')
        .map(({ order }) => order)
    expect(wakes(...plannedV1)).toEqual([local('09')])
    expect(wakes(...plannedV1, ...waking(untilTheEnd, null))).toEqual([])
    expect(wakes(planned(task(1, 'open'), start))).toEqual([])
  })
})
