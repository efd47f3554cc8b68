import type { Minor } from '../money/amount.ts'
import { compileCommission } from './compiled-plan.ts'
import type { CommissionPlan } from './plan.ts'
import { type Rating, rateCommission } from './rate-commission.ts'

/**
 * What a plan pays one minor unit below, at, and above every bound and the first two steps of every
 * reward: for whoever approves it to see on which side each figure falls.
 */
export const workedTable = (plan: CommissionPlan): readonly Rating[] => {
  const { bounded } = compileCommission(plan)
  const { rewards } = compileCommission(plan)
  const edges = [
    ...bounded.map(({ until }) => until),
    ...rewards.flatMap(({ from, every }) => [from, from + every]),
  ]
  const bases = new Set<Minor>([0, ...edges.flatMap((edge) => [edge - 1, edge, edge + 1])])
  return [...bases]
    .filter((base) => base >= 0)
    .toSorted((a, b) => a - b)
    .map((base) => rateCommission(plan, base))
}
