import { describe, expect, it } from 'vitest'
import { AttributionRules } from '../../attribution/rules.ts'
import { commissionChange } from '../../commission/contributions.ts'
import { CommissionPlan } from '../../commission/plan.ts'
import { rateCommission } from '../../commission/rate-commission.ts'
import { CommissionTerms } from '../../commission/terms.ts'
import { workedTable } from '../../commission/worked-table.ts'
import { fraudClaims } from '../../compliance/fraud.ts'
import { writeAmount } from '../../money/amount.ts'
import { yangzhouAmbiguities } from './ambiguities.ts'
import { yangzhouAttribution } from './attribution.ts'
import { yangzhouCommission } from './commission.ts'
import { disciplineOf, yangzhouDiscipline } from './discipline.ts'
import { yangzhouFraud } from './pay.ts'
import { yangzhouMarketerTerms, yangzhouPartnerTerms } from './terms.ts'

const [reward] = yangzhouCommission.rewards ?? []
if (!reward) throw new Error('no reward')

const whole: CommissionPlan = { ...yangzhouCommission, mode: 'whole-amount' }
const lower: CommissionPlan = {
  ...whole,
  tiers: whole.tiers.map((tier) => ({ ...tier, boundary: 'lower' })),
}
const rewarded = (change: Partial<typeof reward>): CommissionPlan => ({
  ...yangzhouCommission,
  rewards: [{ ...reward, ...change }],
})

const yuan = (
  plan: CommissionPlan,
  base: number,
  of: 'commission' | 'reward' | 'total' = 'total',
) =>
  Number(writeAmount(rateCommission(plan, base * 100)[of], 'CNY')).toLocaleString('en', {
    minimumFractionDigits: 2,
  })

const exampleOf = (id: string) => yangzhouAmbiguities.find((one) => one.id === id)?.example

describe('the Yangzhou pack', () => {
  it('is made of plans, terms and rules that nothing speaks against', () => {
    const partner = yangzhouPartnerTerms({
      treatment: '20%',
      discounted: '10%',
      checkUp: '15%',
      eachPackage: '50',
    })
    expect(CommissionPlan.parse(yangzhouCommission)).toEqual(yangzhouCommission)
    expect(CommissionTerms.parse(yangzhouMarketerTerms)).toEqual(yangzhouMarketerTerms)
    expect(CommissionTerms.parse(partner)).toEqual(partner)
    expect(AttributionRules.parse(yangzhouAttribution)).toEqual(yangzhouAttribution)
  })

  it.each<[string, string[]]>([
    [
      'part-or-whole',
      [yuan(yangzhouCommission, 52_000, 'commission'), yuan(whole, 52_000, 'commission')],
    ],
    ['side-of-a-bound', [yuan(whole, 10_000), yuan(lower, 10_000)]],
    [
      'reward-at-or-above',
      [
        yuan(yangzhouCommission, 50_000, 'reward'),
        yuan(rewarded({ reached: 'above' }), 50_000, 'reward'),
      ],
    ],
    [
      'reward-steps-from',
      [
        yuan(yangzhouCommission, 60_000, 'reward'),
        yuan(rewarded({ from: '40000.00' }), 60_000, 'reward'),
      ],
    ],
    ['reward-full-steps', [yuan(rewarded({ every: '0.20', each: '0.01' }), 60_000, 'reward')]],
    ['rewards-add-up', [yuan(yangzhouCommission, 90_000, 'reward')]],
    ['revenue', [yuan(yangzhouCommission, 6_000), yuan(yangzhouCommission, 10_000)]],
    ['partner-share-first', [yuan(yangzhouCommission, 10_000), yuan(yangzhouCommission, 9_000)]],
    ['month-of-what', [yuan(yangzhouCommission, 20_000)]],
    ['month-below-nothing', [yuan(yangzhouCommission, 10_000), yuan(yangzhouCommission, 12_000)]],
  ])('says of %s what its readings are worth', (id, figures) => {
    for (const figure of figures) expect(exampleOf(id)).toContain(figure)
  })

  it('shows each bound from both sides', () => {
    const table = workedTable(yangzhouCommission)
    expect(table.map(({ base }) => base).slice(0, 4)).toEqual([0, 999_999, 1_000_000, 1_000_001])
    expect(
      table.filter(({ base }) => base >= 6_999_999).map(({ base, reward: paid }) => [base, paid]),
    ).toEqual([
      [6_999_999, 100_000],
      [7_000_000, 200_000],
      [7_000_001, 200_000],
    ])
  })

  it('asks made-up results back, and ten times what they earned as a claim of its own', () => {
    const finding = {
      id: 'F1',
      settled: 1_301_000,
      madeUp: 301_000,
      decidedBy: ['director', 'auditor'] as const,
    }
    const earned = -commissionChange(yangzhouCommission, { settled: 1_301_000, now: 1_000_000 })
      .total
    expect(earned).toBe(18_060)
    expect(fraudClaims(yangzhouCommission, yangzhouFraud, finding)).toMatchObject([
      { id: 'F1/return', kind: 'overpayment', amount: earned, standing: 'open' },
      { id: 'F1/penalty', kind: 'penalty', amount: 180_600, standing: 'open' },
    ])
  })
})

describe('the discipline of the rule book', () => {
  const seen = (rule: string, ...days: [on: string, isKept: boolean][]) =>
    days.map(([on, isKept]) => ({ id: `${rule}/${on}`, rule, on, isKept }))

  it('names who missed one meeting, and tells the leader of two running', () => {
    const observations = seen(
      'morning-meeting',
      ['2026-03-02', false],
      ['2026-03-03', true],
      ['2026-03-05', false],
      ['2026-03-04', false],
    )
    const { claims, measures } = disciplineOf(yangzhouDiscipline, observations)
    expect(claims).toEqual([])
    expect(measures.map(({ observation, measure }) => [observation.slice(-2), measure])).toEqual([
      ['02', 'named-at-the-meeting'],
      ['04', 'named-at-the-meeting'],
      ['05', 'told-to-the-leader'],
    ])
  })

  it('claims 20 and 30 yuan, and has a dismissal heard after three times running', () => {
    const observations = [
      ...seen('breakfast-before-work', ['2026-03-02', false]),
      ...seen(
        'no-private-business',
        ['2026-03-02', false],
        ['2026-03-03', false],
        ['2026-03-04', false],
      ),
    ]
    const { claims, measures } = disciplineOf(yangzhouDiscipline, observations)
    expect(claims.map(({ kind, amount, standing }) => [kind, amount, standing])).toEqual([
      ['fine', 2_000, 'open'],
      ['fine', 3_000, 'open'],
      ['fine', 3_000, 'open'],
      ['fine', 3_000, 'open'],
    ])
    expect(measures).toEqual([
      { observation: 'no-private-business/2026-03-04', measure: 'dismissal-to-be-heard' },
    ])
  })
})
