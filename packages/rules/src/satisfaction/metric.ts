import * as z from 'zod'

/** A figure as data in, answer out: the shape it takes and the rule that answers. */
export interface Metric<Schema extends z.ZodType = z.ZodType, Answer = unknown> {
  readonly input: Schema
  readonly of: (input: z.output<Schema>) => Answer
}

/** Pairs a rule with the shape of what it takes. */
export const metric = <Schema extends z.ZodType, Answer>(
  input: Schema,
  of: (input: z.output<Schema>) => Answer,
): Metric<Schema, Answer> => ({ input, of })

export const Count = z.int().min(0)

/** Of a two-sided interval, between 0 and 1. */
export const Confidence = z.number().gt(0).lt(1)
export const usualConfidence = 0.95

/** The lower and the upper bound. */
export type Interval = readonly [low: number, high: number]

export const shape = z.strictObject

/** Refuses a part that is larger than its whole. */
export const within =
  <Key extends string, Whole extends string>(part: Key, whole: Whole) =>
  (value: Readonly<Record<Key | Whole, number>>, context: z.RefinementCtx) => {
    if (value[part] > value[whole]) {
      context.addIssue({ code: 'custom', message: `at most ${whole} expected`, path: [part] })
    }
  }
