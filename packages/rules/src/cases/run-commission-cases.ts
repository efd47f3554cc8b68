import { commissionChange, commissionSeries } from '../commission/contributions.ts'
import type { CommissionPlan } from '../commission/plan.ts'
import { type Earned, rateCommission } from '../commission/rate-commission.ts'
import { allocate } from '../money/allocate.ts'
import { type Minor, readAmount, writeAmount } from '../money/amount.ts'
import { readRate } from '../money/rate.ts'
import { Refusal, refuse } from '../refusal.ts'
import { type CommissionCase, type CommissionCases, currencyOf } from './commission-cases.ts'
import { type CaseResult, type Difference, differences } from './difference.ts'

/** Runs every case of a parsed file. A case that the library refuses to answer has failed. */
export const runCommissionCases = ({ plans, cases }: CommissionCases): readonly CaseResult[] =>
  cases.map((one) => ({ id: one.id, differences: runCase(one, plans) }))

const runCase = (
  one: CommissionCase,
  plans: Readonly<Record<string, CommissionPlan>>,
): readonly Difference[] => {
  const currency = currencyOf(one, plans)
  try {
    return answerTo(one, plans, {
      read: (text) => readAmount(text, currency),
      write: (amount) => writeAmount(amount, currency),
    })
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    return [{ where: 'case', expected: 'an answer', actual: error.code }]
  }
}

interface Writing {
  readonly read: (text: string) => Minor
  readonly write: (amount: Minor) => string
}

const answerTo = (
  one: CommissionCase,
  plans: Readonly<Record<string, CommissionPlan>>,
  { read, write }: Writing,
): readonly Difference[] => {
  if ('allocate' in one) {
    const shares = allocate(read(one.allocate.amount), one.allocate.weights)
    return differences('allocate', one.expect, { shares: shares.map(write) })
  }
  const plan = plans[one.plan] ?? refuse('plan.unknown')
  const earned = ({ commission, reward, total }: Earned) => ({
    commission: write(commission),
    reward: write(reward),
    total: write(total),
  })
  if ('series' in one) {
    const bills = commissionSeries(plan, one.series.map(read))
    return differences('series', one.expect, { shares: bills.map(({ total }) => write(total)) })
  }
  if ('change' in one) {
    const { settled, now } = one.change
    const change = commissionChange(plan, { settled: read(settled), now: read(now) })
    return differences('change', one.expect, earned(change))
  }
  const rating = rateCommission(plan, read(one.rate))
  const lines = rating.lines.map((line, place) => ({
    tier: line.tier,
    base: write(line.base),
    rate: asWritten(line.rate, one.expect.lines?.[place]?.rate),
    amount: write(line.amount),
  }))
  return differences('rate', one.expect, { ...earned(rating), lines })
}

/** `"5%"` and `"0.05"` are one rate. */
const asWritten = (rate: string, expected: string | undefined): string => {
  if (expected === undefined) return rate
  const [one, other] = [readRate(rate), readRate(expected)]
  return one.parts === other.parts && one.per === other.per ? expected : rate
}
