import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { standardFolds, standardIndicators } from './catalogue.ts'
import { type Cell, merged, tally } from './cell.ts'
import { Change, contributions, Fold, type Picture } from './fold.ts'

const fold = Fold.parse({
  id: 'tasks',
  of: ['follow-up'],
  day: 'due',
  period: 'month',
  keys: { department: 'department', doctor: 'owner' },
  counts: [
    { measure: 'due', when: { state: ['completed', 'overdue'] } },
    { measure: 'completed', when: { state: 'completed' } },
    { measure: 'persistent', when: { attempts: { atLeast: 2, atMost: 3 } } },
    { measure: 'attempts', plus: 'attempts' },
    { measure: 'attempts-squared', plus: 'attempts', squared: true },
  ],
})

const days = fc.integer({ min: 1, max: 90 }).map((day) => {
  const date = new Date(Date.UTC(2026, 0, day))
  return date.toISOString().slice(0, 10)
})

const pictures = fc.record({
  due: days,
  department: fc.constantFrom('cardiology', 'surgery', null),
  owner: fc.constantFrom('D1', 'D2'),
  state: fc.constantFrom('open', 'overdue', 'completed', 'cancelled'),
  attempts: fc.nat({ max: 5 }),
})

/** One record's life: what it was known to be from each day on; nothing where it was taken back. */
const lives = fc
  .array(fc.tuple(days, fc.option(pictures)), { minLength: 1, maxLength: 6 })
  .map((steps) => steps.toSorted(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)))
type Life = readonly (readonly [known: string, picture: Picture | null])[]

const changesOf = (life: Life): Change[] =>
  life.map(([known, after], at) => ({
    type: 'follow-up.rescheduled',
    known,
    before: life[at - 1]?.[1] ?? null,
    after,
  }))

/** Counts records as they were known on a day, without any cell. */
const recount = (all: readonly Life[], knownOn: string) => {
  const sums = new Map<string, number>()
  for (const life of all) {
    const picture = life.findLast(([known]) => known <= knownOn)?.[1]
    if (!picture) continue
    const { state, attempts, due, department, owner } = picture
    const tries = Number(attempts)
    const counts = {
      due: state === 'completed' || state === 'overdue' ? 1 : 0,
      completed: state === 'completed' ? 1 : 0,
      persistent: tries === 2 || tries === 3 ? 1 : 0,
      attempts: tries,
      'attempts-squared': tries * tries,
    }
    for (const [measure, n] of Object.entries(counts)) {
      const name = [measure, `${due}`.slice(0, 7), department ?? '', owner].join(' ')
      sums.set(name, (sums.get(name) ?? 0) + n)
    }
  }
  return new Map([...sums].filter(([, n]) => n !== 0))
}

const summed = (cells: readonly Cell[], knownOn: string) => {
  const sums = new Map<string, number>()
  for (const { measure, period, keys, known, n } of cells) {
    if (known > knownOn) continue
    const name = [measure, period, keys.department, keys.doctor].join(' ')
    sums.set(name, (sums.get(name) ?? 0) + n)
  }
  return new Map([...sums].filter(([, n]) => n !== 0))
}

