import { describe, expect, it } from 'vitest'
import { engine, main, tiers } from './own-rules.ts'

const discharge = {
  bornOn: '1950-06-01',
  dischargedOn: '2026-03-02',
  household: { persons: 1 },
  ward: { code: 'medicine' },
} as const

// #region fixtures
describe.each(tiers)('follow-up tiers, version $version', (tier) => {
  for (const { name, run } of engine.cases(tier)) it(name, run)
})
// #endregion fixtures

// #region csv
const csv = `name,age,livesAlone,ward,expect,rule
after surgery,50,,surgery,"{""tier"":""standard"",""contactOnDays"":[3,14,30]}",operated
frail and alone,80,true,surgery,"{""tier"":""intensive"",""contactOnDays"":[2,7,14,30]}",frail-alone
`

it('decides the rows of the spreadsheet', () => {
  const [tier] = tiers
  const results = tier ? engine.runFixtures(tier, csv) : []
  expect(results.map(({ why }) => why)).toEqual(['', ''])
})
// #endregion csv

it("decides a host's own discharge by the rules of its day, and says why", () => {
  expect(main(discharge)).toMatchObject({
    outcome: { tier: 'intensive' },
    ruleId: 'frail-alone',
    reasons: ['frail-alone'],
  })
  expect(main({ ...discharge, dischargedOn: '2025-03-02' })).toBeNull()
})
