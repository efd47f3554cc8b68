import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { referralStages, standardIndicators } from './catalogue.ts'
import type { Cell } from './cell.ts'
import { csvOf } from './csv.ts'
import { funnelReport } from './funnel-report.ts'
import { indicatorReport, publishedReport } from './indicator-report.ts'
import { smartServiceReport } from './smart-service-report.ts'
import { targetReport } from './target-report.ts'

const cell = (measure: string, n: number, more: Partial<Cell> = {}): Cell => ({
  ...{ fold: 'x', measure, period: '2026-03', keys: {}, known: '2026-04-02', n },
  ...more,
})

const inWard = (department: string, counts: Readonly<Record<string, number>>, period = '2026-03') =>
  Object.entries(counts).map(([measure, n]) => cell(measure, n, { period, keys: { department } }))

const { coverage, complaints, satisfactionScore, recommendation, patients, calls } =
  standardIndicators

describe('a report', () => {
  it('shows a share by department with its interval and both numbers, and draws bars', () => {
    const cells = [
      ...inWard('surgery', { 'follow-up.due': 100, 'follow-up.attempted': 65 }),
      ...inWard('cardiology', { 'follow-up.due': 0 }),
    ]
    const { data, chart } = indicatorReport(cells, {
      indicators: [coverage],
      by: 'department',
      labels: { surgery: '外科', coverage: '随访覆盖率' },
    })
    expect(data.columns).toEqual([
      'department',
      '随访覆盖率',
      ...['coverage.low', 'coverage.high', 'coverage.over', 'coverage.under'],
    ])
    expect(data.rows).toEqual([
      ['cardiology', null, null, null, 0, 0],
      ['外科', 65, expect.closeTo(55.254443, 6), expect.closeTo(73.635752, 6), 65, 100],
    ])
    expect(chart).toMatchObject({
      xAxis: { type: 'category', data: ['cardiology', '外科'] },
      series: [{ type: 'bar', name: '随访覆盖率', data: [null, 65] }],
    })
  })

  it('draws a single indicator over time as a line between its bounds', () => {
    const cells = [
      ...inWard('surgery', { 'complaint.received': 10, 'encounter.discharged': 10_000 }),
      ...inWard('surgery', { 'complaint.received': 0, 'encounter.discharged': 800 }, '2026-04'),
    ]
    const { data, chart } = indicatorReport(cells, { indicators: [complaints], by: 'month' })
    expect(data.rows[0]?.slice(0, 2)).toEqual(['2026-03', 1])
    expect(data.rows[1]?.slice(0, 3)).toEqual(['2026-04', 0, 0])
    expect(chart.series.map(({ type, name }) => [type, name])).toEqual([
      ['line', 'complaints'],
      ['line', 'complaints.low'],
      ['line', 'complaints.high'],
    ])
  })

  it('knows means and net promoters from sums alone', () => {
    const scores = [1.2, 2.4, 1.3, 1.3, 0, 1, 1.8, 0.8, 4.6, 1.4].map((score) => score * 10)
    const cells = inWard('surgery', {
      'survey.rated': scores.length,
      'survey.score': Math.round(scores.reduce((all, score) => all + score, 0)),
      'survey.score-squared': Math.round(scores.reduce((all, score) => all + score ** 2, 0)),
      ...{ 'survey.promoters': 30, 'survey.passives': 45, 'survey.detractors': 25 },
    })
    const { data } = indicatorReport(cells, { indicators: [satisfactionScore, recommendation] })
    const [, mean, low, high, , , nps] = data.rows[0] ?? []
    expect([mean, low, high, nps]).toEqual([
      expect.closeTo(15.8, 9),
      expect.closeTo(7.001142, 6),
      expect.closeTo(24.598858, 6),
      5,
    ])
  })

  it('leaves undefined what facts still on their way make impossible', () => {
    const cells = inWard('surgery', {
      ...{ 'follow-up.due': 2, 'follow-up.attempted': 3, 'complaint.received': -1 },
      ...{ 'encounter.discharged': 10, 'survey.promoters': 5, 'survey.passives': -2 },
    })
    const { data } = indicatorReport(cells, { indicators: [coverage, complaints, recommendation] })
    expect(data.rows[0]).toEqual([
      ...['', 150, null, null, 3, 2],
      ...[null, null, null, -1, 10],
      ...[null, null, null, 5, 3],
    ])
  })

  it('shows who has how much work, and what tiers of value there are', () => {
    const cells = ['A1', 'A2'].map((agent, at) => cell('call.made', 40 + at, { keys: { agent } }))
    expect(indicatorReport(cells, { indicators: [calls], by: 'agent' }).data.rows).toEqual([
      ['A1', 40],
      ['A2', 41],
    ])
    const tiers = ['gold', 'silver'].map((value) => cell('patient.valued', 7, { keys: { value } }))
    const { chart } = indicatorReport(tiers, { indicators: [patients], by: 'value', drawn: 'pie' })
    expect(chart.series).toEqual([
      {
        type: 'pie',
        name: 'patients',
        data: [
          { name: 'gold', value: 7 },
          { name: 'silver', value: 7 },
        ],
      },
    ])
  })

  it('for publication hides small counts and whatever would give them away', () => {
    const cells = [
      ...inWard('cardiology', { 'follow-up.due': 100, 'follow-up.attempted': 95 }),
      ...inWard('surgery', { 'follow-up.due': 100, 'follow-up.attempted': 60 }),
    ]
    const { data, chart } = publishedReport(cells, { indicator: coverage, by: 'department' })
    expect(data.rows).toEqual([
      ['cardiology', null, null, 100],
      ['surgery', null, null, 100],
      ['all', 77.5, 155, 200],
    ])
    expect(chart.series[0]?.data).toEqual([null, null])
  })

  it('shows a funnel by stages, of the first and of the one before', () => {
    const counts = [200, 100, 80, 0]
    const cells = referralStages.map((stage, at) => cell(stage, counts[at] ?? 0))
    const { data, chart } = funnelReport(cells, { id: 'referrals', stages: referralStages })
    expect(data.rows).toEqual([
      ['referral.registered', 200, 100, 100],
      ['referral.arrived', 100, 50, 50],
      ['referral.credited', 80, 40, 80],
      ['referral.settled', 0, 0, 0],
    ])
    expect(chart.series[0]).toMatchObject({ type: 'funnel', sort: 'none' })
    expect(funnelReport([], { id: 'referrals', stages: referralStages }).data.rows[0]).toEqual([
      ...['referral.registered', 0, null, null],
    ])
  })

  it('measures what was reached against yearly targets, as it was known on a day', () => {
    const cells = [
      cell('partner.signed', 90, { keys: { kind: 'clinic' } }),
      cell('partner.signed', 30, { keys: { kind: 'clinic' }, known: '2026-05-01' }),
      cell('partner.signed', 5, { keys: { kind: 'salon' } }),
    ]
    const target = (kind: string, aim: number) => ({
      ...{ id: kind, measure: 'partner.signed', where: { kind }, target: aim },
      ...{ from: '2026-01-01', to: '2026-12-31' },
    })
    const targets = [target('clinic', 150), target('salon', 0)]
    const { data } = targetReport(cells, { targets, knownOn: '2026-04-30' })
    expect(data.rows).toEqual([
      ['clinic', 90, 150, 60],
      ['salon', 5, 0, null],
    ])
  })

  it('gives evidence of electronic use, item by item', () => {
    const cells = [
      cell('survey.electronic', 79),
      cell('survey.answered', 100),
      cell('follow-up.electronic', 80),
      cell('follow-up.completed', 100),
    ]
    const { data } = smartServiceReport(cells, { levels: { 7: 4, 8: 2 } })
    expect(data.rows).toEqual([
      [3, '转诊服务', 0, 0, null, 'no', 'no', null, null],
      [7, '患者反馈', 79, 100, 79, 'no', 'yes', 4, 3.16],
      [8, '患者管理', 80, 100, 80, 'yes', 'yes', 2, 1.6],
      [10, '家庭服务', 0, 0, null, 'no', 'no', null, null],
    ])
  })

  it('is plain data: its chart survives being sent', () => {
    const reports = [
      indicatorReport(inWard('surgery', { 'call.made': 3 }), { indicators: [calls], by: 'month' }),
      funnelReport([], { id: 'referrals', stages: referralStages }),
      smartServiceReport([]),
    ]
    for (const { chart, data } of reports) {
      expect(JSON.parse(JSON.stringify(chart))).toEqual(chart)
      for (const row of data.rows) expect(row).toHaveLength(data.columns.length)
    }
  })
})

