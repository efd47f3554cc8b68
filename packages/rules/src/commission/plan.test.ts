import { describe, expect, it } from 'vitest'
import { yangzhouCommission } from '../packs/yangzhou/commission.ts'
import { CommissionPlan } from './plan.ts'
import { rateCommission } from './rate-commission.ts'

type Json = Record<string, unknown>

const [first, second] = yangzhouCommission.tiers
const last = { rate: '10%' }
const reward = { from: '50000.00', amount: '1000.00', reached: 'at' }

const issuesOf = (change: Json) => {
  const plan: Json = { ...yangzhouCommission, ...change }
  for (const key of Object.keys(change)) if (change[key] === undefined) delete plan[key]
  const { error } = CommissionPlan.safeParse(plan)
  return (error?.issues ?? []).map(({ path, message, code }) => [
    path.join('.'),
    code === 'custom' ? message : code,
  ])
}

describe('a commission plan', () => {
  it('that says everything is taken as it is', () => {
    expect(CommissionPlan.parse(yangzhouCommission)).toEqual(yangzhouCommission)
    expect(issuesOf({ cap: '0.00', floor: '10.00', mode: 'whole-amount' })).toEqual([])
  })

  it.each<[string, Json, string, string]>([
    ['without a mode', { mode: undefined }, 'mode', 'invalid_value'],
    ['of a mode nobody knows', { mode: 'volume' }, 'mode', 'invalid_value'],
    ['without a rounding', { rounding: undefined }, 'rounding', 'invalid_type'],
    [
      'without a scope of rounding',
      { rounding: { mode: 'down' } },
      'rounding.scope',
      'invalid_value',
    ],
    ['of an unknown currency', { currency: 'RMB' }, 'currency', 'currency.unknown'],
    ['without tiers', { tiers: [] }, 'tiers', 'too_small'],
    ['with an unknown key', { bonus: '1.00' }, '', 'unrecognized_keys'],
    ['without a version', { version: 0 }, 'version', 'too_small'],
    [
      'whose last tier ends',
      { tiers: [first, second] },
      'tiers.1',
      'commission-plan.last-tier-bounded',
    ],
    [
      'with an open tier before the last',
      { tiers: [first, last, last] },
      'tiers.1',
      'commission-plan.tier-unbounded',
    ],
    [
      'whose bounds go down',
      { tiers: [second, first, last] },
      'tiers.1.upTo',
      'commission-plan.bounds-not-ascending',
    ],
    [
      'with one bound twice',
      { tiers: [first, first, last] },
      'tiers.1.upTo',
      'commission-plan.bounds-not-ascending',
    ],
    [
      'whose first bound is nothing',
      { tiers: [{ upTo: '0.00', rate: '5%' }, last] },
      'tiers.0.upTo',
      'commission-plan.bounds-not-ascending',
    ],
    [
      'with a bound of half a fen',
      { tiers: [{ upTo: '1.005', rate: '5%' }, last] },
      'tiers.0.upTo',
      'money.malformed',
    ],
    [
      'with a bound as a number',
      { tiers: [{ upTo: 10, rate: '5%' }, last] },
      'tiers.0.upTo',
      'invalid_type',
    ],
    ['with a rate as a number', { tiers: [{ rate: 0.05 }] }, 'tiers.0.rate', 'invalid_type'],
    ['with a rate below nothing', { tiers: [{ rate: '-5%' }] }, 'tiers.0.rate', 'invalid_format'],
    [
      'with a bound of its own in words',
      { tiers: [{ ...last, from: '0.00' }] },
      'tiers.0',
      'unrecognized_keys',
    ],
    [
      'with a negative flat fee',
      { tiers: [{ ...last, flat: '-1.00' }] },
      'tiers.0.flat',
      'commission-plan.negative',
    ],
    ['with a cap no number holds', { cap: '900719925474099.92' }, 'cap', 'money.unsafe'],
    ['with a floor below nothing', { floor: '-0.01' }, 'floor', 'commission-plan.negative'],
    [
      'with a reward that says not how it is reached',
      { rewards: [{ ...reward, reached: undefined }] },
      'rewards.0.reached',
      'invalid_value',
    ],
    [
      'with a step and nothing for it',
      { rewards: [{ ...reward, every: '1.00' }] },
      'rewards.0',
      'commission-plan.half-a-step',
    ],
    [
      'with pay for no step',
      { rewards: [{ ...reward, each: '1.00' }] },
      'rewards.0',
      'commission-plan.half-a-step',
    ],
    [
      'with a step of nothing',
      { rewards: [{ ...reward, every: '0.00', each: '1.00' }] },
      'rewards.0.every',
      'commission-plan.step-of-nothing',
    ],
  ])('%s is refused', (_, change, path, reason) => {
    expect(issuesOf(change)).toEqual([[path, reason]])
  })

  it('is refused by its code where it was never parsed', () => {
    const plan = { ...yangzhouCommission, tiers: [{ upTo: '1.00', rate: '5%' }] }
    expect(() => rateCommission(plan, 100)).toThrow(
      expect.objectContaining({
        code: 'commission-plan.last-tier-bounded',
        details: { plan: 'yangzhou-marketer@1', path: 'tiers.0' },
      }),
    )
    expect(() => rateCommission({ ...yangzhouCommission, tiers: [] }, 100)).toThrow(
      expect.objectContaining({ code: 'commission-plan.no-tier' }),
    )
  })
})
