import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { yangzhouCommission } from '../packs/yangzhou/commission.ts'
import type { CommissionPlan } from './plan.ts'
import { anyPlan, edgesOf, ratedByHand } from './plans.fixture.ts'
import { rateCommission } from './rate-commission.ts'

const total = (plan: CommissionPlan, base: number) => rateCommission(plan, base).total

const wrong = (plan: CommissionPlan, bases: Iterable<number>) => {
  const differing: number[] = []
  for (const base of bases) {
    if (total(plan, base) !== ratedByHand(plan, base)) differing.push(base)
  }
  return differing
}

const readings: [string, CommissionPlan][] = [
  ['part by part', yangzhouCommission],
  ['the whole amount', { ...yangzhouCommission, mode: 'whole-amount' }],
  [
    'the whole amount, bounds in the next tier',
    {
      ...yangzhouCommission,
      mode: 'whole-amount',
      tiers: yangzhouCommission.tiers.map((tier) => ({ ...tier, boundary: 'lower' })),
    },
  ],
]

describe.each(readings)('the Yangzhou rates on %s', (_, plan) => {
  it('agree with another decimal library two fen around every edge', () => {
    const around = edgesOf(plan, 20_000_000).flatMap((edge) =>
      [-2, -1, 0, 1, 2].map((off) => edge + off),
    )
    expect(around.length).toBeGreaterThan(60)
    expect(wrong(plan, around)).toEqual([])
  })

  it('agree on amounts drawn over the whole range', () => {
    const step = 7_368_787
    const bases = Array.from({ length: 33_400 }, (_, place) => (place * step) % 10_000_001)
    expect(wrong(plan, bases)).toEqual([])
  })
})

describe('any plan', () => {
  it('agrees with another decimal library, at its edges too', () => {
    const offset = fc.integer({ min: -2, max: 2 })
    fc.assert(
      fc.property(anyPlan, fc.nat(200_000), offset, (plan, base, off) => {
        const bases = [base, ...edgesOf(plan, 200_000).map((edge) => edge + off)]
        expect(wrong(plan, bases.slice(0, 12))).toEqual([])
      }),
      { numRuns: 300 },
    )
  })

  it('stays exact where products leave the safe integers', () => {
    const fine: CommissionPlan = {
      ...yangzhouCommission,
      tiers: [{ upTo: '33.33', rate: '0.123456789012%' }, { rate: '9.876543210987%' }],
    }
    const bases = [1, 3_333, 3_334, 99_999_999_999, 8_999_999_999_999, Number.MAX_SAFE_INTEGER]
    for (const plan of [fine, yangzhouCommission]) expect(wrong(plan, bases)).toEqual([])
    const quarters = { ...yangzhouCommission, tiers: [{ rate: '75%' }], rewards: [] }
    const huge = fc.integer({ min: 2 ** 52, max: Number.MAX_SAFE_INTEGER })
    fc.assert(
      fc.property(huge, (base) => {
        expect(wrong(quarters, [base])).toEqual([])
      }),
    )
  })
})
