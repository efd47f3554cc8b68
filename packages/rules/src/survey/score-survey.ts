import * as z from 'zod'
import { roundHalfUp } from '../satisfaction/rounding.ts'
import type { SurveyAnswer, SurveyAnswers } from './answer.ts'
import type { Question } from './question.ts'
import { type Questionnaire, questionsOf } from './questionnaire.ts'
import { type Shown, shownBy } from './visible.ts'
import { onAnswers } from './words.ts'

/** What a response comes to. Undefined figures are `null`, never 0. */
export const SurveyScore = z.strictObject({
  /** Every required question that was shown is answered, if only by "would rather not say". */
  isComplete: z.boolean(),
  /** Mean of the answered scored questions from 0 to 100, by section. */
  sections: z.record(z.string(), z.number().nullable()),
  /** Mean of the sections' scores, from 0 to 100. */
  overall: z.number().nullable(),
  /** The same as a whole number, half up: what statistics add. */
  points: z.int().nullable(),
  satisfied: z.boolean().nullable(),
  /** From 0 to 10. */
  recommend: z.int().nullable(),
  /** Ids of the red flags that these answers raise. */
  redFlags: z.array(z.string()),
})
export type SurveyScore = z.infer<typeof SurveyScore>

const mean = (values: readonly number[]) =>
  values.length === 0 ? null : values.reduce((sum, value) => sum + value, 0) / values.length

const isScored = (question: Question) =>
  question.kind === 'scale'
    ? question.scored
    : question.kind === 'single' && question.options.some(({ score }) => score !== undefined)

/** 100·(x − a)/(b − a) on a scale (linear scaling as the SEER-CAHPS guidance has it), an option's own score else. */
const scoreOf = (question: Question, answer: SurveyAnswer | undefined): number | null => {
  if (question.kind === 'single') {
    return question.options.find(({ value }) => value === answer)?.score ?? null
  }
  if (question.kind !== 'scale' || typeof answer !== 'number') return null
  const { from, to, reversed } = question
  return (100 * (reversed ? to - answer : answer - from)) / (to - from)
}

/** Somebody to whom a question does not apply is no respondent of it. */
const isNoJudgement = (question: Question, answer: SurveyAnswer | undefined) =>
  question.kind === 'single' &&
  question.options.some(({ value, score }) => value === answer && score === undefined)

const sectionScore = ({ section, questions }: Shown, answers: SurveyAnswers): number | null => {
  const scored = questions.filter(
    (question) => isScored(question) && !isNoJudgement(question, answers[question.id]),
  )
  const scores = scored.flatMap((question) => scoreOf(question, answers[question.id]) ?? [])
  return scores.length >= section.minAnsweredShare * scored.length ? mean(scores) : null
}

/** The scale that somebody is satisfied from, where the questionnaire does not say. */
const satisfiedFrom = 80

/**
 * Scores a response: a section by the mean of what was answered (at least its share), the whole by the
 * mean of the sections. Answers to what was not shown count nowhere. `texts` names the free texts given.
 */
export const scoreSurvey = (
  questionnaire: Questionnaire,
  answers: SurveyAnswers,
  texts: readonly string[] = [],
): SurveyScore => {
  const { shown, counted } = shownBy(questionnaire, answers)
  const all = questionsOf(questionnaire)
  const holds = (when: Question['when']) =>
    when !== undefined && onAnswers(questionnaire.id, when, all)(counted)
  const sections = Object.fromEntries(
    shown
      .filter(({ questions }) => questions.some(isScored))
      .map((each) => [each.section.id, sectionScore(each, counted)]),
  )
  const overall = mean(Object.values(sections).flatMap((score) => score ?? []))
  const { recommends, satisfiedWhen, redFlags } = questionnaire
  const recommend = recommends === undefined ? null : (counted[recommends] ?? null)
  const byScore = overall === null ? null : overall >= satisfiedFrom
  return {
    isComplete: shown.every(({ questions }) =>
      questions.every(
        ({ id, required }) => !required || counted[id] !== undefined || texts.includes(id),
      ),
    ),
    sections,
    overall,
    points: overall === null ? null : roundHalfUp(overall, 0),
    satisfied: overall === null || satisfiedWhen === undefined ? byScore : holds(satisfiedWhen),
    recommend: typeof recommend === 'number' ? recommend : null,
    redFlags: redFlags.filter(({ when }) => holds(when)).map(({ id }) => id),
  }
}