/** Reads CSV by the letter of RFC 4180. */
const parsed = (text: string): string[][] => {
  const rows: string[][] = []
  const pattern = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n)/gy
  let row: string[] = []
  for (const [, quoted, bare, end] of text.matchAll(pattern)) {
    row.push(quoted === undefined ? (bare ?? '') : quoted.replaceAll('""', '"'))
    if (end === ',') continue
    rows.push(row)
    row = []
  }
  return rows
}

describe('a report for spreadsheets', () => {
  it.each(['=1+1', '+86', '-2', '@SUM(A1)', '\t=1', '\r=1', '\n=1', ' =1', '＝1', '\ufeff=1'])(
    'takes the power from %j',
    (text) => {
      expect(parsed(csvOf({ columns: ['a'], rows: [[text]] }))).toEqual([['a'], [`'${text}`]])
    },
  )

  it('keeps numbers as numbers, and nothing as nothing', () => {
    expect(csvOf({ columns: ['a', 'b'], rows: [[-5, null]] })).toBe('"a","b"\r\n-5,\r\n')
  })

  it('loses no text, whatever is in it, and lets none begin a formula', () => {
    const texts = fc.string({ unit: fc.constantFrom(...'=+-@,;"\'\r\n\t a1患') })
    fc.assert(
      fc.property(fc.array(texts, { minLength: 1, maxLength: 4 }), (fields) => {
        const [, row = []] = parsed(csvOf({ columns: fields.map(() => 'x'), rows: [fields] }))
        row.forEach((field, at) => {
          expect(field === fields[at] || field === `'${fields[at]}`).toBe(true)
          expect(field).not.toMatch(/^\s*[=+\-@]|^[\t\r\n]/)
        })
        expect(row).toHaveLength(fields.length)
      }),
    )
  })
})
