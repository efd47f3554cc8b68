import { type Minor, readAmount } from '../money/amount.ts'
import { commonMultiple, readRate } from '../money/rate.ts'
import { divideBig, type RoundingMode } from '../money/rounding.ts'
import { refuse } from '../refusal.ts'
import type { CommissionPlan, CommissionReward } from './plan.ts'
import { commissionPlanFaults } from './plan-faults.ts'

/** The terms of a tier's sum: the commission of x is `whole + (onset + (x - from) * slope) / per`. */
interface Terms<Number> {
  readonly onset: Number
  readonly slope: Number
  readonly per: Number
}

/** A tier as arithmetic. */
export interface CompiledTier {
  /** Counted from 1. */
  readonly tier: number
  readonly rate: string
  readonly flat: Minor
  /** The upper bound; infinite for the last. */
  readonly until: number
  readonly ownsBound: boolean
  readonly from: Minor
  /** What tiers below have earned, where each line is rounded for itself. */
  readonly whole: Minor
  readonly exact: Terms<bigint>
  readonly plain: Terms<number>
  /** The last x for which the sum in plain numbers is exact; -1 for none. */
  readonly plainUpTo: number
  /** The rounded commission at the upper bound. */
  readonly atBound: Minor
}

/** `from` and `every` in minor units; one paid above a figure is one paid from the next unit on. */
export interface CompiledReward {
  readonly from: Minor
  readonly amount: Minor
  readonly every: Minor
  readonly each: Minor
}

export interface CompiledCommission {
  readonly bounded: readonly CompiledTier[]
  readonly last: CompiledTier
  readonly rewards: readonly CompiledReward[]
  readonly cap: number
  readonly floor: Minor
  readonly rounding: RoundingMode
  readonly isGraduated: boolean
  readonly isPerLine: boolean
}

const compiled = new WeakMap<CommissionPlan, CompiledCommission>()

/** Refuses a plan that contradicts itself, with the fault's code and path. */
export const compileCommission = (plan: CommissionPlan): CompiledCommission => {
  const known = compiled.get(plan)
  if (known) return known
  const [fault] = commissionPlanFaults(plan)
  const tiers = fault ? [] : compileTiers(plan)
  const last = tiers.at(-1)
  if (fault || !last) {
    const { code, path } = fault ?? { code: 'commission-plan.no-tier', path: ['tiers'] }
    return refuse(code, { plan: `${plan.id}@${plan.version}`, path: path.join('.') })
  }
  const answer: CompiledCommission = {
    bounded: tiers.slice(0, -1),
    last,
    rewards: (plan.rewards ?? []).map((reward) => compileReward(plan, reward)),
    cap: read(plan, plan.cap, Number.POSITIVE_INFINITY),
    floor: read(plan, plan.floor, 0),
    rounding: plan.rounding.mode,
    isGraduated: plan.mode === 'graduated',
    isPerLine: plan.rounding.scope === 'per-line',
  }
  compiled.set(plan, answer)
  return answer
}

const read = ({ currency }: CommissionPlan, text: string | undefined, otherwise: number) =>
  text === undefined ? otherwise : readAmount(text, currency)

const compileReward = (plan: CommissionPlan, reward: CommissionReward): CompiledReward => ({
  from: read(plan, reward.from, 0) + (reward.reached === 'above' ? 1 : 0),
  amount: read(plan, reward.amount, 0),
  every: read(plan, reward.every, 0),
  each: read(plan, reward.each, 0),
})

const compileTiers = (plan: CommissionPlan): readonly CompiledTier[] => {
  const { mode, rounding } = plan
  const rated = plan.tiers.map((tier) => ({ ...tier, ratio: readRate(tier.rate) }))
  const per = commonMultiple(rated.map(({ ratio }) => ratio.per))
  const isGraduated = mode === 'graduated'
  const isPerLine = rounding.scope === 'per-line'
  let [lower, earned, whole] = [0, 0n, 0]
  return rated.map((tier, index): CompiledTier => {
    const flat = read(plan, tier.flat, 0)
    const until = read(plan, tier.upTo, Number.POSITIVE_INFINITY)
    const from = isGraduated ? lower : 0
    const slope = tier.ratio.parts * (per / tier.ratio.per)
    const onset = (isGraduated && !isPerLine ? earned : 0n) + BigInt(flat) * per
    const below = isGraduated && isPerLine ? whole : 0
    if (until !== Number.POSITIVE_INFINITY) {
      lower = until
      earned = onset + BigInt(until - from) * slope
      whole = below + Number(divideBig(earned, per, rounding.mode))
    }
    return {
      tier: index + 1,
      rate: tier.rate,
      flat,
      until,
      ownsBound: isGraduated || tier.boundary !== 'lower',
      from,
      whole: below,
      exact: { onset, slope, per },
      plain: { onset: Number(onset), slope: Number(slope), per: Number(per) },
      plainUpTo: lastPlain({ onset, slope, per }, from),
      atBound: whole,
    }
  })
}

const most = BigInt(Number.MAX_SAFE_INTEGER)

const lastPlain = ({ onset, slope, per }: Terms<bigint>, from: number): number => {
  if (onset > most || slope > most || per > most) return -1
  return slope === 0n ? Number.POSITIVE_INFINITY : from + Number((most - onset) / slope)
}
