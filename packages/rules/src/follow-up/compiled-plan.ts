import { hourMs, type Millis } from '../calendar/instant.ts'
import type { DeadlineShift } from '../calendar/working-days.ts'
import { refuse } from '../refusal.ts'
import { appliesWhen, type Beginning } from './applies-when.ts'
import {
  type FollowUpPlan,
  type Offset,
  planRef,
  type Repeats,
  type Sampling,
  type StartsOn,
} from './plan.ts'
import { planFaults } from './plan-faults.ts'

/** A tier of one plan version, with what every discharge asks of it worked out once. */
export interface CompiledTier {
  readonly number: number
  readonly role: string
  readonly channel: string
  readonly purpose: string
  readonly questionnaire: string | null
  /** From day 0 to where this time's offsets are counted from, where the plan repeats. */
  readonly after: Offset | null
  readonly opens: Offset
  readonly due: Offset
  readonly acceptEarlyDays: number
  readonly sampling: { readonly rate: number; readonly isForced: boolean } | null
}

export interface CompiledPlan {
  readonly ref: string
  readonly id: string
  readonly version: number
  /** Ascending by number. */
  readonly tiers: readonly CompiledTier[]
  readonly horizonDays: number
  readonly excluded: readonly string[]
  readonly deadlineShift: DeadlineShift
  readonly maxAttempts: number
  readonly minGap: Millis
  readonly startsOn: StartsOn | undefined
  readonly applies: (beginning: Beginning) => boolean
}

const compiled = new WeakMap<FollowUpPlan, CompiledPlan>()

/** Refuses a plan that contradicts itself, with the fault's code and path. */
export const compilePlan = (plan: FollowUpPlan): CompiledPlan => {
  const known = compiled.get(plan)
  if (known) return known
  const ref = planRef(plan)
  const [fault] = planFaults(plan)
  if (fault) return refuse(fault.code, { plan: ref, path: fault.path.join('.') })
  const answer: CompiledPlan = {
    ref,
    id: plan.id,
    version: plan.version,
    tiers: timesOf(plan).sort((a, b) => a.number - b.number),
    horizonDays: plan.horizonDays,
    excluded: plan.excludeDispositions,
    deadlineShift: plan.deadlineShift,
    maxAttempts: plan.attempts.max,
    minGap: plan.attempts.minGapHours * hourMs,
    startsOn: plan.startsOn,
    applies: appliesWhen(ref, plan.appliesWhen),
  }
  compiled.set(plan, answer)
  return answer
}

const timesOf = ({ tiers, repeats }: FollowUpPlan): CompiledTier[] => {
  const most = Math.max(...tiers.map(({ tier }) => tier))
  const times = repeats?.times ?? 1
  return Array.from({ length: times }, (_, nth) => {
    const after = repeats ? multiple(repeats.every, nth) : null
    return tiers.map((tier) => compileTier(tier, tier.tier + nth * most, after))
  }).flat()
}

const multiple = (every: Repeats['every'], times: number): Offset =>
  'days' in every ? { days: every.days * times } : { months: every.months * times }

const compileTier = (
  tier: FollowUpPlan['tiers'][number],
  number: number,
  after: Offset | null,
): CompiledTier => ({
  number,
  after,
  role: tier.role,
  channel: tier.channel,
  purpose: tier.purpose,
  questionnaire: tier.questionnaire ?? null,
  opens: tier.opens,
  due: tier.due,
  acceptEarlyDays: tier.acceptEarlyDays,
  sampling: compileSampling(tier.sampling),
})

const compileSampling = (sampling?: Sampling): CompiledTier['sampling'] => {
  if (!sampling) return null
  const { rate, forceOn } = sampling
  return { rate, isForced: forceOn?.includes('tier1-unreachable') === true }
}
