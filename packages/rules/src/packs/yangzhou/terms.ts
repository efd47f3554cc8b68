import type { CommissionPlan } from '../../commission/plan.ts'
import type { CommissionTerms } from '../../commission/terms.ts'
import type { Rate } from '../../money/rate.ts'
import { yangzhouAmbiguities } from './ambiguities.ts'
import { yangzhouCommission } from './commission.ts'

const common = {
  version: 1,
  currency: 'CNY',
  from: '2017-01-01',
  accountingDay: 'occurred',
  changeover: 'whole-month',
  negativeMonth: 'carried',
  exclusions: [
    {
      id: 'fund',
      payers: ['public-insurance'],
      because: 'what an insurance fund paid is no revenue of marketing',
    },
    { id: 'drugs', categories: ['drug'], because: 'drugs are no revenue of marketing' },
  ],
  services: { drug: 'drug', 'check-up': 'check-up', 'check-up-package': 'check-up' },
} satisfies Partial<CommissionTerms>

/** What marketers on trial and in permanent employment earn by. */
export const yangzhouMarketerTerms: CommissionTerms = {
  ...common,
  id: 'yangzhou-marketer',
  title: '市场人员业绩提成',
  role: 'rep',
  meters: [{ id: 'revenue', counts: 'amount', plan: yangzhouCommission }],
  ambiguities: yangzhouAmbiguities,
}

const flat = (id: string, rate: Rate): CommissionPlan => ({
  id,
  version: 1,
  currency: 'CNY',
  mode: 'graduated',
  tiers: [{ rate }],
  rounding: { mode: 'half-up', scope: 'once' },
})

/**
 * What partners earn by. The rule book leaves the figures blank: shares of fees at full price, with a
 * card or discount, and of check-ups at list price, and yuan for each check-up package. Check-ups
 * below list price are agreed case by case and earn nothing here.
 */
export const yangzhouPartnerTerms = (agreed: {
  readonly treatment: Rate
  readonly discounted: Rate
  readonly checkUp: Rate
  readonly eachPackage: Rate
}): CommissionTerms => ({
  ...common,
  id: 'yangzhou-partner',
  title: '转诊提成',
  role: 'partner',
  meters: [
    {
      id: 'packages',
      counts: 'pieces',
      categories: ['check-up-package'],
      plan: flat('yangzhou-packages', agreed.eachPackage),
    },
    {
      id: 'check-ups',
      counts: 'amount',
      categories: ['check-up'],
      plan: flat('yangzhou-check-ups', agreed.checkUp),
    },
    {
      id: 'discounted',
      counts: 'amount',
      categories: ['treatment-discounted'],
      plan: flat('yangzhou-discounted', agreed.discounted),
    },
    {
      id: 'treatment',
      counts: 'amount',
      categories: ['treatment'],
      plan: flat('yangzhou-treatment', agreed.treatment),
    },
  ],
  ambiguities: yangzhouAmbiguities.filter(({ id }) => forPartners.has(id)),
})

const forPartners: ReadonlySet<string> = new Set([
  'revenue',
  'month-of-what',
  'month-below-nothing',
  'course-of-treatment',
  'rounding',
])
