import type { Opened, Survey } from '@hospital-crm/core'
import type { SurveyAnswer } from '@hospital-crm/rules'
import {
  type FhirExportOptions,
  idFor,
  patientReference,
  staffReference,
  systemOf,
  visitReference,
} from './names.ts'

type Answers = Readonly<Record<string, SurveyAnswer>>

/** A survey with its answers, as it is read with `crm.surveys.get`; what was written is covered unless it was opened. */
export type AnsweredSurvey = Extract<Opened<Survey>, { status: 'answered' | 'anonymous' }>

/**
 * The answers to a survey by its id as a FHIR R4 QuestionnaireResponse, the last version of them, which `readFhir`
 * reads again. One that was given anonymously names nobody and no day.
 */
export const toFhirQuestionnaireResponse = (
  id: string,
  survey: AnsweredSurvey,
  options: FhirExportOptions = {},
) => {
  const [questionnaire = '', version] = survey.questionnaire.split('@')
  const whole = {
    resourceType: 'QuestionnaireResponse' as const,
    id: idFor('survey', id),
    questionnaire: `${systemOf(options)}/questionnaire/${questionnaire}|${version}`,
  }
  if (survey.status === 'anonymous') {
    return { ...whole, status: 'completed' as const, authored: survey.month, item: itemsOf(survey) }
  }
  const { responses, patient, visit } = survey
  const last = responses.at(-1)
  return {
    ...whole,
    identifier: { system: `${systemOf(options)}/survey`, value: id },
    status: responses.length > 1 ? ('amended' as const) : ('completed' as const),
    subject: patientReference(patient),
    encounter: visitReference(visit, options),
    ...(last && { authored: last.at, item: itemsOf(last) }),
    ...(last?.by !== undefined && { author: staffReference(last.by, options) }),
    ...(last && last.proxy === undefined && { source: patientReference(patient) }),
  }
}

/** A question that somebody would rather not answer stands there without an answer. */
const itemsOf = ({
  answers,
  texts,
}: {
  readonly answers: Answers
  readonly texts: Readonly<Record<string, string | null>>
}) => [
  ...Object.entries(answers).map(([linkId, answer]) => {
    const values = valuesOf(answer)
    return values.length > 0 ? { linkId, answer: values } : { linkId }
  }),
  ...Object.entries(texts).flatMap(([linkId, text]) =>
    text === null ? [] : [{ linkId, answer: [{ valueString: text }] }],
  ),
]

const valuesOf = (answer: SurveyAnswer) => {
  if (answer === null) return []
  if (typeof answer === 'number') {
    return [Number.isInteger(answer) ? { valueInteger: answer } : { valueDecimal: answer }]
  }
  return [answer].flat().map((code) => ({ valueCoding: { code } }))
}
