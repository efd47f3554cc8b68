import {
  type Cell,
  contributions,
  friendsAndFamily,
  merged,
  type Picture,
  standardFolds,
  tally,
} from '@hospital-crm/rules'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { refusalOf, someone, type TestCrm, testCrm } from './hospital.fixture.ts'
import { cellsOf } from './slices/cells/index.ts'
import { portraits } from './views/statistics-portraits.ts'

const at = (day: number, hour = 10) => new Date(Date.UTC(2026, 2, day, hour - 8)).toISOString()
const surveys = { questionnaires: [friendsAndFamily] }
const march = { from: '2026-03-01', to: '2026-03-31', by: 'department' }

const hospital = (setting: Parameters<typeof testCrm>[0] = {}) =>
  testCrm({ at: at(2), pack: { surveys }, ...setting })

const discharge = async ({ crm }: Pick<TestCrm, 'crm'>, number: number, department: string) => {
  const visit = `V${number}`
  const patient = await someone(crm, `${number}`)
  await crm.encounters.discharge(visit, { patient, at: at(2, 9), attending: 'li', department })
  return visit
}
const workAt = async ({ crm, clock }: Pick<TestCrm, 'crm' | 'clock'>, day: number) => {
  clock.set(at(day))
  await crm.work()
}
const folds = Object.values(standardFolds)
const cells = async ({ crm }: Pick<TestCrm, 'crm'>) =>
  (await Promise.all(folds.map(({ id }) => cellsOf(crm.door, { fold: id })))).flat()

/** The same figures from the records alone, without a cell of them having been kept. */
const afresh = async (
  { crm }: Pick<TestCrm, 'crm'>,
  visits: readonly string[],
): Promise<Cell[]> => {
  const keys = new Map<string, { kind: string; id: string }>()
  const log = await crm.door.log({ limit: 10_000 })
  for (const { key } of log) keys.set(`${key.kind}/${key.id}`, key)
  const found: Cell[] = []
  for (const portrait of portraits) {
    for (const { kind, id } of keys.values()) {
      if (kind !== portrait.kind) continue
      const state =
        kind === 'follow-up'
          ? (await crm.followUps.of(id))?.state
          : kind === 'encounter'
            ? (await crm.encounters.get(id))?.state
            : kind === 'survey'
              ? (await crm.surveys.get(id))?.state
              : (await crm.feedback.get(id))?.state
      const pictures = portrait.pictures(state as never, 'Asia/Shanghai')
      for (const after of Object.values<Picture>(pictures)) {
        const change = { type: portrait.as, known: '2026-03-02', before: undefined, after }
        found.push(...portrait.folds.flatMap((fold) => contributions(fold, change)))
      }
    }
  }
  expect(visits.length).toBeGreaterThan(0)
  return [...merged(found)]
}
const sums = (of: readonly Cell[]) =>
  merged(of.map((cell) => ({ ...cell, known: '2026-01-01' })))
    .map(({ fold, measure, period, keys, n }) =>
      JSON.stringify([fold, measure, period, Object.entries(keys).sort(), n]),
    )
    .sort()

