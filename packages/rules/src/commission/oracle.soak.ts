import { expect, it } from 'vitest'
import { yangzhouCommission } from '../packs/yangzhou/commission.ts'
import { ratedByHand } from './plans.fixture.ts'
import { rateCommission } from './rate-commission.ts'

it('rates every amount from 0.00 to 100,000.00 as another decimal library does', {
  timeout: 3_600_000,
}, () => {
  const wrong: number[] = []
  for (let base = 0; base <= 10_000_000; base += 1) {
    if (rateCommission(yangzhouCommission, base).total !== ratedByHand(yangzhouCommission, base)) {
      wrong.push(base)
    }
  }
  expect(wrong).toEqual([])
})
