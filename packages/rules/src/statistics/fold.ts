import * as z from 'zod'
import { Day } from '../calendar/day.ts'
import { refuse } from '../refusal.ts'
import { type Cell, merged } from './cell.ts'

const Word = z.string().min(1)
const Scalar = z.union([z.string(), z.number(), z.boolean()])

/** A field is this, one of these, or a number within these bounds. */
const Test = z.union([
  Scalar,
  z.array(Scalar).min(1),
  z.strictObject({ atLeast: z.number().optional(), atMost: z.number().optional() }),
])
type Test = z.infer<typeof Test>

const CountRule = z.strictObject({
  measure: Word,
  /** All of these must hold; always where empty. */
  when: z.record(Word, Test).default({}),
  /** The field whose whole number is added; 1 unless told. */
  plus: Word.optional(),
  /** Adds the square of it, which a mean's interval needs. */
  squared: z.boolean().optional(),
})

/** What is counted of one kind of record, and into which cells. Data, so that a hospital adds its own. */
export const Fold = z.strictObject({
  id: Word,
  /** Kinds of records, such as `follow-up`, or single event types, such as `call.recorded`. */
  of: z.array(Word).min(1),
  /** The field that holds the local day on which the record counts. */
  day: Word,
  period: z.enum(['day', 'month']),
  /** Dimensions, such as department, doctor, agent, region or channel, by the field that tells them. */
  keys: z.record(Word, Word),
  counts: z.array(CountRule).min(1),
})
export type Fold = z.infer<typeof Fold>

/** What a fold may look at of a record, as it stands at one time. */
export type Picture = Readonly<Record<string, string | number | boolean | null | undefined>>

/**
 * An event as a fold sees it: what the record was before and is after. Of one record, each `before`
 * is the `after` of the event before it; nothing where it was not, or is no more.
 */
export const Change = z.strictObject({
  type: Word,
  /** The local day on which it became known, which may be long after the day on which it counts. */
  known: Day,
  before: z.record(z.string(), Scalar.nullish()).nullish(),
  after: z.record(z.string(), Scalar.nullish()).nullish(),
})
export type Change = z.infer<typeof Change>

const holds = (test: Test, value: Picture[string]): boolean => {
  if (Array.isArray(test)) return test.some((one) => one === value)
  if (typeof test !== 'object') return test === value
  const { atLeast = -Infinity, atMost = Infinity } = test
  return typeof value === 'number' && atLeast <= value && value <= atMost
}

const amountOf = ({ plus, squared = false, measure }: z.infer<typeof CountRule>, of: Picture) => {
  const told = plus === undefined ? 1 : (of[plus] ?? 0)
  const amount = squared ? Number(told) ** 2 : told
  return typeof told === 'number' && typeof amount === 'number' && Number.isSafeInteger(amount)
    ? amount
    : refuse('statistic.not-whole', { measure })
}

const cellsOf = (fold: Fold, known: Day, sign: 1 | -1, picture: Picture): Cell[] => {
  const day = picture[fold.day]
  if (typeof day !== 'string') return []
  const keys = Object.fromEntries(
    Object.entries(fold.keys).map(([dimension, field]) => [dimension, `${picture[field] ?? ''}`]),
  )
  const period = fold.period === 'month' ? day.slice(0, 7) : day.slice(0, 10)
  return fold.counts
    .filter(({ when }) => Object.entries(when).every(([name, test]) => holds(test, picture[name])))
    .map((rule) => ({
      fold: fold.id,
      measure: rule.measure,
      ...{ period, keys, known },
      n: sign * amountOf(rule, picture),
    }))
}

/**
 * What an event adds to the cells of a fold: what counts after it, less what counted before, so that
 * a late fact corrects the earlier period it belongs to. Nothing for events that do not concern it.
 * Refuses an amount that is no whole number (`statistic.not-whole`).
 */
export const contributions = (
  fold: Fold,
  { type, known, before, after }: Change,
): readonly Cell[] =>
  fold.of.some((name) => type === name || type.startsWith(`${name}.`))
    ? merged([
        ...(after ? cellsOf(fold, known, 1, after) : []),
        ...(before ? cellsOf(fold, known, -1, before) : []),
      ])
    : []
