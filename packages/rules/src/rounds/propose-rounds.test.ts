import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { proposeRounds, type Team, type Visit } from './propose-rounds.ts'

const visit = (task: string, region: string, due = '2026-03-20'): Visit => ({ task, region, due })
const team = (name: string, regions: string[], most = 4): Team => ({ team: name, regions, most })

describe('the rounds of a day', () => {
  it('share the load of a region among its teams', () => {
    const visits = ['a', 'b', 'c', 'd', 'e'].map((task) => visit(task, 'east'))
    const { rounds, left } = proposeRounds(visits, [team('1', ['east']), team('2', ['east'])])
    expect(rounds.map(({ stops }) => stops.map(({ task }) => task))).toEqual([
      ['a', 'c', 'e'],
      ['b', 'd'],
    ])
    expect(left).toEqual([])
  })

  it('send who can go anywhere where nobody else goes', () => {
    const visits = [visit('a', 'east'), visit('b', 'west')]
    const { rounds } = proposeRounds(visits, [
      team('any', ['east', 'west']),
      team('east', ['east']),
    ])
    expect(rounds.map((round) => [round.team, round.region])).toEqual([
      ['any', 'west'],
      ['east', 'east'],
    ])
  })

  it('leave for another day what is due later, and what nobody drives to', () => {
    const visits = [visit('late', 'east', '2026-03-25'), visit('soon', 'east'), visit('x', 'sea')]
    const { left } = proposeRounds(visits, [team('1', ['east'], 1)])
    expect(left.map(({ task }) => task)).toEqual(['x', 'late'])
  })

  const regions = fc.constantFrom('n', 'e', 's', 'w')
  const visits = fc.uniqueArray(
    fc.record({
      task: fc.string({ minLength: 1, maxLength: 3 }),
      region: regions,
      due: fc.constantFrom('2026-03-01', '2026-03-02', '2026-03-03'),
    }),
    { selector: ({ task }) => task, maxLength: 30 },
  )
  const teams = fc.uniqueArray(
    fc.record({
      team: fc.string({ minLength: 1, maxLength: 2 }),
      regions: fc.uniqueArray(regions, { minLength: 1 }),
      most: fc.integer({ min: 1, max: 6 }),
    }),
    { selector: ({ team }) => team, maxLength: 6 },
  )

  it('hold every visit once or leave it, no team over its number or out of its regions', () => {
    fc.assert(
      fc.property(visits, teams, (owed, driving) => {
        const { rounds, left } = proposeRounds(owed, driving)
        const all = [...rounds.flatMap(({ stops }) => stops), ...left].map(({ task }) => task)
        expect(all.sort()).toEqual(owed.map(({ task }) => task).sort())
        expect(new Set(rounds.map((round) => round.team)).size).toBe(rounds.length)
        for (const { team: name, region, stops } of rounds) {
          const { regions: home = [], most = 0 } = driving.find((each) => each.team === name) ?? {}
          expect(home).toContain(region)
          expect(stops.length).toBeLessThanOrEqual(most)
          expect(stops.every((stop) => stop.region === region)).toBe(true)
        }
        const loads = Map.groupBy(rounds, ({ region }) => region)
        for (const [region, there] of loads) {
          const isLeft = left.some((stop) => stop.region === region)
          const free = there.filter(
            ({ team: name, stops }) =>
              stops.length < (driving.find((each) => each.team === name)?.most ?? 0),
          )
          if (isLeft) expect(free).toEqual([])
          const open = free.map(({ stops }) => stops.length)
          const most = Math.max(...there.map(({ stops }) => stops.length))
          for (const load of open) expect(most - load).toBeLessThanOrEqual(1)
        }
      }),
    )
  })

  it('are the same in whatever order visits and teams are written', () => {
    fc.assert(
      fc.property(visits, teams, fc.nat(), (owed, driving, seed) => {
        const turned = <T>(list: readonly T[]) => [
          ...list.slice(seed % (list.length || 1)),
          ...list.slice(0, seed % (list.length || 1)),
        ]
        expect(proposeRounds(turned(owed), turned(driving))).toEqual(proposeRounds(owed, driving))
      }),
    )
  })
})
