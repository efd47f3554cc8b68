import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { yangzhouCommission } from '../packs/yangzhou/commission.ts'
import { advanceAccount, commissionChange, commissionSeries, openAccount } from './contributions.ts'
import type { CommissionPlan } from './plan.ts'
import { anyPlan } from './plans.fixture.ts'
import { type Earned, rateCommission } from './rate-commission.ts'

const bill = fc.oneof(fc.nat(40_000), fc.integer({ min: -30_000, max: -1 }))
const bills = fc.array(bill, { maxLength: 12 })
const base = fc.integer({ min: -1000, max: 200_000 })

const sum = (amounts: readonly number[]) => amounts.reduce((total, one) => total + one, 0)

const added = (parts: readonly Earned[]): Earned => ({
  commission: sum(parts.map(({ commission }) => commission)),
  reward: sum(parts.map(({ reward }) => reward)),
  total: sum(parts.map(({ total }) => total)),
})

const earned = ({ commission, reward, total }: Earned): Earned => ({ commission, reward, total })

describe('the bills of a period', () => {
  it('contribute together what their sum earns, in any order', () => {
    fc.assert(
      fc.property(anyPlan, bills, fc.array(fc.nat()), (plan, amounts, keys) => {
        const shuffled = amounts
          .map((amount, place) => ({ amount, key: keys[place] ?? 0 }))
          .toSorted((a, b) => a.key - b.key)
          .map(({ amount }) => amount)
        const whole = earned(rateCommission(plan, sum(amounts)))
        expect(added(commissionSeries(plan, amounts))).toEqual(whole)
        expect(added(commissionSeries(plan, shuffled))).toEqual(whole)
      }),
    )
  })

  it('contribute the same in one run as day by day', () => {
    fc.assert(
      fc.property(anyPlan, bills, bills, (plan, today, tomorrow) => {
        const first = advanceAccount(plan, openAccount, today)
        const second = advanceAccount(plan, first.position, tomorrow)
        const both = advanceAccount(plan, openAccount, [...today, ...tomorrow])
        expect([...first.contributions, ...second.contributions]).toEqual(both.contributions)
        expect(second.position).toEqual(both.position)
      }),
    )
  })
})

describe('a change after the settlement', () => {
  it('brings what was settled to what is now earned', () => {
    fc.assert(
      fc.property(anyPlan, base, base, (plan, settled, now) => {
        const before = rateCommission(plan, settled)
        const change = commissionChange(plan, { settled, now })
        expect(added([before, change])).toEqual(earned(rateCommission(plan, now)))
      }),
    )
  })

  it('undone is its negation', () => {
    fc.assert(
      fc.property(anyPlan, base, base, (plan, a, b) => {
        const forth = commissionChange(plan, { settled: a, now: b })
        const back = commissionChange(plan, { settled: b, now: a })
        expect(added([forth, back])).toEqual({ commission: 0, reward: 0, total: 0 })
      }),
    )
  })

  it('of 3,000 after a month of 52,000 costs 1,290, not 3,000 at one rate', () => {
    const change = { settled: 5_200_000, now: 4_900_000 }
    expect(commissionChange(yangzhouCommission, change)).toEqual({
      commission: -29_000,
      reward: -100_000,
      total: -129_000,
    })
    const whole = { ...yangzhouCommission, mode: 'whole-amount' as const }
    expect(commissionChange(whole, change).total).toBe(-179_000)
  })
})

describe('a rating', () => {
  it('is explained by lines that sum to its commission, and cap and floor to its total', () => {
    fc.assert(
      fc.property(anyPlan, base, (plan, amount) => {
        const rating = rateCommission(plan, amount)
        expect(sum(rating.lines.map((line) => line.amount))).toBe(rating.commission)
        if (plan.mode === 'graduated' && amount > 0) {
          expect(sum(rating.lines.map((line) => line.base))).toBe(amount)
        }
        const { cap, floor } = rating
        expect(rating.commission + rating.reward - (cap?.cut ?? 0) + (floor?.added ?? 0)).toBe(
          rating.total,
        )
      }),
    )
  })

  it('shows what a cap cut and what a floor added, and nothing where neither bites', () => {
    const { rewards: _, ...plain } = yangzhouCommission
    expect(rateCommission({ ...plain, cap: '20.00' }, 100_000)).toMatchObject({
      commission: 5000,
      total: 2000,
      cap: { at: 2000, cut: 3000 },
    })
    expect(rateCommission({ ...plain, floor: '70.00' }, 100_000)).toMatchObject({
      commission: 5000,
      total: 7000,
      floor: { at: 7000, added: 2000 },
    })
    const quiet = rateCommission({ ...plain, cap: '50.00', floor: '50.00' }, 100_000)
    expect([quiet.cap, quiet.floor]).toEqual([undefined, undefined])
  })

  it('rounds a tie to even by the sum of commission and reward, which is what is paid', () => {
    const plan: CommissionPlan = {
      ...yangzhouCommission,
      rewards: [{ from: '0.00', amount: '0.05', reached: 'at' }],
      rounding: { mode: 'half-even', scope: 'once' },
    }
    expect(rateCommission(plan, 10)).toMatchObject({ commission: 1, reward: 5, total: 6 })
    expect(rateCommission({ ...plan, rewards: [] }, 10)).toMatchObject({ commission: 0, total: 0 })
  })

  it('of nothing, or of less, is nothing', () => {
    fc.assert(
      fc.property(anyPlan, fc.integer({ max: 0 }), (plan, amount) => {
        expect(rateCommission(plan, amount)).toEqual({
          base: amount,
          commission: 0,
          reward: 0,
          total: 0,
          lines: [],
        })
      }),
    )
  })

  it('part by part never falls as the base grows, rounding and boundary sides aside', () => {
    fc.assert(
      fc.property(anyPlan, base, fc.nat(500), (plan, amount, more) => {
        const graduated = { ...plan, mode: 'graduated' as const }
        const sides = graduated.tiers.map((tier) => ({ ...tier, boundary: 'lower' as const }))
        const [less, greater] = [amount, amount + more].map((x) => rateCommission(graduated, x))
        expect(greater?.total).toBeGreaterThanOrEqual(less?.total ?? 0)
        expect(rateCommission({ ...graduated, tiers: sides }, amount)).toEqual(less)
      }),
    )
  })

  it.each([0.1, Number.NaN, 2 ** 53])('refuses a base of %d', (bad) => {
    expect(() => rateCommission(yangzhouCommission, bad)).toThrow(
      expect.objectContaining({ code: 'money.unsafe' }),
    )
  })

  it('refuses an answer that no safe integer holds', () => {
    const plan = { ...yangzhouCommission, tiers: [{ rate: '700' }] }
    expect(() => rateCommission(plan, 2 ** 50)).toThrow(
      expect.objectContaining({ code: 'money.unsafe' }),
    )
  })
})
