import type { SurveyAnswers } from './answer.ts'
import type { Question, Section } from './question.ts'
import type { Questionnaire } from './questionnaire.ts'
import { onAnswers } from './words.ts'

/** A section as far as it is shown. */
export interface Shown {
  readonly section: Section
  readonly questions: readonly Question[]
}

type Asks = (answers: SurveyAnswers) => boolean
interface Compiled {
  readonly section: Section
  readonly isShown: Asks
  readonly questions: readonly { readonly question: Question; readonly isShown: Asks }[]
}

const compiled = new WeakMap<Questionnaire, readonly Compiled[]>()

const compile = (questionnaire: Questionnaire): readonly Compiled[] => {
  const known = compiled.get(questionnaire)
  if (known) return known
  const all = questionnaire.sections.flatMap(({ questions }) => questions)
  const asks = (when: Question['when']): Asks =>
    when === undefined ? () => true : onAnswers(questionnaire.id, when, all)
  const made = questionnaire.sections.map((section) => ({
    section,
    isShown: asks(section.when),
    questions: section.questions.map((question) => ({ question, isShown: asks(question.when) })),
  }))
  compiled.set(questionnaire, made)
  return made
}

/** The sections and questions that these answers show, and the answers without those to what is hidden. */
export const shownBy = (questionnaire: Questionnaire, answers: SurveyAnswers) => {
  const counted: Record<string, SurveyAnswers[string]> = {}
  const shown = compile(questionnaire).flatMap(({ section, isShown, questions }): Shown[] => {
    if (!isShown(counted)) return []
    const seen = questions.flatMap(({ question, isShown: isAsked }) => {
      if (!isAsked(counted)) return []
      const answer = answers[question.id]
      if (answer !== undefined) counted[question.id] = answer
      return [question]
    })
    return [{ section, questions: seen }]
  })
  return { shown, counted: counted as SurveyAnswers }
}

/** The questions that are shown by these answers, in order. An answer to a hidden question shows nothing. */
export const visibleQuestions = (
  questionnaire: Questionnaire,
  answers: SurveyAnswers,
): readonly Question[] =>
  shownBy(questionnaire, answers).shown.flatMap(({ questions }) => questions)

/** The first question that is shown and not answered; `answered` also names free texts that were given. */
export const nextQuestion = (
  questionnaire: Questionnaire,
  answers: SurveyAnswers,
  answered: readonly string[] = [],
): Question | undefined =>
  visibleQuestions(questionnaire, answers).find(
    ({ id }) => answers[id] === undefined && !answered.includes(id),
  )