describe('cells', () => {
  it('in whatever order facts come are what a recount of the records gives, on any day', () => {
    fc.assert(
      fc.property(
        fc.array(lives, { maxLength: 8 }),
        days,
        fc.infiniteStream(fc.nat()),
        (all, knownOn, keys) => {
          const changes = all
            .flatMap(changesOf)
            .map((change) => ({ change, key: keys.next().value }))
            .sort((a, b) => a.key - b.key)
          let cells: readonly Cell[] = []
          for (const { change } of changes)
            cells = merged([...cells, ...contributions(fold, change)])
          const atOnce = merged(
            all.flatMap(changesOf).flatMap((change) => contributions(fold, change)),
          )
          for (const day of [knownOn, '2026-12-31']) {
            expect(summed(cells, day)).toEqual(recount(all, day))
            expect(summed(atOnce, day)).toEqual(recount(all, day))
          }
        },
      ),
      { numRuns: 150 },
    )
  })

  it('let a closed month keep its figure while a late fact corrects it', () => {
    const task = { due: '2026-01-20', department: 'surgery', owner: 'D1', attempts: 1 }
    const changes: Change[] = [
      { type: 'follow-up.fell-overdue', known: '2026-01-21', after: { ...task, state: 'overdue' } },
      {
        type: 'follow-up.completed',
        known: '2026-02-09',
        before: { ...task, state: 'overdue' },
        after: { ...task, state: 'completed' },
      },
    ]
    const cells = changes.flatMap((change) => contributions(fold, change))
    const january = { from: '2026-01-01', to: '2026-01-31' }
    const completed = (knownOn?: string) =>
      tally(cells, { ...january, knownOn })[0]?.sum('completed')
    expect([completed('2026-01-31'), completed('2026-02-09'), completed()]).toEqual([0, 1, 1])
  })

  it('count what moves to another month or department there, and no longer here', () => {
    const before = { due: '2026-01-31', department: 'surgery', owner: 'D1', state: 'completed' }
    const after = { ...before, due: '2026-02-01', department: 'cardiology' }
    const cells = contributions(fold, {
      type: 'follow-up.rescheduled',
      known: '2026-02-03',
      before,
      after,
    })
    const due = cells.filter(({ measure }) => measure === 'due')
    expect(due.map(({ period, keys, n }) => [period, keys.department, n])).toEqual([
      ['2026-02', 'cardiology', 1],
      ['2026-01', 'surgery', -1],
    ])
  })

  it('are not touched by events of other records, nor by a change that counts the same', () => {
    const picture = { due: '2026-01-31', owner: 'D1', state: 'completed' }
    const known = '2026-02-01'
    expect(contributions(fold, { type: 'follow-ups.x', known, after: picture })).toEqual([])
    expect(
      contributions(fold, {
        type: 'follow-up.rescheduled',
        known,
        before: { ...picture, note: 'a' },
        after: picture,
      }),
    ).toEqual([])
  })

  it('refuse an amount that is no whole number', () => {
    const after = { due: '2026-01-31', attempts: 1.5 }
    expect(() =>
      contributions(fold, { type: 'follow-up.planned', known: '2026-01-01', after }),
    ).toThrow(expect.objectContaining({ code: 'statistic.not-whole' }))
  })

  it('are grouped by dimension, and by day, month, quarter and year', () => {
    const cell = (period: string, department: string, n: number): Cell => ({
      ...{ fold: 'x', measure: 'due', period, keys: { department }, known: '2026-06-01', n },
    })
    const cells = [
      cell('2025-12', 'surgery', 1),
      cell('2026-01-31', 'surgery', 2),
      cell('2026-03', 'cardiology', 4),
      cell('2026-04', 'surgery', 8),
    ]
    const grouped = (by: string) => tally(cells, { by }).map(({ key, sum }) => [key, sum('due')])
    expect(grouped('year')).toEqual([
      ['2025', 1],
      ['2026', 14],
    ])
    expect(grouped('quarter')).toEqual([
      ['2025-Q4', 1],
      ['2026-Q1', 6],
      ['2026-Q2', 8],
    ])
    expect(grouped('month')).toHaveLength(4)
    expect(grouped('department')).toEqual([
      ['cardiology', 4],
      ['surgery', 11],
    ])
    const where = { department: ['surgery'] }
    const [spring] = tally(cells, { from: '2026-01-15', to: '2026-03-31', where })
    expect(spring?.sum('due')).toBe(2)
  })
})

describe('the standard catalogue', () => {
  it('is written as a hospital would write its own', () => {
    for (const one of Object.values(standardFolds)) expect(Fold.parse(one)).toMatchObject(one)
    const change = { type: 'call.recorded', known: '2026-02-30' }
    expect(Change.safeParse(change).success).toBe(false)
  })

  it('counts every measure that an indicator is made of', () => {
    const counted = new Set(
      Object.values(standardFolds).flatMap(({ counts }) => counts.map(({ measure }) => measure)),
    )
    const wanted = Object.values(standardIndicators).flatMap(({ id, kind, ...measures }) =>
      Object.values(measures).filter((name) => typeof name === 'string'),
    )
    expect(wanted.filter((name) => !counted.has(name as never))).toEqual([])
  })
})
