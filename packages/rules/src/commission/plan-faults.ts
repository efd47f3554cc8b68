import { amountFault, type Minor, readAmount } from '../money/amount.ts'
import type { CommissionPlan } from './plan.ts'

/** What a plan says against itself: a code, and the path of the word that is wrong. */
export interface CommissionPlanFault {
  readonly code: string
  readonly path: readonly (string | number)[]
}

type Path = readonly (string | number)[]

/** Everything that is wrong with a plan of the right shape. */
export const commissionPlanFaults = (plan: CommissionPlan): readonly CommissionPlanFault[] => {
  const faults: CommissionPlanFault[] = []
  const fault = (code: string, ...path: Path) => faults.push({ code, path })

  const amount = (text: string | undefined, ...path: Path): Minor | null => {
    if (text === undefined) return null
    const malformed = amountFault(text, plan.currency)
    if (malformed !== null) fault(malformed, ...path)
    if (malformed !== null) return null
    const read = readAmount(text, plan.currency)
    if (read < 0) fault('commission-plan.negative', ...path)
    return read
  }

  let below = 0
  plan.tiers.forEach(({ upTo, flat }, place) => {
    const isLast = place === plan.tiers.length - 1
    const bound = amount(upTo, 'tiers', place, 'upTo')
    amount(flat, 'tiers', place, 'flat')
    if (isLast && upTo !== undefined) fault('commission-plan.last-tier-bounded', 'tiers', place)
    if (!isLast && upTo === undefined) fault('commission-plan.tier-unbounded', 'tiers', place)
    if (bound === null) return
    if (bound <= below) fault('commission-plan.bounds-not-ascending', 'tiers', place, 'upTo')
    below = bound
  })

  plan.rewards?.forEach(({ from, amount: paid, every, each }, place) => {
    amount(from, 'rewards', place, 'from')
    amount(paid, 'rewards', place, 'amount')
    amount(each, 'rewards', place, 'each')
    if (amount(every, 'rewards', place, 'every') === 0) {
      fault('commission-plan.step-of-nothing', 'rewards', place, 'every')
    }
    if ((every === undefined) !== (each === undefined)) {
      fault('commission-plan.half-a-step', 'rewards', place)
    }
  })
  amount(plan.cap, 'cap')
  amount(plan.floor, 'floor')
  return faults
}
