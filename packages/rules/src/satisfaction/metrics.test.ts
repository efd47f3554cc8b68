import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, expectTypeOf, it } from 'vitest'
import * as z from 'zod'
import { MetricCases } from '../cases/metric-cases.ts'
import { runCaseFile } from '../cases/run-case-file.ts'
import { measure, metricNames } from './metrics.ts'

const folder = join(import.meta.dirname, 'cases')
const outside = join(import.meta.dirname, '../../../../../shared/samples/metrics.json')
const own = readdirSync(folder).map((name) => join(folder, name))
const results = [...own, ...(existsSync(outside) ? [outside] : [])].map((file) => {
  const text: unknown = JSON.parse(readFileSync(file, 'utf8'))
  return { name: file.split('/').at(-1), file: MetricCases.parse(text), cases: runCaseFile(text) }
})

describe.each(results)('the cases of $name', ({ cases }) => {
  it.each(cases)('$id', ({ differences }) => {
    expect(differences).toEqual([])
  })

  it('have an id each', () => {
    const ids = cases.map(({ id }) => id)
    expect(ids).toEqual([...new Set(ids)])
  })
})

describe('the cases together', () => {
  const kept = results.slice(0, own.length).flatMap(({ file }) => file.cases)

  it('are more than a hundred of our own, each with its source', () => {
    expect(kept.length).toBeGreaterThan(100)
    expect(kept.filter(({ note = '' }) => note === '')).toEqual([])
  })

  it.runIf(existsSync(outside))('leave no metric out', () => {
    const checked = new Set(results.flatMap(({ file }) => file.cases.map(({ metric }) => metric)))
    const unchecked = metricNames.filter((name) => !checked.has(name))
    expect(unchecked.filter((name) => !name.endsWith('.weighted'))).toEqual([])
  })

  it('can be described to other languages as a JSON Schema', () => {
    const { properties } = z.toJSONSchema(MetricCases, { io: 'input' })
    expect(Object.keys(properties ?? {})).toEqual(['format', 'cases'])
  })
})

const fileOf = (one: Record<string, unknown>) => ({
  format: 'metric-cases/1',
  cases: [
    {
      id: 'one',
      metric: 'proportion.ci.wilson',
      input: { x: 8, n: 10 },
      expect: [0.4902, 0.9433],
      tolerance: 0.0001,
      ...one,
    },
  ],
})

describe('a metric case', () => {
  it.each([
    [{ metric: 'nps.magic' }, 'cases.0.metric'],
    [{ input: { x: 8, n: 10, y: 1 } }, 'cases.0.input.y'],
    [{ input: { x: 11, n: 10 } }, 'cases.0.input.x'],
    [{ input: { x: 8 } }, 'cases.0.input.n'],
    [{ input: { x: 8, n: 10, confidence: 95 } }, 'cases.0.input.confidence'],
    [{ skip: true }, 'cases.0.skip'],
    [{ tolerance: -1 }, 'cases.0.tolerance'],
  ])('is refused with %j, by path', (change, path) => {
    expect(() => runCaseFile(fileOf(change))).toThrow(
      expect.objectContaining({
        code: 'cases.malformed',
        details: { issues: [{ path, reason: expect.any(String) }] },
      }),
    )
  })

  it('passes within its tolerance and fails outside it', () => {
    const [answer] = runCaseFile(fileOf({}))
    expect(answer?.differences).toEqual([])
    expect(runCaseFile(fileOf({ tolerance: 1e-9 }))[0]?.differences).toEqual([
      { where: 'answer 0', expected: 0.4902, actual: expect.closeTo(0.49016, 5) },
      { where: 'answer 1', expected: 0.9433, actual: expect.closeTo(0.94332, 5) },
    ])
  })

  it.each([null, 0, '0.49', [0.4902], [0.4902, null], {}, { low: 0.4902 }])(
    'fails when another kind of answer is expected: %j',
    (wanted) => {
      expect(runCaseFile(fileOf({ expect: wanted }))[0]?.differences).not.toEqual([])
    },
  )

  it('fails where an undefined figure is expected to be 0', () => {
    const undefinedFigure = { input: { x: 0, n: 0 }, expect: 0 }
    expect(runCaseFile(fileOf(undefinedFigure))[0]?.differences).toEqual([
      { where: 'answer', expected: 0, actual: null },
    ])
  })
})

describe('a metric asked for by name', () => {
  it('answers, or refuses by code and path and never by value', () => {
    const score = measure('nps.score', { promoters: 3, passives: 1, detractors: 1 })
    expectTypeOf(score).toEqualTypeOf<number | null>()
    expect(score).toBe(40)
    expect(() => measure('nps.magic' as 'nps.score', {} as never)).toThrow(
      expect.objectContaining({ code: 'metric.unknown' }),
    )
    expect(() => measure('csat.topBoxPercent', { positive: 7, total: 4 })).toThrow(
      expect.objectContaining({
        code: 'metric.malformed',
        details: { metric: 'csat.topBoxPercent', paths: ['positive'] },
      }),
    )
  })
})
