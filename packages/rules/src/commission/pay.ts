import * as z from 'zod'
import { addMonths, Day, type DayNumber, readDay } from '../calendar/day.ts'
import { amountFault, type Minor, narrow, readAmount, safe } from '../money/amount.ts'
import { Currency } from '../money/currency.ts'
import { divideBig, RoundingMode } from '../money/rounding.ts'
import { refuse } from '../refusal.ts'
import type { Month } from './settlement-facts.ts'

const Word = z.string().min(1)

/**
 * What the stages of an employment are paid a month, besides commission: amounts with the decimals of
 * the currency. A month worked in part is paid by calendar days. Refuses malformed amounts.
 */
export const PayScheme = z
  .strictObject({
    id: Word,
    version: z.int().positive(),
    currency: Currency,
    /** In force from this day. */
    from: Day,
    rounding: RoundingMode,
    stages: z.record(Word, z.array(z.strictObject({ id: Word, amount: z.string() }))),
  })
  .superRefine(({ currency, stages }, context) => {
    for (const [stage, components] of Object.entries(stages)) {
      components.forEach(({ amount }, place) => {
        const message = amountFault(amount, currency)
        if (message === null) return
        const path = ['stages', stage, place, 'amount']
        context.addIssue({ code: 'custom', message, path })
      })
    }
  })
export type PayScheme = z.infer<typeof PayScheme>

/** From when until when (both included) somebody is employed in a stage. */
export const Assignment = z.strictObject({ stage: Word, from: Day, to: Day.optional() })
export type Assignment = z.infer<typeof Assignment>

export interface PayLine {
  readonly stage: string
  readonly component: string
  readonly days: number
  readonly ofDays: number
  readonly amount: Minor
}

export interface Pay {
  readonly scheme: string
  readonly month: Month
  readonly lines: readonly PayLine[]
  readonly commission: Minor
  readonly gross: Minor
}

/**
 * The pay of a month in minor units: each component for the days of its stage, and the commission of
 * the month's statement. Refuses assignments that overlap (`pay.overlap`), a stage the scheme does not
 * have (`pay.stage-unknown`) and a month before the scheme is in force (`pay.not-in-force`).
 */
export const payOf = (
  scheme: PayScheme,
  facts: {
    readonly month: Month
    readonly assignments: readonly Assignment[]
    readonly commission: Minor
  },
): Pay => {
  const { month, assignments, commission } = facts
  const first = readDay(`${month}-01`)
  const next = addMonths(first, 1)
  if (next <= readDay(scheme.from)) refuse('pay.not-in-force', { month })
  const lines = spans(assignments, first, next - 1).flatMap(({ stage, days }) => {
    const components = scheme.stages[stage] ?? refuse('pay.stage-unknown', { stage })
    return components.map(({ id, amount }): PayLine => {
      const whole = BigInt(readAmount(amount, scheme.currency)) * BigInt(days)
      const paid = narrow(divideBig(whole, BigInt(next - first), scheme.rounding))
      return { stage, component: id, days, ofDays: next - first, amount: paid }
    })
  })
  const gross = safe(lines.reduce((sum, { amount }) => sum + amount, safe(commission)))
  return { scheme: `${scheme.id}@${scheme.version}`, month, lines, commission, gross }
}

const spans = (assignments: readonly Assignment[], first: DayNumber, last: DayNumber) => {
  const inTime = assignments
    .map(({ stage, from, to }) => ({
      stage,
      from: readDay(from),
      to: to === undefined ? Number.POSITIVE_INFINITY : readDay(to),
    }))
    .toSorted((a, b) => a.from - b.from)
  inTime.forEach(({ from, stage }, place) => {
    const before = inTime[place - 1]
    if (before && from <= before.to) refuse('pay.overlap', { stage })
  })
  return inTime.flatMap(({ stage, from, to }) => {
    const days = Math.min(to, last) - Math.max(from, first) + 1
    return days > 0 ? [{ stage, days }] : []
  })
}
