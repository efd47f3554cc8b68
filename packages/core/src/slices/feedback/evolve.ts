import { produce } from 'immer'
import { match } from 'ts-pattern'
import type { Feedback, FeedbackEvent, Known } from './schema.ts'

type Received = Extract<FeedbackEvent, { type: 'feedback.received' }>
type Joined = Extract<FeedbackEvent, { type: 'feedback.joined' }>

export const evolve = (feedback: Feedback, event: FeedbackEvent): Feedback => {
  if (event.type === 'feedback.received') return begun(event)
  if (event.type === 'feedback.joined') return { status: 'joined', into: event.into }
  return produce(feedback, (draft) => {
    if (draft.status !== 'none' && draft.status !== 'joined') change(draft, event)
  })
}

const begun = ({ type: _, at, ...content }: Received): Known => ({
  status: content.kind === 'praise' || content.kind === 'thanks' ? 'noted' : 'open',
  ...content,
  receivedAt: at,
  told: 0,
  notes: [],
  answers: [],
  causes: [],
  appraisals: [],
  reopenings: [],
  duplicates: [],
})

/** Sets what is owed from now on, or that nothing is. */
const owe = (known: Known, due: string | undefined, wake: string | undefined) => {
  if (due === undefined) delete known.due
  else known.due = due
  if (wake === undefined) delete known.wake
  else known.wake = wake
}

const change = (known: Known, event: Exclude<FeedbackEvent, Received | Joined>): void =>
  match(event)
    .with({ type: 'feedback.note-taken' }, ({ type: _, ...note }) => {
      known.notes.push(note)
    })
    .with({ type: 'feedback.offered' }, ({ to }) => {
      known.offeredTo = to
    })
    .with({ type: 'feedback.accepted' }, ({ by }) => {
      known.owner = by
      delete known.offeredTo
    })
    .with({ type: 'feedback.declined' }, () => {
      delete known.offeredTo
    })
    .with({ type: 'feedback.appraised' }, ({ type: _, ...appraisal }) => {
      const others = known.appraisals.filter(({ staff }) => staff !== appraisal.staff)
      known.appraisals = [...others, appraisal]
    })
    .with({ type: 'feedback.causes-found' }, ({ causes }) => {
      known.causes = causes
    })
    .with({ type: 'feedback.answered' }, ({ at, by, text }) => {
      known.status = 'answered'
      known.answers.push({ at, by, text })
      delete known.offeredTo
      delete known.wake
    })
    .with({ type: 'feedback.closed' }, () => {
      known.status = 'closed'
    })
    .with({ type: 'feedback.reopened' }, ({ at, by, reason, due, wake }) => {
      known.status = 'open'
      known.told = 0
      known.reopenings.push({ at, by, reason })
      owe(known, due, wake)
    })
    .with({ type: 'feedback.escalated' }, ({ level, due, wake }) => {
      known.told = level
      owe(known, due, wake)
    })
    .with({ type: 'feedback.duplicate-found' }, ({ of }) => {
      known.duplicates.push(of)
    })
    .exhaustive()
