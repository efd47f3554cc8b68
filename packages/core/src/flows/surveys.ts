import { flow, raise } from '../kernel/flow.ts'
import type { FollowUpEvent, TaskCame } from '../slices/follow-ups/schema.ts'
import { message } from '../slices/messages/index.ts'
import { survey } from '../slices/surveys/index.ts'
import type { SurveyEvent } from '../slices/surveys/schema.ts'
import { duty } from '../slices/tasks/index.ts'

type Told<Type extends SurveyEvent['type']> = Extract<SurveyEvent, { type: Type }>

/** A call for satisfaction that falls due brings its questionnaire, where the pack sends one. */
const openTaskAsksSurvey = flow<Extract<FollowUpEvent, { type: 'follow-up.planned' }> | TaskCame>(
  'open-task-asks-survey',
  ['follow-up.planned', 'follow-up.opened'],
  ({ event: { task } }) => {
    const { key, visit, tier, state, purpose, plan, planVersion, imported } = task
    if (state !== 'open' || purpose !== 'satisfaction' || imported) return []
    const said = { visit, task: key, plan: `${plan}@${planVersion}`, tier }
    return [raise(survey, key, { type: 'ask-for-task', ...said })]
  },
)

const invitation = (
  id: string,
  patient: string,
  until: string,
  params: Record<string, string>,
  template: string,
) =>
  raise(message, `survey:${id}`, {
    type: 'ask',
    message: `survey:${id}`,
    to: { patient },
    purpose: 'satisfaction',
    grade: 'ordinary',
    template,
    params,
    about: `${survey.name}/${id}`,
    until,
  })

const askedSurveyIsSent = flow<Told<'survey.asked'>>(
  'asked-survey-is-sent',
  'survey.asked',
  ({ key: { id }, event: { patient, send, token, expires } }) =>
    send ? [invitation(id, patient, expires, { token }, 'survey.invited')] : [],
)

const anonymousSurveyIsSent = flow<Told<'survey.invited-anonymously'>>(
  'anonymous-survey-is-sent',
  'survey.invited-anonymously',
  ({ key: { id }, event: { patient, until, questionnaire } }) => [
    invitation(id, patient, until, { questionnaire }, 'survey.invited-anonymously'),
  ],
)

/** A link that nobody needs any more is not sent. */
const answeredSurveyIsNotSent = flow<Told<'survey.submitted'>>(
  'answered-survey-is-not-sent',
  'survey.submitted',
  ({ key: { id }, event: { mode, send } }) =>
    mode === 'link' || !send
      ? []
      : [
          raise(message, `survey:${id}`, {
            type: 'cancel',
            message: `survey:${id}`,
            reason: 'answered',
          }),
        ],
)

/** What alarms is somebody's task until it is done, and whoever has the role hears of it at once. */
const redFlagIsTasked = flow<
  Told<'survey.submitted'> | Told<'survey.amended'> | Told<'survey.answered-anonymously'>
>(
  'red-flag-is-tasked',
  ['survey.submitted', 'survey.amended', 'survey.answered-anonymously'],
  ({ key: { id }, event }) =>
    event.flags.flatMap(({ flag, role, due }) => {
      const task = `${survey.name}:${id}:${flag}`
      const owner = role === 'attending' && 'attending' in event ? event.attending : undefined
      const about = `${survey.name}/${id}`
      return [
        raise(duty, task, {
          ...{ type: 'open', task, what: `red-flag.${flag}`, role, due, about },
          ...(owner !== undefined && { owner }),
          ...('patient' in event && { patient: event.patient, visit: event.visit }),
          ...(event.department !== undefined && { department: event.department }),
        }),
        raise(message, task, {
          type: 'ask',
          message: task,
          to: owner === undefined ? { role } : { staff: owner },
          purpose: 'work',
          template: 'survey.red-flag',
          params: { flag, due },
          about,
        }),
      ]
    }),
)

export const surveyFlows = [
  openTaskAsksSurvey,
  askedSurveyIsSent,
  anonymousSurveyIsSent,
  answeredSurveyIsNotSent,
  redFlagIsTasked,
]
