import * as z from 'zod'
import { Condition } from '../condition/condition.ts'
import { questionnaireFaults } from './faults.ts'
import { type Question, RedFlag, Section, Wording } from './question.ts'

const shape = z.strictObject({
  id: z.string().regex(/^[a-z][a-z0-9-]*$/),
  version: z.int().positive(),
  title: Wording,
  sections: z.array(Section).min(1).max(50),
  redFlags: z.array(RedFlag).max(50).default([]),
  /** When a response counts as satisfied; without it from an overall score of 80 on. */
  satisfiedWhen: Condition.optional(),
  /** The question, from 0 to 10, whose answers make the net promoter score. */
  recommends: z.string().optional(),
})
export type QuestionnaireShape = z.infer<typeof shape>

/**
 * What is asked, in which order and of whom, what counts as satisfied and what alarms. A version that
 * was asked is never changed. Refuses faults by code and path, such as a condition that looks ahead
 * (`rules.unknown-word`).
 */
export const Questionnaire = shape.superRefine((of, context) => {
  for (const { code, path } of questionnaireFaults(of)) {
    context.addIssue({ code: 'custom', message: code, path: [...path] })
  }
})
export type Questionnaire = z.infer<typeof Questionnaire>

/** Names a version of a questionnaire: `id@version`. */
export const questionnaireRef = ({ id, version }: Pick<Questionnaire, 'id' | 'version'>) =>
  `${id}@${version}`

export const questionsOf = ({ sections }: Questionnaire): readonly Question[] =>
  sections.flatMap(({ questions }) => questions)