describe('the figures of follow-up', () => {
  it('tell coverage, connected and on time by department and month', async () => {
    const made = await hospital()
    const visits = []
    for (const number of [1, 2, 3, 4]) {
      visits.push(await discharge(made, number, number < 4 ? 'cardiology' : 'surgery'))
    }
    made.clock.set(at(4))
    const call = { role: 'attending', at: at(4, 9), by: 'li' }
    await made.crm.followUps.recordContact({ visit: 'V1', ...call, result: 'completed' })
    await made.crm.followUps.recordContact({ visit: 'V2', ...call, result: 'no-answer' })
    await workAt(made, 12)
    const late = { visit: 'V2', role: 'attending', by: 'li', at: at(12, 9) }
    await made.crm.followUps.recordContact({ ...late, result: 'completed' })
    await workAt(made, 13)
    const where = { tier: '1' }
    const rows = async (name: 'coverage' | 'connect' | 'onTime' | 'completion') =>
      (await made.crm.views.report(name, { ...march, where })).data.rows.map(
        ([department, value, , , over, under]) => [department, value, over, under],
      )
    expect(await rows('coverage')).toEqual([
      ['cardiology', 200 / 3, 2, 3],
      ['surgery', 0, 0, 1],
    ])
    expect(await rows('connect')).toEqual([
      ['cardiology', 100, 2, 2],
      ['surgery', null, 0, 0],
    ])
    expect(await rows('completion')).toEqual([
      ['cardiology', 200 / 3, 2, 3],
      ['surgery', 0, 0, 1],
    ])
    expect(await rows('onTime')).toEqual([
      ['cardiology', 100 / 3, 1, 3],
      ['surgery', 0, 0, 1],
    ])
    expect(sums(await cells(made))).toEqual(sums(await afresh(made, visits)))
  })

  it('keep what was known: a closed month is the same later, and a late fact corrects it', async () => {
    const made = await hospital()
    await discharge(made, 1, 'cardiology')
    await workAt(made, 12)
    const late = { visit: 'V1', role: 'attending', tier: 1, by: 'li', at: at(8, 9) }
    made.clock.set(at(20))
    await made.crm.followUps.recordContact({ ...late, result: 'completed' })
    await workAt(made, 20)
    const onTime = async (knownOn?: string) => {
      const query = { ...march, where: { tier: '1' }, ...(knownOn && { knownOn }) }
      return (await made.crm.views.report('onTime', query)).data.rows[0]?.slice(4)
    }
    expect(await onTime('2026-03-12')).toEqual([0, 1])
    expect(await onTime('2026-03-19')).toEqual([0, 1])
    expect(await onTime()).toEqual([1, 1])
  })
})

describe('the figures of what patients say', () => {
  const answer = async (made: TestCrm, visit: string, overall: string) => {
    const { id } = await made.crm.surveys.ask({ visit, questionnaire: 'friends-and-family' })
    await made.crm.surveys.submit({ survey: id, answers: { overall }, mode: 'phone', by: 'sun' })
    return id
  }

  it('are shown with their interval from the threshold on, and never one small group alone', async () => {
    const made = await hospital({ pack: { surveys: { ...surveys, threshold: 3 } } })
    const departments = { cardiology: 4, surgery: 3, urology: 5, eyes: 2 }
    let number = 0
    for (const [department, count] of Object.entries(departments)) {
      for (let at = 0; at < count; at += 1) {
        number += 1
        const visit = await discharge(made, number, department)
        await answer(made, visit, at === 0 ? 'poor' : 'very-good')
      }
    }
    await made.crm.work()
    const { data, csv, chart } = await made.crm.views.report('satisfaction', march)
    expect(data.rows.map(([name, , , , over, under]) => [name, over, under])).toEqual([
      ['cardiology', 3, 4],
      ['eyes', null, null],
      ['surgery', null, null],
      ['urology', 4, 5],
    ])
    expect(data.rows[0]?.[1]).toBe(75)
    expect(Number(data.rows[0]?.[2])).toBeCloseTo(30.06, 2)
    expect(chart.series[0]?.data).toEqual([75, null, null, 80])
    expect(csv).not.toContain('"eyes",50')
    const published = await made.crm.views.reportForPublication('satisfaction', march)
    expect(published.data.rows).toHaveLength(5)
    const rate = made.crm.views.reportForPublication('complaints', march)
    expect(await refusalOf(rate)).toBe('report.not-a-share')
  })

  it('hide no groups that are few together, which the total would give away', async () => {
    const made = await hospital({ pack: { surveys: { ...surveys, threshold: 3 } } })
    const departments = Object.entries({ cardiology: 1, eyes: 1, surgery: 4, urology: 3 })
    for (const [place, [department, count]] of departments.entries()) {
      for (let nth = 0; nth < count; nth += 1) {
        await answer(made, await discharge(made, 10 * place + nth, department), 'poor')
      }
    }
    await made.crm.work()
    const { data } = await made.crm.views.report('satisfaction', march)
    expect(data.rows.map(([name, value]) => [name, value])).toEqual([
      ['cardiology', null],
      ['eyes', null],
      ['surgery', 0],
      ['urology', null],
    ])
  })

  it('count an amended answer as it stands now, and complaints for a thousand discharges', async () => {
    const made = await hospital({ pack: { surveys: { ...surveys, threshold: 1 } } })
    for (const number of [1, 2, 3, 4]) await discharge(made, number, 'cardiology')
    const id = await answer(made, 'V1', 'poor')
    await made.crm.work()
    const change = { survey: id, answers: { overall: 'good' }, by: 'sun', why: 'misheard' }
    await made.crm.surveys.amend({ ...change, mode: 'phone' })
    const complaint = { class: 'x', owner: 'wang', department: 'cardiology', words: 'words' }
    const said = { ...complaint, kind: 'complaint', channel: 'phone' } as const
    const { id: first } = await made.crm.feedback.receive(said)
    const { id: second } = await made.crm.feedback.receive(said)
    await made.crm.feedback.receive({ ...said, kind: 'thanks' })
    await made.crm.work()
    const complaints = async () =>
      (await made.crm.views.report('complaints', march)).data.rows.map((row) => [row[1], row[4]])
    expect(await complaints()).toEqual([[500, 2]])
    await made.crm.feedback.join(second, { into: first, by: 'wang' })
    await made.crm.work()
    expect(await complaints()).toEqual([[250, 1]])
    const board = await made.crm.views.dashboard('2026-03')
    expect(board.satisfaction.data.rows.map((row) => row.slice(4))).toEqual([[1, 1]])
    expect(board.complaints.csv.split('\r\n')).toHaveLength(3)
    expect(board.coverage.chart.series.length).toBeGreaterThan(0)
    expect(await refusalOf(made.crm.views.dashboard('March'))).toBe('day.malformed')
    const by = { ...march, by: 'weather' }
    expect(await refusalOf(made.crm.views.report('complaints', by))).toBe(
      'report.unknown-dimension',
    )
    const unknown = made.crm.views.report('happiness' as never, march)
    expect(await refusalOf(unknown)).toBe('report.unknown')
  })
})

