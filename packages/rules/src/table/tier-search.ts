import { unitsOf, writeDecimal } from '../condition/decimal.ts'
import type { BoundFact } from '../condition/scope.ts'
import type { Decision } from './decision.ts'
import type { TierSet } from './rule-set.ts'
import { decideTiers, isWhole, type Total, tierDecisions } from './tier-decision.ts'
import { type TierNumbers, tierNumbers } from './tier-numbers.ts'

/** Rates by sums made beforehand and one search in safe integers; exactly where these do not reach. */
export const compileTiers = <Context>(
  set: TierSet,
  fact: BoundFact<Context>,
): ((context: Context) => Decision<Total>) => {
  const exactly = decideTiers(set, fact)
  const decisions = tierDecisions(set)
  const numbers = tierNumbers(set)
  const { scale, limit, ends, fine } = numbers
  const { round } = set
  const isWholeNumber = isWhole(set, fact)
  const isInteger = fact.type === 'integer'
  const unit = 10 ** scale
  const per = 10 ** (fine - round.scale)
  return (context) => {
    const value = fact.get(context)
    const amount =
      typeof value === 'number' && isInteger
        ? value * unit
        : unitsOf(typeof value === 'string' ? value : '', scale)
    if (!(amount <= limit)) return exactly(context)
    const place = searched(ends, amount)
    const total = rounded(amount > 0 ? totalOf(numbers, place, amount) : 0, per, round.mode)
    const outcome = isWholeNumber
      ? total
      : writeDecimal({ digits: BigInt(total), scale: round.scale })
    return decisions.of(outcome, place)
  }
}

const few = 8

/** The place of the first end that the amount does not pass. */
const searched = (ends: readonly number[], amount: number): number => {
  let [low, high] = [0, ends.length]
  while (high - low > few) {
    const middle = (low + high) >> 1
    if (amount > (ends[middle] ?? 0)) low = middle + 1
    else high = middle
  }
  while (low < high && amount > (ends[low] ?? 0)) low += 1
  return low
}

const totalOf = (
  { before, start, rate, steps, cap, floor }: TierNumbers,
  place: number,
  amount: number,
): number => {
  let total = (before[place] ?? 0) + (amount - (start[place] ?? 0)) * (rate[place] ?? 0)
  for (const step of steps) {
    const over = amount - step.from
    if (over >= 0) {
      total += step.amount + (step.every > 0 ? Math.floor(over / step.every) * step.each : 0)
    }
  }
  const capped = total > cap ? cap : total
  return capped < floor ? floor : capped
}

/**
 * A quotient of safe integers is never rounded up to a whole number, or to a half, that it does not reach. Two of
 * 32 bits are divided as whole numbers, in a third of the time.
 */
const rounded = (total: number, per: number, mode: TierSet['round']['mode']): number => {
  if (mode === 'half-even') return roundedToEven(total, per)
  const half = mode === 'half-up' ? per / 2 : 0
  if (total >= 0 && total + per < 2 ** 32) return (((total + half) >>> 0) / (per >>> 0)) >>> 0
  return half > 0 ? Math.round(total / per) : Math.floor(total / per)
}

const roundedToEven = (total: number, per: number): number => {
  const whole = Math.floor(total / per)
  const twice = (total - whole * per) * 2
  return twice > per || (twice === per && whole % 2 === 1) ? whole + 1 : whole
}
