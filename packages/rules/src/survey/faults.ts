import type { Condition } from '../condition/condition.ts'
import { fold } from '../condition/fold.ts'
import { operandsOf } from '../condition/holds.ts'
import { Refusal } from '../refusal.ts'
import type { Question } from './question.ts'
import type { QuestionnaireShape } from './questionnaire.ts'
import { onAnswers } from './words.ts'

/** What a questionnaire says against itself: a code, and the path of the word that is wrong. */
export interface QuestionnaireFault {
  readonly code: string
  readonly path: readonly (string | number)[]
}

const repeated = (names: readonly string[]) =>
  names.flatMap((name, place) => (names.indexOf(name) === place ? [] : [place]))

/** An option that a condition waits for and that nobody can give. */
const asksForNoOption = (condition: Condition, questions: readonly Question[]): boolean => {
  const some = (parts: readonly boolean[]) => parts.some(Boolean)
  return fold<boolean>(condition, {
    test: (test) => {
      const asked = 'fact' in test && questions.find(({ id }) => id === test.fact)
      if (!asked || !('options' in asked)) return false
      const values = asked.options.map(({ value }) => value)
      return operandsOf(test).some((word) => typeof word === 'string' && !values.includes(word))
    },
    all: some,
    any: some,
    not: (part) => part,
    use: () => false,
  })
}

type Coded = Pick<QuestionnaireFault, 'code'>

const conditionFaults = (
  condition: Condition | undefined,
  questions: readonly Question[],
): readonly Coded[] => {
  if (condition === undefined) return []
  try {
    onAnswers('questionnaire', condition, questions)
    return asksForNoOption(condition, questions) ? [{ code: 'survey.no-such-option' }] : []
  } catch (error) {
    if (error instanceof Refusal) return [error]
    throw error
  }
}

const questionFaults = (question: Question): readonly (Coded & { readonly key: string })[] => {
  if ('options' in question) {
    const twice = repeated(question.options.map(({ value }) => value)).length > 0
    return twice ? [{ code: 'survey.option-twice', key: 'options' }] : []
  }
  if (question.kind === 'text') return []
  const { min, max, key } =
    question.kind === 'scale'
      ? { min: question.from, max: question.to - 1, key: 'to' }
      : { min: question.min ?? -Infinity, max: question.max ?? Infinity, key: 'max' }
  return min <= max ? [] : [{ code: 'survey.scale-is-empty', key }]
}

/** A condition may name only what is asked before it, so that no question waits for itself. */
export const questionnaireFaults = (of: QuestionnaireShape): readonly QuestionnaireFault[] => {
  const faults: QuestionnaireFault[] = []
  const before: Question[] = []
  const fault = (code: string, ...path: (string | number)[]) => void faults.push({ code, path })
  const ask = (when: Condition | undefined, ...path: (string | number)[]) => {
    for (const { code } of conditionFaults(when, before)) faults.push({ code, path })
  }
  for (const [at, section] of of.sections.entries()) {
    ask(section.when, 'sections', at, 'when')
    for (const [place, question] of section.questions.entries()) {
      const path = ['sections', at, 'questions', place]
      if (before.some(({ id }) => id === question.id)) fault('survey.question-twice', ...path, 'id')
      ask(question.when, ...path, 'when')
      for (const { code, key } of questionFaults(question))
        faults.push({ code, path: [...path, key] })
      before.push(question)
    }
  }
  for (const place of repeated(of.sections.map(({ id }) => id))) {
    fault('survey.section-twice', 'sections', place, 'id')
  }
  for (const place of repeated(of.redFlags.map(({ id }) => id))) {
    fault('survey.red-flag-twice', 'redFlags', place, 'id')
  }
  for (const [at, { when }] of of.redFlags.entries()) {
    ask(when, 'redFlags', at, 'when')
  }
  ask(of.satisfiedWhen, 'satisfiedWhen')
  const recommends = before.find(({ id }) => id === of.recommends)
  const isTen = recommends?.kind === 'scale' && recommends.from === 0 && recommends.to === 10
  if (of.recommends !== undefined && !isTen) fault('survey.recommends-not-0-to-10', 'recommends')
  return faults
}
