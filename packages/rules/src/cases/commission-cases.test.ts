import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { runCaseFile } from './run-case-file.ts'

type Json = Record<string, unknown>

const text = readFileSync(new URL('../commission/cases/changes.json', import.meta.url), 'utf8')
const [plan = ''] = Object.keys(JSON.parse(text).plans)

const file = (...cases: Json[]) => ({ ...JSON.parse(text), cases })
const refused = (content: unknown, path: string, reason: unknown = expect.any(String)) =>
  expect(() => runCaseFile(content)).toThrow(
    expect.objectContaining({ code: 'cases.malformed', details: { issues: [{ path, reason }] } }),
  )

const rated = { id: 'x', plan, rate: '10.00', expect: { total: '0.50' } }
const shared = {
  id: 'x',
  allocate: { amount: '1.00', weights: ['1'] },
  expect: { shares: ['1.00'] },
}

describe('a file of commission cases', () => {
  it('passes what is right and shows where it differs', () => {
    expect(runCaseFile(file(rated, shared))).toEqual([
      { id: 'x', differences: [] },
      { id: 'x', differences: [] },
    ])
    expect(runCaseFile(file({ ...rated, expect: { total: '0.51', commission: '0.50' } }))).toEqual([
      { id: 'x', differences: [{ where: 'rate total', expected: '0.51', actual: '0.50' }] },
    ])
  })

  it('takes one rate for another that is written otherwise, and for no other', () => {
    const line = { tier: 1, base: '10.00', rate: '0.05', amount: '0.50' }
    const lines = (rate: string) =>
      runCaseFile(file({ ...rated, expect: { total: '0.50', lines: [{ ...line, rate }] } }))
    expect(lines('0.05')[0]?.differences).toEqual([])
    expect(lines('6%')[0]?.differences).toHaveLength(1)
  })

  it('fails a case to which there is no answer', () => {
    const huge = { ...rated, rate: '90071992547409.91', expect: { total: '0.00' } }
    const content = file(huge)
    content.plans[plan].tiers = [{ rate: '700' }]
    expect(runCaseFile(content)).toEqual([
      {
        id: 'x',
        differences: [{ where: 'case', expected: 'an answer', actual: 'money.unsafe' }],
      },
    ])
  })

  it.each<[string, Json, string, string?]>([
    ['an unknown key', { ...rated, skip: true }, 'cases.0.skip', 'unknown key'],
    ['a plan it does not hold', { ...rated, plan: 'x@1' }, 'cases.0.plan', 'plan.unknown'],
    ['a figure as a number', { ...rated, rate: 10 }, 'cases.0.rate'],
    ['a figure without its decimals', { ...rated, rate: '10' }, 'cases.0.rate', 'money.malformed'],
    [
      'an expected figure with too many',
      { ...rated, expect: { total: '0.500' } },
      'cases.0.expect.total',
      'money.malformed',
    ],
    ['nothing expected', { ...rated, expect: {} }, 'cases.0.expect.total'],
    [
      'a misspelt expectation',
      { ...rated, expect: { total: '0.50', comission: '0.50' } },
      'cases.0.expect.comission',
      'unknown key',
    ],
    [
      'an expected line with a bad figure',
      {
        ...rated,
        expect: { total: '0.50', lines: [{ tier: 1, base: '1', rate: '5%', amount: '0.50' }] },
      },
      'cases.0.expect.lines.0.base',
      'money.malformed',
    ],
    [
      'a bill without decimals',
      { id: 'x', plan, series: ['1.00', '2'], expect: { shares: [] } },
      'cases.0.series.1',
    ],
    [
      'half a change',
      { id: 'x', plan, change: { settled: '1.00' }, expect: { total: '0.00' } },
      'cases.0.change.now',
    ],
    ['two questions in one', { ...rated, series: ['1.00'] }, 'cases.0.series', 'unknown key'],
    [
      'weights of nothing',
      { ...shared, allocate: { amount: '1.00', weights: ['0', '0'] } },
      'cases.0.allocate.weights',
      'allocation.no-weight',
    ],
    [
      'an amount of another currency',
      {
        ...shared,
        allocate: { amount: '1.00', weights: ['1'], currency: 'JPY' },
        expect: { shares: [] },
      },
      'cases.0.allocate.amount',
      'money.malformed',
    ],
  ])('is refused with %s', (_, one, path, reason) => {
    refused(file(one), path, reason ?? expect.any(String))
  })

  it('is refused with a plan that contradicts itself, or under another name', () => {
    const bad = file(rated)
    bad.plans[plan].tiers.reverse()
    expect(() => runCaseFile(bad)).toThrow(expect.objectContaining({ code: 'cases.malformed' }))
    const renamed = file()
    renamed.plans = { 'other@1': renamed.plans[plan] }
    refused(renamed, 'plans.other@1', 'plan.named-otherwise')
  })
})
