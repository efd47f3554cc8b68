import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { runCaseFile } from './run-case-file.ts'

type Json = Record<string, unknown>

const text = readFileSync(new URL('../follow-up/scenarios/windows.json', import.meta.url), 'utf8')

/** A file of the library's own, with one thing about it changed. */
const changed = (change: (file: Json, one: Json) => void) => {
  const file = JSON.parse(text)
  change(file, file.scenarios[0].cases[0])
  return () => runCaseFile(file)
}

const refusal = (path: string, reason: unknown = expect.any(String)) =>
  expect.objectContaining({ code: 'cases.malformed', details: { issues: [{ path, reason }] } })

const place = 'scenarios.0.cases.0'

describe('a case file', () => {
  it.each<[string, (file: Json, one: Json) => void, string, string?]>([
    ['of no known format', (file) => (file.format = 'x/1'), 'format'],
    ['with an unknown key', (file) => (file.author = 'me'), 'author', 'unknown key'],
    [
      'with an unknown key in a case',
      (_, one) => (one.skip = true),
      `${place}.skip`,
      'unknown key',
    ],
    ['with an unknown zone', (_, one) => (one.zone = 'Mars/X'), `${place}.zone`, 'zone.unknown'],
    [
      'with a plan it does not hold',
      (_, one) => (one.plan = 'x@1'),
      `${place}.plan`,
      'plan.unknown',
    ],
    ['with a calendar it does not hold', (_, one) => (one.calendar = 'x'), `${place}.calendar`],
    ['without expectations', (_, one) => delete one.expect, `${place}.expect`],
    [
      'with an unknown kind of fact',
      (_, one) => (one.given = [{ type: 'transfer', at: '2026-03-02T10:00:00Z' }]),
      `${place}.given.0.type`,
    ],
    [
      'with a fact that has a key too many',
      (_, one) => Object.assign((one.given as Json[])[0] ?? {}, { ward: '7' }),
      `${place}.given.0.ward`,
      'unknown key',
    ],
    [
      'with an instant that has no offset',
      (_, one) => Object.assign((one.given as Json[])[0] ?? {}, { at: '2026-03-02T10:00:00' }),
      `${place}.given.0.at`,
    ],
    [
      'with a misspelt expectation',
      (_, one) => Object.assign((one.expect as Json[])[0] ?? {}, { activecount: 0 }),
      `${place}.expect.0.activecount`,
      'unknown key',
    ],
    [
      'with a figure misspelt',
      (_, one) => Object.assign((one.expect as Json[])[0] ?? {}, { kpi: [{ tier: 1, ontime: 0 }] }),
      `${place}.expect.0.kpi.0.ontime`,
      'unknown key',
    ],
    [
      'with an offset of two units',
      (file) => {
        const plans = file.plans as Record<string, { tiers: { due: Json }[] }>
        Object.assign(plans['three-tier@1']?.tiers[0] ?? {}, { due: { days: 7, weeks: 1 } })
      },
      'plans.three-tier@1.tiers.0.due.weeks',
      'unknown key',
    ],
    [
      'with a plan under another name',
      (file) => {
        const plans = file.plans as Record<string, Json>
        plans['three-tier@9'] = { ...plans['three-tier@1'] }
      },
      'plans.three-tier@9',
      'plan.named-otherwise',
    ],
    [
      'with a plan whose horizon ends before a due date',
      (file) => {
        const plans = file.plans as Record<string, Json>
        Object.assign(plans['three-tier@1'] ?? {}, { horizonDays: 30 })
      },
      'plans.three-tier@1.tiers.2.due',
      'plan.horizon-ends-before-due',
    ],
  ])('is refused %s, by path', (_, change, path, reason) => {
    expect(changed(change)).toThrow(refusal(path, reason))
  })

  it.each([null, 7, 'text', [], {}])('is refused when it is %j', (file) => {
    expect(() => runCaseFile(file)).toThrow(refusal('format'))
  })

  it('tells what differed, key by key', () => {
    const run = changed((_, one) => {
      one.expect = [
        {
          asOf: '2026-03-03T00:00:00+08:00',
          tasks: [{ visit: 'V1', tier: 1, state: 'overdue', due: '2026-03-09' }],
          activeCount: 9,
        },
        { asOf: '2026-03-03T00:00:00+08:00', tasks: [{ visit: 'V9', tier: 1 }] },
      ]
    })
    expect(run()[0]?.differences).toEqual([
      {
        where: 'asOf 2026-03-03T00:00:00+08:00 visit V1 tier 1 state',
        expected: 'overdue',
        actual: 'open',
      },
      { where: 'asOf 2026-03-03T00:00:00+08:00 activeCount', expected: 9, actual: 3 },
      {
        where: 'asOf 2026-03-03T00:00:00+08:00 visit V9 tier 1',
        expected: 'a task',
        actual: null,
      },
    ])
  })

  it('fails a case that checks nothing', () => {
    expect(changed((_, one) => (one.expect = []))()[0]?.differences).toHaveLength(1)
  })

  it('fails a simulation that leaves a transition out, or adds one', () => {
    const run = changed((_, one) => {
      one.expect = []
      one.simulate = {
        from: '2026-03-02T00:00:00+08:00',
        to: '2026-03-03T00:00:00+08:00',
        sideEffects: 0,
        transitions: [
          ['2026-03-02T23:59:00+08:00', 1, 'open'],
          ['2026-03-02T23:59:00+08:00', 2, 'pending'],
          ['2026-03-02T23:59:00+08:00', 3, 'pending'],
          ['2026-03-02T23:59:30+08:00', 3, 'open'],
        ],
      }
    })
    expect(run()[0]?.differences).toEqual([
      {
        where: 'simulate transition 4',
        expected: '2026-03-02T15:59:30.000Z 3 open',
        actual: null,
      },
    ])
  })
})
