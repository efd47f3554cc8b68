import type { CommissionPlan } from '../../commission/plan.ts'

/**
 * The commission on a marketer's monthly revenue after the rule book of a hospital in Yangzhou, each
 * part at its own rate, and the reward at 50,000 yuan and for every full 20,000 more. How else the text
 * can be read stands in `yangzhouAmbiguities`.
 */
export const yangzhouCommission: CommissionPlan = {
  id: 'yangzhou-marketer',
  version: 1,
  currency: 'CNY',
  mode: 'graduated',
  tiers: [
    { upTo: '10000.00', rate: '5%' },
    { upTo: '20000.00', rate: '6%' },
    { upTo: '30000.00', rate: '7%' },
    { upTo: '40000.00', rate: '8%' },
    { upTo: '50000.00', rate: '9%' },
    { rate: '10%' },
  ],
  rewards: [
    { from: '50000.00', amount: '1000.00', every: '20000.00', each: '1000.00', reached: 'at' },
  ],
  rounding: { mode: 'half-up', scope: 'once' },
}
