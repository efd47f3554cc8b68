import type { Cell } from '../../condition/condition.ts'
import type { TableSet } from '../../table/rule-set.ts'

const head = { version: '1', validFrom: '2026-01-01' }
const inputs = ['recency', 'frequency', 'monetary', 'department', 'region', 'payer']

const points = (id: string, outcome: number, asked: Readonly<Record<string, Cell>>) => ({
  id,
  when: inputs.map((input) => asked[input] ?? null),
  outcome,
})

const scores = [1, 2, 3, 4, 5]

/**
 * Points that add up: 4 for each step of recency, 6 of frequency and 8 of amount, and a few for the
 * department, the region and who pays. A hospital weighs as it likes in a version of its own.
 */
export const valueScore: TableSet<number> = {
  kind: 'table',
  id: 'value-score',
  ...head,
  title: '客户价值评分',
  hit: 'sum',
  inputs,
  rows: [
    ...scores.map((score) => points(`recency-${score}`, score * 4, { recency: score })),
    ...scores.map((score) => points(`frequency-${score}`, score * 6, { frequency: score })),
    ...scores.map((score) => points(`monetary-${score}`, score * 8, { monetary: score })),
    points('long-term-care', 6, { department: ['oncology', 'nephrology', 'endocrinology'] }),
    points('maternity', 4, { department: 'obstetrics' }),
    points('from-afar', 2, { region: 'outside' }),
    points('insured-privately', 4, { payer: ['commercial', 'self'] }),
    points('company', 6, { payer: 'company' }),
  ],
}

const from = (tier: string, least: number) => ({
  id: tier,
  when: [{ op: 'ge' as const, value: least }],
  outcome: tier,
})

/** The score as a tier. */
export const valueTier: TableSet<string> = {
  kind: 'table',
  id: 'value-tier',
  ...head,
  title: '客户价值分级',
  hit: 'first',
  inputs: ['score'],
  rows: [from('A', 80), from('B', 60), from('C', 40)],
  otherwise: 'D',
}