describe('adding up', () => {
  it('comes to the same as counting afresh, whatever happens in whatever order', async () => {
    const step = fc.record({
      day: fc.integer({ min: 1, max: 4 }),
      visit: fc.integer({ min: 1, max: 4 }),
      what: fc.constantFrom('contact', 'cancel', 'complain', 'survey', 'roll-up', 'transfer'),
    })
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 4, maxLength: 14 }), async (steps) => {
        const made = await hospital()
        const visits = []
        for (const number of [1, 2, 3, 4])
          visits.push(await discharge(made, number, `d${number % 2}`))
        let day = 2
        for (const { day: days, visit: nth, what } of steps) {
          day += days
          made.clock.set(at(day))
          const visit = `V${nth}`
          const state = (await made.crm.encounters.get(visit))?.state
          const patient = state && 'patient' in state ? state.patient : ''
          if (what === 'contact') {
            const call = { visit, role: 'attending', at: at(day - 1, 9), by: 'li' } as const
            await made.crm.followUps.recordContact({ ...call, result: 'completed' })
          }
          if (what === 'cancel') {
            await made.crm.encounters.cancelDischarge(visit, { patient, at: at(2, 9) })
          }
          if (what === 'transfer') {
            await made.crm.encounters.update(visit, { patient, department: `e${day}` })
          }
          if (what === 'complain') {
            const said = { kind: 'complaint', class: 'x', channel: 'desk', words: 'w' } as const
            await made.crm.feedback.receive({ ...said, owner: 'wang', department: `d${nth}` })
          }
          if (what === 'survey') {
            await made.crm.surveys.ask({ visit, questionnaire: 'friends-and-family' })
          }
          if (what === 'roll-up') await made.crm.work()
        }
        await made.crm.work()
        expect(sums(await cells(made))).toEqual(sums(await afresh(made, visits)))
      }),
      { numRuns: 12 },
    )
  }, 20_000)

  it('counts once when a worker dies between commits, and when several work at once', async () => {
    const made = await hospital()
    for (const number of [1, 2, 3]) await discharge(made, number, 'cardiology')
    const { commit } = made.store
    let left = 0
    const store = {
      ...made.store,
      commit: (...units: Parameters<typeof commit>) => {
        left -= 1
        return left < 0 ? Promise.reject(new Error('killed')) : commit(...units)
      },
    }
    for (const commits of [0, 1, 2]) {
      left = commits
      const dying = await testCrm({ ...made, store, open: false })
      await dying.crm.rollUp().catch(() => undefined)
      made.clock.set(at(2, 11 + commits))
    }
    await Promise.all([made.crm.rollUp(), made.crm.rollUp(), made.crm.rollUp()])
    await made.crm.rollUp()
    const [group] = tally(await cells(made))
    expect(group?.sum('encounter.discharged')).toBe(3)
  })
})
