import type { SurveyAnswer, SurveyAnswers } from './answer.ts'
import type { Question } from './question.ts'
import { type Questionnaire, questionsOf } from './questionnaire.ts'

/** What is wrong with the answer to one question; the answer itself is not repeated. */
export interface AnswerFault {
  readonly question: string
  readonly code:
    | 'unknown-question'
    | 'wrong-kind'
    | 'unknown-option'
    | 'option-twice'
    | 'out-of-range'
}

const faultOf = (question: Question, answer: SurveyAnswer): AnswerFault['code'] | undefined => {
  if (answer === null) return undefined
  if (question.kind === 'text') return 'wrong-kind'
  if ('options' in question) {
    if (Array.isArray(answer) !== (question.kind === 'multiple')) return 'wrong-kind'
    const chosen = [answer].flat()
    const values: readonly unknown[] = question.options.map(({ value }) => value)
    if (!chosen.every((each) => values.includes(each))) return 'unknown-option'
    return new Set(chosen).size === chosen.length ? undefined : 'option-twice'
  }
  if (typeof answer !== 'number') return 'wrong-kind'
  if (question.kind === 'scale') {
    if (!Number.isInteger(answer)) return 'wrong-kind'
    return question.from <= answer && answer <= question.to ? undefined : 'out-of-range'
  }
  const { min = -Infinity, max = Infinity } = question
  return min <= answer && answer <= max ? undefined : 'out-of-range'
}

/** What is wrong with answers by the questionnaire; nothing is wrong with those that are missing or hidden. */
export const checkAnswers = (
  questionnaire: Questionnaire,
  answers: SurveyAnswers,
): readonly AnswerFault[] => {
  const questions = new Map(questionsOf(questionnaire).map((question) => [question.id, question]))
  return Object.entries(answers).flatMap(([id, answer]): AnswerFault[] => {
    const question = questions.get(id)
    const code = question ? faultOf(question, answer) : 'unknown-question'
    return code === undefined ? [] : [{ question: id, code }]
  })
}
