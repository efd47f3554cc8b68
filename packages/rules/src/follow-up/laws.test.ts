import { TZDate } from '@date-fns/tz'
import { addDays, addMonths, format, startOfDay } from 'date-fns'
import * as fc from 'fast-check'
import { describe, expect, it, vi } from 'vitest'
import { decideDraws } from '../cases/decide-draws.ts'
import { xuzhouFollowUp } from '../packs/xuzhou/follow-up.ts'
import type { FollowUpFact } from './fact.ts'
import { day, histories, minutes, programme } from './laws.fixture.ts'
import { nextChange } from './next-change.ts'
import { projectFollowUps } from './project.ts'
import { simulateFollowUps } from './simulate.ts'

vi.setConfig({ testTimeout: 60_000 })

const runs = { numRuns: 300 }
const last = minutes(120 * day)
const moments = fc.integer({ min: 0, max: 110 * day }).map(minutes)

const drawn = (facts: readonly FollowUpFact[], until: string) =>
  decideDraws(programme, facts, Date.parse(until))

const tell = (facts: readonly FollowUpFact[], asOf: string, knownAt = asOf) =>
  projectFollowUps(programme, facts, drawn(facts, asOf), { asOf, knownAt })

const statesAt = (facts: readonly FollowUpFact[], asOf: string, knownAt: string) =>
  projectFollowUps(programme, facts, drawn(facts, knownAt), { asOf, knownAt }).tasks.map(
    ({ key, state }) => `${key} ${state}`,
  )

describe('the follow-up picture', () => {
  it('does not depend on the order of the list', () => {
    fc.assert(
      fc.property(histories, moments, fc.infiniteStream(fc.nat()), (facts, asOf, keys) => {
        const shuffled = facts
          .map((fact) => ({ fact, key: keys.next().value }))
          .sort((a, b) => a.key - b.key)
          .map(({ fact }) => fact)
        const byKey = (all: readonly FollowUpFact[]) => {
          const { tasks, ...figures } = tell(all, asOf)
          return { ...figures, tasks: new Map(tasks.map((task) => [task.key, task])) }
        }
        expect(byKey(shuffled)).toEqual(byKey(facts))
      }),
      runs,
    )
  })

  it('is the same at an instant whatever becomes known after it', () => {
    fc.assert(
      fc.property(histories, moments, (facts, asOf) => {
        const known = facts.filter(({ at }) => at <= asOf)
        expect(tell(facts, asOf)).toEqual(tell(known, asOf))
      }),
      runs,
    )
  })

  it('is not changed by a fact told again later', () => {
    // A correction, a consent or a revocation is a word whose last one counts: told again it is new.
    const replayed =
      /^(discharge|discharge-cancelled|admission|admission-cancelled|staff-unavailable)$/
    fc.assert(
      fc.property(histories, fc.nat(), (facts, choice) => {
        const fact = facts[choice % facts.length] ?? facts[0]
        fc.pre(fact !== undefined)
        const isContact =
          fact.type === 'contact' && Date.parse(fact.effective) - Date.parse(fact.at) <= 300_000
        const isOnlyDeath =
          fact.type === 'death' && facts.filter(({ type }) => type.startsWith('death')).length === 1
        fc.pre(isContact || isOnlyDeath || replayed.test(fact.type))
        const again = [...facts, { ...fact, at: minutes(60 * day) }]
        for (const asOf of [minutes(61 * day), last])
          expect(tell(again, asOf)).toEqual(tell(facts, asOf))
      }),
      runs,
    )
  })

  it('keeps the identity of every task through corrections', () => {
    const corrections = fc.tuple(fc.integer({ min: 0, max: 40 * day }), fc.constantFrom('V1', 'V2'))
    fc.assert(
      fc.property(histories, corrections, (facts, [effective, visit]) => {
        const kept = facts.filter(({ type }) => type !== 'plan-published')
        const correction: FollowUpFact = {
          type: 'discharge-corrected',
          at: minutes(60 * day),
          effective: minutes(effective),
          visit,
        }
        const keys = (all: readonly FollowUpFact[]) => tell(all, last).tasks.map(({ key }) => key)
        expect(keys([...kept, correction])).toEqual(keys(kept))
      }),
      runs,
    )
  })

  it('is told in one piece: counts, denominators and dates agree with the tasks', () => {
    fc.assert(
      fc.property(histories, moments, (facts, asOf) => {
        const { tasks, activeCount, kpi } = tell(facts, asOf)
        const active = tasks.filter(({ state }) => /pending|open|overdue/.test(state))
        expect(activeCount).toBe(active.length)
        for (const task of tasks) {
          expect(task.opens <= task.due).toBe(true)
          expect(task.state === 'completed').toBe(task.timeliness !== null)
          expect(task.state === 'cancelled').toBe(task.reason !== null)
          if (task.state === 'overdue')
            expect(Date.parse(task.deadlineInstant) <= Date.parse(asOf)).toBe(true)
          if (task.state === 'open')
            expect(Date.parse(task.deadlineInstant) > Date.parse(asOf)).toBe(true)
        }
        for (const { due, onTime, late, open } of kpi)
          expect(onTime + late + open <= due).toBe(true)
      }),
      runs,
    )
  })
})

