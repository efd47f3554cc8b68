import {
  checkAnswers,
  type Questionnaire,
  questionnaireRef,
  type SurveyAnswers,
  type SurveyScore,
  scoreSurvey,
} from '@hospital-crm/rules'
import { localDay } from '../../../kernel/local-day.ts'
import { refuse } from '../../../kernel/refusal.ts'
import type { Context } from '../../../kernel/slice.ts'
import { canonical, withoutWords } from '../../../kernel/tree.ts'
import type { Asked, Survey, SurveyCommand, SurveyEvent } from '../schema.ts'
import { questionnaireIn } from './ask.ts'

type Said<Type extends SurveyCommand['type']> = Extract<SurveyCommand, { type: Type }>
type Given = Pick<Said<'submit'>, 'answers' | 'texts'>

const hourMs = 3_600_000

/** What was given, without hidden mistakes and without the words that would outlast the person. */
const checked = (questionnaire: Questionnaire, { answers, texts }: Given): Given => {
  // What is no question of the form is a word somebody chose, and is not repeated.
  const faults = checkAnswers(questionnaire, answers).map(({ question, code }) => ({
    question: code === 'unknown-question' ? '*' : question,
    code,
  }))
  if (faults.length > 0) return refuse('survey.bad-answers', { faults })
  const asksForText = new Set(
    questionnaire.sections.flatMap(({ questions }) =>
      questions.flatMap(({ kind, id }) => (kind === 'text' ? [id] : [])),
    ),
  )
  const stray = Object.keys(texts).filter((id) => !asksForText.has(id))
  if (stray.length > 0) return refuse('survey.text-unasked', { questionnaire: questionnaire.id })
  return { answers, texts: withoutWords(texts) }
}

const scored = (questionnaire: Questionnaire, { answers, texts }: Given) =>
  scoreSurvey(questionnaire, answers, Object.keys(texts))

/** Flags that no earlier version of the response has raised. */
const flagsOf = (
  { redFlags }: Questionnaire,
  { redFlags: raised }: SurveyScore,
  before: readonly string[],
  now: string,
) =>
  redFlags.flatMap(({ id: flag, role, withinHours }) => {
    if (!raised.includes(flag) || before.includes(flag)) return []
    const due = new Date(Date.parse(now) + withinHours * hourMs).toISOString()
    return [{ flag, role, due }]
  })

const whose = ({ patient, visit, attending, questionnaire, department, send }: Asked) => ({
  ...{ patient, visit, questionnaire, send },
  ...(attending !== undefined && { attending }),
  ...(department !== undefined && { department }),
})

const how = ({ mode, by, proxy }: Pick<Said<'submit'>, 'mode' | 'by' | 'proxy'>) => ({
  mode,
  ...(by !== undefined && { by }),
  ...(proxy !== undefined && { proxy }),
})

/** A link is of no use after its time; somebody on the telephone still may answer. */
const stillOpen = (
  { expires }: Asked,
  { token }: { readonly token?: string | undefined },
  { now, id }: Context<Survey>,
) => (token === undefined || now < expires ? undefined : refuse('survey.expired', { survey: id }))

export const save = (asked: Asked, said: Said<'save'>, context: Context<Survey>): SurveyEvent[] => {
  stillOpen(asked, said, context)
  const given = checked(questionnaireIn(context.policy, asked.questionnaire), said)
  return [{ type: 'survey.saved', ...given, at: context.now }]
}

export const submit = (
  asked: Asked,
  said: Said<'submit'>,
  context: Context<Survey>,
): SurveyEvent[] => {
  stillOpen(asked, said, context)
  const questionnaire = questionnaireIn(context.policy, asked.questionnaire)
  const given = checked(questionnaire, said)
  const score = scored(questionnaire, given)
  const flags = flagsOf(questionnaire, score, [], context.now)
  return [
    {
      type: 'survey.submitted',
      ...{ ...given, ...how(said), score },
      ...{ ...whose(asked), flags, at: context.now },
    },
  ]
}

const isSame = (one: SurveyAnswers, other: SurveyAnswers) => canonical(one) === canonical(other)

/** Whoever lost the answer to their submission sends the same again. */
export const submitAgain = (
  responses: readonly { readonly answers: SurveyAnswers }[],
  { answers }: Given,
  { id }: Context<Survey>,
): SurveyEvent[] =>
  isSame(responses[0]?.answers ?? {}, answers)
    ? []
    : refuse('survey.already-answered', { survey: id })

export const amend = (
  answered: Extract<Survey, { status: 'answered' }>,
  said: Said<'amend'>,
  { now, policy }: Context<Survey>,
): SurveyEvent[] => {
  const questionnaire = questionnaireIn(policy, answered.questionnaire)
  const given = checked(questionnaire, said)
  const score = scored(questionnaire, given)
  const before = answered.responses.flatMap((each) => each.score.redFlags)
  const flags = flagsOf(questionnaire, score, before, now)
  return [
    {
      type: 'survey.amended',
      ...{ ...given, ...how(said), score, why: said.why },
      ...{ ...whose(answered), flags, at: now },
    },
  ]
}

/** Keeps the month alone, so that no list of visitors tells who it was. */
export const submitAnonymously = (
  { questionnaire: name, department, mode, ...said }: Said<'submit-anonymously'>,
  { now, policy }: Context<Survey>,
): SurveyEvent[] => {
  const questionnaire = questionnaireIn(policy, name)
  const given = checked(questionnaire, said)
  const score = scored(questionnaire, given)
  return [
    {
      type: 'survey.answered-anonymously',
      ...given,
      questionnaire: questionnaireRef(questionnaire),
      ...(department !== undefined && { department }),
      ...{ mode, score, flags: flagsOf(questionnaire, score, [], now) },
      month: localDay(policy.zone, now).slice(0, 7),
    },
  ]
}
