import * as z from 'zod'
import { CommissionPlan } from '../commission/plan.ts'
import { Weight } from '../money/allocate.ts'
import { amountFault } from '../money/amount.ts'
import { Currency } from '../money/currency.ts'
import { Rate } from '../money/rate.ts'

const Word = z.string().min(1)

/** A decimal text with exactly the decimals of the case's currency. */
const Amount = z.string()

const ExpectedLine = z.strictObject({
  tier: z.int().positive(),
  base: Amount,
  rate: Rate,
  amount: Amount,
})

const Earned = z.strictObject({
  commission: Amount.optional(),
  reward: Amount.optional(),
  total: Amount,
})

const Shares = z.strictObject({ shares: z.array(Amount) })

const RateCase = z.strictObject({
  id: Word,
  plan: Word,
  rate: Amount,
  expect: Earned.extend({ lines: z.array(ExpectedLine).optional() }),
})

const ChangeCase = z.strictObject({
  id: Word,
  plan: Word,
  change: z.strictObject({ settled: Amount, now: Amount }),
  expect: Earned,
})

const SeriesCase = z.strictObject({
  id: Word,
  plan: Word,
  series: z.array(Amount),
  expect: Shares,
})

const AllocateCase = z.strictObject({
  id: Word,
  plan: Word.optional(),
  allocate: z.strictObject({
    amount: Amount,
    weights: z.array(Weight).refine((weights) => weights.some((weight) => Number(weight) > 0), {
      message: 'allocation.no-weight',
    }),
    currency: Currency.optional(),
  }),
  expect: Shares,
})

const CommissionCase = z.union([RateCase, ChangeCase, SeriesCase, AllocateCase])

/** The currency in which the amounts of a case are written. */
export const currencyOf = (
  one: z.infer<typeof CommissionCase>,
  plans: Readonly<Record<string, CommissionPlan>>,
): Currency => {
  if ('allocate' in one) return one.allocate.currency ?? 'CNY'
  return plans[one.plan]?.currency ?? 'CNY'
}

type Written = readonly [text: string | undefined, path: readonly PropertyKey[]]

const listed = (texts: readonly string[], ...path: PropertyKey[]): readonly Written[] =>
  texts.map((text, place) => [text, [...path, place]])

const named = (texts: Readonly<Record<string, string | undefined>>, ...path: PropertyKey[]) =>
  Object.entries(texts).map(([name, text]): Written => [text, [...path, name]])

/** Every amount that a case writes, and where. */
const amountsIn = (one: z.infer<typeof CommissionCase>): readonly Written[] => {
  if ('allocate' in one) {
    const { amount } = one.allocate
    return [...named({ amount }, 'allocate'), ...listed(one.expect.shares, 'expect', 'shares')]
  }
  if ('series' in one) {
    return [...listed(one.series, 'series'), ...listed(one.expect.shares, 'expect', 'shares')]
  }
  if ('change' in one) return [...named(one.change, 'change'), ...named(one.expect, 'expect')]
  const { lines = [], ...earned } = one.expect
  return [
    [one.rate, ['rate']],
    ...named(earned, 'expect'),
    ...lines.flatMap(({ base, amount }, place) =>
      named({ base, amount }, 'expect', 'lines', place),
    ),
  ]
}

/** A file of commission cases. Refuses unknown keys, plans it does not hold, and malformed amounts. */
export const CommissionCases = z
  .strictObject({
    format: z.literal('commission-cases/1'),
    plans: z.record(Word, CommissionPlan),
    cases: z.array(CommissionCase),
  })
  .superRefine(({ plans, cases }, context) => {
    const refuse = (message: string, path: PropertyKey[]) =>
      context.addIssue({ code: 'custom', message, path })
    for (const [name, { id, version }] of Object.entries(plans)) {
      if (`${id}@${version}` !== name) refuse('plan.named-otherwise', ['plans', name])
    }
    cases.forEach((one, place) => {
      const at = ['cases', place]
      if (one.plan !== undefined && !Object.hasOwn(plans, one.plan)) {
        refuse('plan.unknown', [...at, 'plan'])
        return
      }
      for (const [text, path] of amountsIn(one)) {
        const fault = text === undefined ? null : amountFault(text, currencyOf(one, plans))
        if (fault !== null) refuse(fault, [...at, ...path])
      }
    })
  })
export type CommissionCases = z.infer<typeof CommissionCases>
export type CommissionCase = z.infer<typeof CommissionCase>
