import { flow, raise } from '../kernel/flow.ts'
import { feedback } from '../slices/feedback/index.ts'
import type { FeedbackEvent } from '../slices/feedback/schema.ts'
import { message } from '../slices/messages/index.ts'
import type { Recipient } from '../slices/messages/schema.ts'
import type { StaffEvent } from '../slices/staff/schema.ts'

type Told<Type extends FeedbackEvent['type']> = Extract<FeedbackEvent, { type: Type }>

const tell = (
  id: string,
  name: string,
  to: Recipient,
  template: string,
  params: Record<string, string | number>,
) =>
  raise(message, `feedback:${id}:${name}`, {
    type: 'ask',
    message: `feedback:${id}:${name}`,
    to,
    purpose: 'patient' in to ? 'service' : 'work',
    template,
    params: { feedback: id, ...params },
    about: `${feedback.name}/${id}`,
  })

const offerIsTold = flow<Told<'feedback.offered'>>(
  'feedback-offer-is-told',
  'feedback.offered',
  ({ key: { id }, event: { owner, to, at } }) => [
    tell(id, `offered:${to}:${at}`, { staff: to }, 'feedback.offered', { owner }),
  ],
)

const refusedOfferIsTold = flow<Told<'feedback.declined'>>(
  'declined-feedback-is-told',
  'feedback.declined',
  ({ key: { id }, event: { owner, by, at } }) => [
    tell(id, `declined:${by}:${at}`, { staff: owner }, 'feedback.declined', { by }),
  ],
)

const answerIsTold = flow<Told<'feedback.answered'>>(
  'feedback-answer-is-told',
  'feedback.answered',
  ({ key: { id }, event: { patient, at } }) =>
    patient === undefined ? [] : [tell(id, `answered:${at}`, { patient }, 'feedback.answered', {})],
)

const reopeningIsTold = flow<Told<'feedback.reopened'>>(
  'reopened-feedback-is-told',
  'feedback.reopened',
  ({ key: { id }, event: { owner, at } }) => [
    tell(id, `reopened:${at}`, { staff: owner }, 'feedback.reopened', {}),
  ],
)

const escalatedTo = (to: string, owner: string): Recipient => {
  if (to === 'owner') return { staff: owner }
  return to === 'department-head' ? { headOf: owner } : { role: to }
}

const overdueAnswerIsEscalated = flow<Told<'feedback.escalated'>>(
  'overdue-answer-is-escalated',
  'feedback.escalated',
  ({ key: { id }, event: { level, to, owner, due } }) => [
    tell(id, `overdue:${due}:${level}`, escalatedTo(to, owner), 'feedback.overdue', { due, level }),
  ],
)

/** What somebody owned who leaves is offered to their successor, who has to accept it as anybody else. */
const departureOffersFeedback = flow<Extract<StaffEvent, { type: 'staff.departed' }>>(
  'departure-offers-feedback',
  'staff.departed',
  ({ event: { successor } }, found) =>
    successor === undefined
      ? []
      : found.map(({ key: { id } }) =>
          raise(feedback, id, { type: 'offer', feedback: id, to: successor }),
        ),
  ({ key, event: { successor } }) =>
    successor === undefined
      ? undefined
      : { kind: feedback.name, index: 'owner', equals: [[key.id]] },
)

export const feedbackFlows = [
  offerIsTold,
  refusedOfferIsTold,
  answerIsTold,
  reopeningIsTold,
  overdueAnswerIsEscalated,
  departureOffersFeedback,
]