describe('the next change', () => {
  it('is the first instant at which a state differs, by the passing of time alone', () => {
    const shares = fc.double({ min: 0, max: 1, noNaN: true })
    fc.assert(
      fc.property(histories, moments, shares, (facts, knownAt, share) => {
        const draws = drawn(facts, knownAt)
        const next = nextChange(programme, facts, draws, { asOf: knownAt, knownAt })
        const now = statesAt(facts, knownAt, knownAt)
        const [from, to] = [Date.parse(knownAt), Date.parse(next ?? minutes(400 * day))]
        const between = new Date(from + Math.floor((to - 1 - from) * share)).toISOString()
        expect(statesAt(facts, between, knownAt)).toEqual(now)
        expect(statesAt(facts, new Date(to - 1).toISOString(), knownAt)).toEqual(now)
        if (next) expect(statesAt(facts, next, knownAt)).not.toEqual(now)
      }),
      runs,
    )
  })
})

describe('a simulation', () => {
  it('ends in the states that are told at its end with all that is known', () => {
    fc.assert(
      fc.property(histories, (facts) => {
        const draws = drawn(facts, last)
        const span = { from: minutes(-1), to: last }
        const states = new Map<string, string>()
        for (const { visit, generation, tier, state } of simulateFollowUps(
          programme,
          facts,
          draws,
          span,
        )) {
          states.set(`${visit}#${generation}/xuzhou-three-tier/${tier}`, state)
        }
        const { tasks } = projectFollowUps(programme, facts, draws, { asOf: last, knownAt: last })
        expect(states).toEqual(new Map(tasks.map(({ key, state }) => [key, state])))
      }),
      { numRuns: 150 },
    )
  })
})

describe('a draw', () => {
  it('only grows: nobody selected is ever displaced', () => {
    fc.assert(
      fc.property(histories, moments, moments, (facts, one, other) => {
        const [early, late] = [one, other].sort()
        const before = drawn(facts, early ?? one)
        const after = drawn(facts, late ?? one)
        for (const { frame, tier, rounds } of before) {
          const grown = after.find((draw) => draw.frame === frame && draw.tier === tier)
          expect(grown?.rounds.slice(0, rounds.length)).toEqual(rounds)
        }
      }),
      runs,
    )
  })
})

/** Zones that left out a day to cross the date line; date-fns adds months wrongly around it. */
const skipped = /^Pacific\/(Apia|Enderbury|Fakaofo|Kanton|Kiritimati|Kwajalein)$/

describe('windows', () => {
  it('are those that date-fns finds in the same zone, in any zone and in any year', () => {
    const names = Intl.supportedValuesOf('timeZone').filter((name) => !skipped.test(name))
    const zones = fc.constantFrom(...names)
    // date-fns knows no offsets with seconds, such as Monrovia had until 1972.
    const instants = fc.integer({ min: Date.UTC(1973, 0), max: Date.UTC(2099, 10) })
    fc.assert(
      fc.property(zones, instants, (zone, instant) => {
        const effective = new Date(instant).toISOString()
        const { tasks } = projectFollowUps(
          { zone, plan: 'x@1', plans: { 'x@1': xuzhouFollowUp } },
          [
            {
              type: 'discharge',
              at: effective,
              effective,
              patient: 'P1',
              visit: 'V1',
              disposition: '1',
              message: 'A03',
            },
          ],
          [],
          { asOf: effective, knownAt: effective },
        )
        const anchor = startOfDay(new TZDate(instant, zone))
        const on = (date: Date) => format(date, 'yyyy-MM-dd')
        expect(tasks.map(({ opens, due }) => [opens, due])).toEqual([
          [on(anchor), on(addDays(anchor, 7))],
          [on(addDays(anchor, 8)), on(addDays(anchor, 14))],
          [on(addDays(anchor, 15)), on(addMonths(anchor, 1))],
        ])
        const midnight = startOfDay(addDays(anchor, 8))
        if (format(midnight, 'HH:mm:ss') === '00:00:00') {
          expect(Date.parse(tasks[0]?.deadlineInstant ?? '')).toBe(midnight.getTime())
        }
      }),
      { numRuns: 1500 },
    )
  })
})
