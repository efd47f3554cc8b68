import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { compileRules } from '../../engine/evaluate.ts'
import type { FactRecord } from '../../engine/fixtures.ts'
import { checkBook, openBook } from '../../engine/rule-book.ts'
import { segmentsBy } from '../../segment/segments-by.ts'
import { valueTiers } from './value-tiers.ts'

const book = openBook(valueTiers)
const decider = (id: string) => {
  const set = book.sets.find((one) => one.id === id)
  if (!set) throw new Error(id)
  return compileRules<FactRecord>(set, book.vocabulary, { among: book.sets }).decide
}
const [rfm, score, tier] = ['rfm', 'value-score', 'value-tier'].map(decider)

const customer = {
  daysSinceLast: 20,
  visits: 12,
  paid: '60000.00',
  department: 'oncology',
  region: 'city',
  payer: 'company',
}

/** The rules by hand. */
const byHand = ({ daysSinceLast, visits, paid, department, region, payer }: typeof customer) => {
  const r =
    daysSinceLast <= 30
      ? 5
      : daysSinceLast <= 90
        ? 4
        : daysSinceLast <= 365
          ? 3
          : daysSinceLast <= 730
            ? 2
            : 1
  const f = visits >= 10 ? 5 : visits >= 6 ? 4 : visits >= 3 ? 3 : visits >= 2 ? 2 : 1
  const amount = Number(paid)
  const m =
    amount >= 50_000 ? 5 : amount >= 20_000 ? 4 : amount >= 5000 ? 3 : amount >= 1000 ? 2 : 1
  const care = ['oncology', 'nephrology', 'endocrinology'].includes(department)
    ? 6
    : department === 'obstetrics'
      ? 4
      : 0
  const pays = payer === 'company' ? 6 : payer === 'public-insurance' ? 0 : 4
  const total = r * 4 + f * 6 + m * 8 + care + pays + (region === 'outside' ? 2 : 0)
  return { r, f, m, total, tier: total >= 80 ? 'A' : total >= 60 ? 'B' : total >= 40 ? 'C' : 'D' }
}

const customers = fc.record({
  daysSinceLast: fc.constantFrom(0, 30, 31, 90, 91, 365, 366, 730, 731),
  visits: fc.constantFrom(0, 1, 2, 3, 5, 6, 9, 10),
  paid: fc.constantFrom('0.00', '999.99', '1000.00', '4999.99', '5000.00', '20000.00', '50000.00'),
  department: fc.constantFrom('oncology', 'obstetrics', 'dermatology'),
  region: fc.constantFrom('city', 'county', 'outside'),
  payer: fc.constantFrom('public-insurance', 'commercial', 'company', 'self'),
})

describe('value tiers', () => {
  it('have no faults, gaps or rows that never decide', () => {
    expect(checkBook(valueTiers).findings).toEqual([])
  })

  it('add the points up, and come to what they come to by hand', () => {
    fc.assert(
      fc.property(customers, (one) => {
        const meant = byHand(one)
        expect(score?.(one).outcome).toBe(meant.total)
        expect(tier?.(one).outcome).toBe(meant.tier)
      }),
    )
  })

  it('name the segment by recency, frequency and amount', () => {
    const segment = (over: Partial<typeof customer>) => rfm?.({ ...customer, ...over }).outcome
    expect(segment({})).toBe('core')
    expect(segment({ paid: '100.00' })).toBe('loyal')
    expect(segment({ visits: 2 })).toBe('big-spender')
    expect(segment({ visits: 1, paid: '100.00' })).toBe('new')
    expect(segment({ daysSinceLast: 400 })).toBe('slipping')
    expect(segment({ daysSinceLast: 400, visits: 2 })).toBe('lost-big-spender')
    expect(segment({ daysSinceLast: 1000, visits: 2, paid: '100.00' })).toBe('lost')
    expect(segment({ daysSinceLast: 200, visits: 2, paid: '100.00' })).toBe('ordinary')
  })

  it('are counted by department, region or payer', () => {
    const few = { ...customer, visits: 1, paid: '10.00', department: 'dermatology', payer: 'self' }
    expect(segmentsBy(book, 'value-tier', [customer, customer, few], 'department')).toEqual([
      { group: 'oncology', count: 2, segments: [{ segment: 'A', count: 2 }] },
      { group: 'dermatology', count: 1, segments: [{ segment: 'D', count: 1 }] },
    ])
    expect(segmentsBy(book, 'rfm', [customer, few], 'payer').map(({ group }) => group)).toEqual([
      'company',
      'self',
    ])
    expect(() => segmentsBy(book, 'nothing', [], 'payer')).toThrow('rules.unknown-set')
  })
})
