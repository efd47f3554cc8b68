import { match, P } from 'ts-pattern'
import { type Seen, subjectOf } from '../../../kernel/slice.ts'
import type { Key } from '../../../ports/store.ts'
import type { Survey, SurveyCommand } from '../schema.ts'

/** The survey of a visit that was asked by hand. */
export const surveyId = (visit: string, questionnaire: string) =>
  `${visit}/${questionnaire.split('@')[0]}`

export const anonymousId = (response: string) => `anonymous/${response}`

/** A survey by its id, or by its link's token, with the token. */
const named = (
  { survey, token }: { readonly survey?: string | undefined; readonly token?: string | undefined },
  { own }: Seen<Survey>,
): readonly string[] => {
  if (token === undefined) return survey === undefined ? [] : [survey]
  const issued = own(token)
  return issued?.status === 'token' ? [issued.of, token] : [token]
}

export const keys = (command: SurveyCommand, seen: Seen<Survey>): readonly string[] =>
  match(command)
    .with({ type: 'ask' }, ({ visit, questionnaire }) => [
      surveyId(visit, questionnaire),
      seen.fresh,
    ])
    .with({ type: 'ask-for-task' }, ({ task }) => [task, seen.fresh])
    .with({ type: P.union('save', 'submit') }, (which) => named(which, seen))
    .with({ type: P.union('amend', 'expire') }, ({ survey }) => [survey])
    .with({ type: 'submit-anonymously' }, ({ response }) => [anonymousId(response)])
    .exhaustive()

/** Where a visit was, and whose it is. */
export const needs = (command: SurveyCommand): readonly Key[] =>
  'visit' in command ? [{ kind: 'encounter', id: command.visit }] : []

/** What a patient writes is the patient's; what nobody is known to have written is the response's own. */
export const subjects = (command: SurveyCommand, seen: Seen<Survey>) => {
  const [main = ''] = keys(command, seen)
  const known = seen.own(main)
  const subject =
    known && 'patient' in known ? subjectOf('patient', known.patient) : subjectOf('survey', main)
  return { subject }
}
