import { dice } from './discharges.ts'
import type { Decision, Facts, TierSet } from './ours.ts'

/** A month's revenue of one person, in fen. */
export interface Revenue {
  readonly fen: number
}

export const revenueFacts: Facts<Revenue> = {
  revenue: { type: 'integer', min: 0, get: ({ fen }) => fen },
}

/** Six tiers from 5 % to 10 %, a reward at 50,000 yuan and another for every 20,000 more. */
export const monthlyCommission: TierSet = {
  kind: 'tiers',
  id: 'monthly-commission',
  version: '1',
  validFrom: '2026-01-01',
  on: 'revenue',
  mode: 'graduated',
  tiers: [
    { id: 'to-10000', upTo: '1000000', rate: '0.05' },
    { id: 'to-20000', upTo: '2000000', rate: '0.06' },
    { id: 'to-30000', upTo: '3000000', rate: '0.07' },
    { id: 'to-40000', upTo: '4000000', rate: '0.08' },
    { id: 'to-50000', upTo: '5000000', rate: '0.09' },
    { id: 'above', upTo: null, rate: '0.1' },
  ],
  steps: [
    {
      id: 'reward',
      from: '5000000',
      amount: '100000',
      every: '2000000',
      each: '100000',
      reached: 'at',
    },
  ],
  round: { scale: 0, mode: 'half-up' },
}

type Answer = Pick<Decision<number>, 'outcome' | 'ruleId'>

/** The same as one writes it down, in hundredths of a fen. */
export const monthlyCommissionByHand = ({ fen }: Revenue): Answer => {
  let ruleId = 'above'
  let parts: number
  if (fen <= 1_000_000) {
    ruleId = 'to-10000'
    parts = fen * 5
  } else if (fen <= 2_000_000) {
    ruleId = 'to-20000'
    parts = 5_000_000 + (fen - 1_000_000) * 6
  } else if (fen <= 3_000_000) {
    ruleId = 'to-30000'
    parts = 11_000_000 + (fen - 2_000_000) * 7
  } else if (fen <= 4_000_000) {
    ruleId = 'to-40000'
    parts = 18_000_000 + (fen - 3_000_000) * 8
  } else if (fen <= 5_000_000) {
    ruleId = 'to-50000'
    parts = 26_000_000 + (fen - 4_000_000) * 9
  } else parts = 35_000_000 + (fen - 5_000_000) * 10
  if (fen >= 5_000_000) parts += (1 + Math.floor((fen - 5_000_000) / 2_000_000)) * 10_000_000
  return { outcome: Math.round(parts / 100), ruleId }
}

export const revenuesOf = (count: number): readonly Revenue[] => {
  const roll = dice(5)
  return Array.from({ length: count }, () => ({ fen: roll(12_000_000) + 1 }))
}
