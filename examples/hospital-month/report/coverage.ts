import type { CoverageRow, Say } from '@hospital-crm/core'
import { percent, table } from './table.ts'

type Count = Exclude<keyof CoverageRow, 'department' | 'tier'>

const sumOf = (rows: readonly CoverageRow[], count: Count) =>
  rows.reduce((sum, row) => sum + row[count], 0)

const cells = (rows: readonly CoverageRow[]) => {
  const owed = sumOf(rows, 'owed')
  const share = (count: Count) => percent(sumOf(rows, count), owed)
  return [owed, share('completed'), share('onTime'), share('late')]
}

/** Coverage, on time and late of each tier, a row for each department, the whole hospital last. */
export const coverageReport = (rows: readonly CoverageRow[], say: Say, locale: string) => {
  const word = (code: string) => say(locale, `label.${code}`)
  const tiers = [...new Set(rows.map(({ tier }) => tier))].sort()
  const departments = [...Map.groupBy(rows, ({ department }) => department)]
  const line = (name: string, of: readonly CoverageRow[]) => [
    name,
    ...tiers.flatMap((tier) => cells(of.filter((row) => row.tier === tier))),
    sumOf(of, 'overdue') + sumOf(of, 'missed'),
    sumOf(of, 'coming'),
  ]
  const heads = tiers.flatMap((tier) =>
    ['owed', 'coverage', 'on-time', 'late'].map((code) => `${tier} ${word(code)}`),
  )
  return table(
    'Coverage by department and tier, of what is owed so far',
    [word('department'), ...heads, word('overdue'), word('coming')],
    [...departments.map(([name, of]) => line(name, of)), line('*', rows)],
  )
}
