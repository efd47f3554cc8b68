import { type Picture, standardFolds } from '@hospital-crm/rules'
import { localDay } from '../kernel/local-day.ts'
import type { Portrait } from '../kernel/roll-up.ts'
import { appointment } from '../slices/appointments/index.ts'
import type { Appointment } from '../slices/appointments/schema.ts'
import { encounter } from '../slices/encounters/index.ts'
import type { Encounter } from '../slices/encounters/schema.ts'
import { feedback } from '../slices/feedback/index.ts'
import type { Feedback } from '../slices/feedback/schema.ts'
import { followUp } from '../slices/follow-ups/index.ts'
import type { Followed, FollowUp, Task } from '../slices/follow-ups/schema.ts'
import { survey } from '../slices/surveys/index.ts'
import type { Survey } from '../slices/surveys/schema.ts'

type Pictures = Readonly<Record<string, Picture>>

const portrait = <State>(
  of: Omit<Portrait, 'pictures'>,
  pictures: (state: State, zone: string) => Pictures,
): Portrait => ({ ...of, pictures: (state, zone) => pictures(state as unknown as State, zone) })

const byPeople = ['phone', 'home-visit']
const reached = ['completed', 'refused']

/** A follow-up with the contacts that were recorded for it, whatever each of them satisfied. */
const taskPicture = ({ facts, episodes }: Followed, task: Task): Picture => {
  const { visit, tier, role, channel, due, state, timeliness, inDenominator } = task
  const contacts = facts.flatMap((fact) =>
    fact.type === 'contact' &&
    fact.visit === visit &&
    fact.role === role &&
    (fact.tier ?? tier) === tier
      ? [fact]
      : [],
  )
  const discharge = facts.findLast((fact) => fact.type === 'discharge' && fact.visit === visit)
  return {
    ...{ due, channel, state, timeliness, inDenominator, tier: `${tier}` },
    department: episodes.find((episode) => episode.visit === visit)?.department,
    attending: discharge?.type === 'discharge' ? discharge.attending : undefined,
    performedBy: contacts.findLast(({ result }) => result === 'completed')?.by,
    attempts: contacts.length,
    connected: contacts.some(({ result }) => reached.includes(result)),
    electronic: !byPeople.includes(channel),
  }
}

const followUpPortrait = portrait<FollowUp>(
  { kind: followUp.name, as: 'follow-up', folds: [standardFolds.followUps] },
  (state) =>
    state.status === 'followed'
      ? Object.fromEntries(state.tasks.map((task) => [task.key, taskPicture(state, task)]))
      : {},
)

const encounterPortrait = portrait<Encounter>(
  { kind: encounter.name, as: 'encounter', folds: [standardFolds.discharges] },
  (state, zone): Pictures => {
    if (state.status === 'none' || state.dischargedAt === undefined) return {}
    const { status, department, attending, dischargedAt } = state
    const dischargedOn = localDay(zone, dischargedAt)
    return { visit: { status, department, attending, dischargedOn } }
  },
)

const answered = ({
  score,
  mode,
}: Pick<Extract<Survey, { score: unknown }>, 'score' | 'mode'>) => ({
  ...{ status: 'answered', channel: mode, electronic: mode === 'link' || mode === 'kiosk' },
  ...{ score: score.points, satisfied: score.satisfied, recommend: score.recommend },
})

const surveyPortrait = portrait<Survey>(
  { kind: survey.name, as: 'survey', folds: [standardFolds.surveys] },
  (state): Pictures => {
    if (state.status === 'anonymous') {
      const { month, department } = state
      return { response: { sentOn: `${month}-01`, department, ...answered(state) } }
    }
    if (!('token' in state)) return {}
    const { askedOn: sentOn, department, send } = state
    const last = state.status === 'answered' ? state.responses.at(-1) : undefined
    const asked = { status: 'asked', channel: send ? 'link' : 'phone', electronic: send }
    return { response: { sentOn, department, ...(last ? answered(last) : asked) } }
  },
)

/** What was joined to another is counted with that one. */
const feedbackPortrait = portrait<Feedback>(
  { kind: feedback.name, as: 'complaint', folds: [standardFolds.complaints] },
  (state): Pictures => {
    if (state.status === 'none' || state.status === 'joined') return {}
    const { receivedOn, kind, department, channel } = state
    return { complaint: { receivedOn, kind, department, channel } }
  },
)

const ended: Partial<Record<Appointment['status'], string>> = {
  attended: 'kept',
  missed: 'missed',
}

const appointmentPortrait = portrait<Appointment>(
  { kind: appointment.name, as: 'appointment', folds: [standardFolds.appointments] },
  (state): Pictures => {
    const status = ended[state.status]
    if (!('patient' in state) || status === undefined) return {}
    const { day: on, department, practitioner: doctor, channel } = state
    return { appointment: { on, status, department, doctor, channel } }
  },
)

export const portraits: readonly Portrait[] = [
  followUpPortrait,
  encounterPortrait,
  surveyPortrait,
  feedbackPortrait,
  appointmentPortrait,
]
