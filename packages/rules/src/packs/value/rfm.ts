import type { TableSet } from '../../table/rule-set.ts'

type Row = TableSet<number>['rows'][number]
type Bound = readonly [score: number, ...cell: Row['when']]

const head = { version: '1', validFrom: '2026-01-01' }

const scored = (id: string, title: string, input: string, bounds: readonly Bound[]): TableSet => ({
  kind: 'table',
  id,
  ...head,
  title,
  hit: 'first',
  inputs: [input],
  rows: bounds.map(([outcome, ...when]) => ({ id: `${outcome}`, when, outcome })),
})

/** How lately somebody came: 5 within a month, 1 after more than two years. */
export const recency = scored('recency', '最近就诊', 'daysSinceLast', [
  [5, { op: 'le', value: 30 }],
  [4, { op: 'le', value: 90 }],
  [3, { op: 'le', value: 365 }],
  [2, { op: 'le', value: 730 }],
  [1, null],
])

/** How often within two years: 5 from ten times on. */
export const frequency = scored('frequency', '就诊频次', 'visits', [
  [5, { op: 'ge', value: 10 }],
  [4, { op: 'ge', value: 6 }],
  [3, { op: 'ge', value: 3 }],
  [2, { op: 'ge', value: 2 }],
  [1, null],
])

/** How much was paid within two years, in the hospital's currency: 5 from 50,000 on. */
export const monetary = scored('monetary', '医疗消费', 'paid', [
  [5, { op: 'ge', value: '50000' }],
  [4, { op: 'ge', value: '20000' }],
  [3, { op: 'ge', value: '5000' }],
  [2, { op: 'ge', value: '1000' }],
  [1, null],
])

const segment = (id: string, ...when: Row['when']) => ({ id, when, outcome: id })

/** Recency, frequency and amount as the segments that people speak of. */
export const rfm: TableSet<string> = {
  kind: 'table',
  id: 'rfm',
  ...head,
  title: '客户分群',
  hit: 'first',
  inputs: ['recency', 'frequency', 'monetary'],
  rows: [
    segment('core', { op: 'ge', value: 4 }, { op: 'ge', value: 4 }, { op: 'ge', value: 4 }),
    segment('loyal', { op: 'ge', value: 3 }, { op: 'ge', value: 4 }, null),
    segment('big-spender', { op: 'ge', value: 3 }, null, { op: 'ge', value: 4 }),
    segment('new', { op: 'ge', value: 4 }, 1, null),
    segment('slipping', { op: 'le', value: 2 }, { op: 'ge', value: 4 }, null),
    segment('lost-big-spender', { op: 'le', value: 2 }, null, { op: 'ge', value: 4 }),
    segment('lost', 1, null, null),
  ],
  otherwise: 'ordinary',
}
