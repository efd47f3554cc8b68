import { describe, expect, it } from 'vitest'
import { planRef } from '../follow-up/plan.ts'
import { valueTiers } from '../packs/value/value-tiers.ts'
import { xuzhouFollowUp } from '../packs/xuzhou/follow-up.ts'
import { xuzhouPack } from '../packs/xuzhou/pack.ts'
import { yangzhouMarketerTerms } from '../packs/yangzhou/terms.ts'
import { diffPacks } from './diff-packs.ts'
import { RulePack } from './rule-pack.ts'
import { PastFile, simulatePacks } from './simulate-packs.ts'

const before = RulePack.parse({
  ...xuzhouPack,
  commission: { from: '2026-01', terms: [yangzhouMarketerTerms] },
})
const [first, ...others] = xuzhouFollowUp.tiers
const later = {
  ...xuzhouFollowUp,
  version: 2,
  tiers: [{ ...first, due: { days: 10 } }, ...others],
} as typeof xuzhouFollowUp
const [meter] = yangzhouMarketerTerms.meters
const after = RulePack.parse({
  ...before,
  version: 2,
  followUp: {
    ...before.followUp,
    plan: planRef(later),
    plans: { ...before.followUp.plans, [planRef(later)]: later },
  },
  escalation: [{ afterDays: 0, to: 'owner' }, ...before.escalation.slice(2)],
  commission: {
    ...before.commission,
    terms: [
      {
        ...yangzhouMarketerTerms,
        meters: [{ ...meter, plan: { ...meter?.plan, cap: '2000.00' } }],
      },
    ],
  },
})

const discharge = (visit: string, day: string) => ({
  type: 'discharge',
  at: `${day}T10:00:00+08:00`,
  effective: `${day}T10:00:00+08:00`,
  patient: `P${visit}`,
  visit,
  disposition: 'home',
  message: `M${visit}`,
})

const past = PastFile.parse({
  format: 'past-facts/1',
  zone: 'Asia/Shanghai',
  asOf: '2026-03-12T12:00:00+08:00',
  given: [discharge('V1', '2026-03-02'), discharge('V2', '2026-03-10')],
  results: [
    {
      payee: 'S7',
      month: '2026-02',
      terms: 'yangzhou-marketer',
      meter: 'revenue',
      amount: '60000.00',
    },
    {
      payee: 'S8',
      month: '2026-02',
      terms: 'yangzhou-marketer',
      meter: 'revenue',
      amount: '10000.00',
    },
  ],
})

describe('a change of a pack', () => {
  it('is told in plain words, element by element', () => {
    const told = diffPacks(before, after).map(({ about, sentence }) => `${about} ${sentence}`)
    expect(told).toContain('version is 2, was 1')
    expect(told).toContain(`follow-up, plan is ${planRef(later)}, was ${planRef(xuzhouFollowUp)}`)
    expect(told).toContain(
      'commission, terms, id yangzhou-marketer, meters, id revenue, plan, cap is new: 2000.00',
    )
    expect(diffPacks(before, before)).toEqual([])
  })

  it('names the tier whose deadline moved', () => {
    const ref = planRef(xuzhouFollowUp)
    const edited = { ...before, followUp: { ...before.followUp, plans: { [ref]: later } } }
    const told = diffPacks(before, edited).map(({ about, sentence }) => `${about} ${sentence}`)
    expect(told).toContain(`follow-up, plans, ${ref}, tiers, tier 1, due is 10 days, was 7 days`)
  })

  it('tells of the rules of segments as of any rules', () => {
    const [first, ...others] = valueTiers.sets
    const segments = { ...valueTiers, sets: [{ ...first, title: '近期就诊' }, ...others] }
    const told = diffPacks(
      RulePack.parse({ ...before, segments: valueTiers }),
      RulePack.parse({ ...before, segments }),
    )
    expect(told).toEqual([
      { about: 'segments, recency: title', sentence: 'is "近期就诊", was "最近就诊"' },
    ])
    const faulty = { ...valueTiers, facts: {} }
    expect(RulePack.safeParse({ ...before, segments: faulty }).error?.issues[0]).toMatchObject({
      path: ['segments', 'sets', '0', 'inputs', '0'],
      message: 'no fact is called "daysSinceLast"',
    })
  })

  it('is simulated: who would have been planned, told and paid otherwise', () => {
    const shifts = simulatePacks(before, after, past)
    expect(shifts.filter(({ what }) => what === 'planned')).toHaveLength(2)
    expect(shifts).toContainEqual({
      what: 'planned',
      who: `PV1, visit V1, ${xuzhouFollowUp.id} tier 1`,
      before: expect.stringMatching(/^overdue, 2026-03-0\d to 2026-03-09 by /),
      after: expect.stringMatching(/^open, 2026-03-0\d to 2026-03-12 by /),
    })
    expect(shifts.filter(({ what }) => what === 'escalated')).toEqual([
      {
        what: 'escalated',
        who: `PV1, visit V1, ${xuzhouFollowUp.id} tier 1`,
        before: 'owner, department-head',
        after: 'nothing',
      },
    ])
    // 500 + 600 + 700 + 800 + 900 + 1,000 and the reward of 1,000, which the cap cuts to 2,000.
    expect(shifts.filter(({ what }) => what === 'paid')).toEqual([
      {
        what: 'paid',
        who: 'S7, 2026-02, yangzhou-marketer revenue',
        before: '5500.00 CNY',
        after: '2000.00 CNY',
      },
    ])
  })

  it('that changes nothing shifts nobody', () => {
    expect(simulatePacks(before, before, past)).toEqual([])
  })
})
