import { expect, it } from 'vitest'
import { settleMonth } from './settle-month.ts'

it('two months of marketing are settled: a refund after payment costs 1,290 yuan, the clinic gets nothing', async () => {
  const said: string[] = []
  await settleMonth((text) => void said.push(text))
  const all = said.join('\n')
  expect(all).toContain('"2026-02/payroll/1","2026-02","R1","4700.00","CNY"')
  expect(all).toMatch(/49000\.00 +│ due +│ -1290\.00/)
  expect(all).toContain('"2026-03/payroll/1","2026-03","R1","160.00","CNY"')
  expect(all).toContain('DENY: institution-elsewhere-per-patient')
  const [drafted = '', settled = ''] = all.split('Released: own-marketer-commission')
  expect(drafted).toMatch(/R1 +│ +0\.00 │ +0\.00 │ +0\.00 │ +0\.00 │ 4700\.00 │/)
  expect(settled).toContain('by director (director) and counsel (legal)')
  expect(settled).toMatch(/R1 +│ 4700\.00 │ +0\.00 │ +4700\.00 │ +0\.00 │ +0\.00 │/)
  expect(settled).toMatch(/10000\.00 +│ 8% +│ 800\.00/)
})
