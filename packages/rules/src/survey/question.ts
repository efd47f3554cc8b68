import * as z from 'zod'
import { Condition } from '../condition/condition.ts'

/** A short name inside a questionnaire; answers and conditions go by it. */
const Name = z.string().regex(/^[a-z][a-z0-9-]*$/)

/** What is read out or shown, in every language of the questionnaire. */
export const Wording = z.strictObject({ 'zh-CN': z.string().min(1), en: z.string().min(1) })
export type Wording = z.infer<typeof Wording>

const Option = z.strictObject({
  value: Name,
  title: Wording,
  /** From 0 to 100; one without is no judgement, such as "does not apply", and enters no mean. */
  score: z.number().min(0).max(100).optional(),
})

const asked = {
  id: Name,
  title: Wording,
  /** A response without it is partial, unless the question was not shown. */
  required: z.boolean().default(true),
  /** Shown only where this holds of the answers before it; one that was not given is missing. */
  when: Condition.optional(),
}
const options = z.array(Option).min(2).max(30)

export const Question = z.discriminatedUnion('kind', [
  z.strictObject({ ...asked, kind: z.literal('single'), options }),
  z.strictObject({ ...asked, kind: z.literal('multiple'), options }),
  /** Whole numbers from one end to the other; scored in a straight line from 0 to 100. */
  z.strictObject({
    ...asked,
    kind: z.literal('scale'),
    from: z.int(),
    to: z.int(),
    low: Wording,
    high: Wording,
    /** The low end is the good one. */
    reversed: z.boolean().default(false),
    /** A figure that is no judgement, such as pain, enters no mean. */
    scored: z.boolean().default(true),
  }),
  z.strictObject({
    ...asked,
    kind: z.literal('number'),
    min: z.number().optional(),
    max: z.number().optional(),
  }),
  /** Free text: sealed where it is kept, and no condition may ask for it. */
  z.strictObject({
    ...asked,
    kind: z.literal('text'),
    required: z.boolean().default(false),
    longest: z.int().min(1).max(4000).default(2000),
  }),
])
export type Question = z.infer<typeof Question>

export const Section = z.strictObject({
  id: Name,
  title: Wording,
  when: Condition.optional(),
  questions: z.array(Question).min(1).max(100),
  /** The section has a score where at least this share of its scored questions is answered. */
  minAnsweredShare: z.number().min(0).max(1).default(0.5),
})
export type Section = z.infer<typeof Section>

/** An answer that somebody must look at: who, and how soon. */
export const RedFlag = z.strictObject({
  id: Name,
  title: Wording,
  when: Condition,
  /** The role whose member looks at it. */
  role: z.string().min(1),
  withinHours: z
    .number()
    .positive()
    .max(24 * 365),
})
export type RedFlag = z.infer<typeof RedFlag>
