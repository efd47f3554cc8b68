import { dice } from './discharges.ts'
import type { Facts, TableSet } from './ours.ts'

/** A check-up that is to be priced. */
export interface CheckUp {
  readonly company: string
  readonly item: string
  readonly people: number
  readonly day: string
}

const companies = Array.from({ length: 50 }, (_, place) => `company-${place}`)
const items = ['basic', 'cardiac', 'women', 'senior', 'imaging', 'tumour', 'stroke', 'dental']
const sizes = [0, 20, 50, 100, 500]

export const checkUpFacts: Facts<CheckUp> = {
  company: { type: 'string', get: ({ company }) => company },
  item: { type: 'string', get: ({ item }) => item },
  people: { type: 'integer', min: 0, get: ({ people }) => people },
  day: { type: 'date', get: ({ day }) => day },
}

/** Two thousand agreed prices: by company, item and how many come, from a day on. */
export const priceList: TableSet<number> = {
  kind: 'table',
  id: 'price-list',
  version: '1',
  validFrom: '2026-01-01',
  hit: 'first',
  inputs: ['company', 'item', 'people', 'day'],
  rows: companies.flatMap((company, nth) =>
    items.flatMap((item, place) =>
      sizes.toReversed().map((size) => ({
        id: `${company}-${item}-${size}`,
        when: [
          company,
          item,
          { op: 'ge', value: size },
          { op: 'ge', value: `2026-0${1 + (nth % 3)}-01` },
        ],
        outcome: 50_000 + nth * 100 + place * 1000 - size,
      })),
    ),
  ),
  otherwise: 80_000,
}

export const checkUpsOf = (count: number): readonly CheckUp[] => {
  const roll = dice(2026)
  return Array.from({ length: count }, () => ({
    company: companies[roll(companies.length)] ?? '',
    item: items[roll(items.length)] ?? '',
    people: roll(600),
    day: `2026-0${1 + roll(4)}-1${roll(10)}`,
  }))
}
