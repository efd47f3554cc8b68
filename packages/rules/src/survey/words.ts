import { compileCondition } from '../condition/compile-condition.ts'
import type { Condition } from '../condition/condition.ts'
import type { Fact, Facts } from '../condition/fact.ts'
import { scopeOf } from '../condition/scope.ts'
import { refuse } from '../refusal.ts'
import type { SurveyAnswers } from './answer.ts'
import type { Question } from './question.ts'

const factOf = (question: Question): Fact<SurveyAnswers> | undefined => {
  const { id } = question
  if (question.kind === 'text') return undefined
  if (question.kind === 'multiple') {
    return {
      type: 'strings',
      optional: true,
      get: (answers) => (Array.isArray(answers[id]) ? answers[id] : null),
    }
  }
  if (question.kind === 'single') {
    return {
      type: 'string',
      optional: true,
      get: (answers) => (typeof answers[id] === 'string' ? answers[id] : null),
    }
  }
  return {
    type: 'number',
    optional: true,
    get: (answers) => (typeof answers[id] === 'number' ? answers[id] : null),
  }
}

/** The answers that a condition may ask for: all of these questions but free texts. */
export const factsOf = (questions: readonly Question[]): Facts<SurveyAnswers> =>
  Object.fromEntries(
    questions.flatMap((question) => {
      const fact = factOf(question)
      return fact ? [[question.id, fact] as const] : []
    }),
  )

/** Compiles a condition on answers. Refuses a word that is none of the questions (`rules.unknown-word`). */
export const onAnswers = (set: string, condition: Condition, questions: readonly Question[]) =>
  compileCondition(
    condition,
    scopeOf({ id: set }, { facts: factsOf(questions) }, () => refuse('rules.unknown-set', { set })),
  )
