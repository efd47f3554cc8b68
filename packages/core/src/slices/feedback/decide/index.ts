import { match, P } from 'ts-pattern'
import { localDay } from '../../../kernel/local-day.ts'
import { refuse } from '../../../kernel/refusal.ts'
import { type Context, type On, on } from '../../../kernel/slice.ts'
import { withoutWords } from '../../../kernel/tree.ts'
import type { Feedback, FeedbackCommand, FeedbackEvent, Known } from '../schema.ts'
import { comeLevels, isReopenable, owedSince } from './deadline.ts'

type Said<Type extends FeedbackCommand['type']> = Extract<FeedbackCommand, { type: Type }>
type Decided = (FeedbackEvent | On<FeedbackEvent>)[]

export const decide = (feedback: Feedback, command: FeedbackCommand, context: Context<Feedback>) =>
  match(command)
    .returnType<Decided>()
    .with({ type: 'receive' }, (said) =>
      feedback.status === 'none'
        ? receive(said, context)
        : refuse('feedback.already-received', { feedback: context.id }),
    )
    .with({ type: 'escalate' }, () =>
      feedback.status === 'open' ? escalate(feedback, context) : [],
    )
    .with({ type: 'join' }, (said) =>
      feedback.status === 'joined' && feedback.into === said.into
        ? []
        : change(knownOf(feedback, context), said, context),
    )
    .with({ type: P.string }, (said) => change(knownOf(feedback, context), said, context))
    .exhaustive()

const knownOf = (feedback: Feedback, { id }: Context<Feedback>): Known =>
  match(feedback)
    .with({ status: 'none' }, () => refuse('feedback.unknown', { feedback: id }))
    .with({ status: 'joined' }, ({ into }) =>
      refuse('feedback.joined-to-another', { feedback: id, into }),
    )
    .with({ status: P.string }, (known) => known)
    .exhaustive()

const change = (
  known: Known,
  command: Exclude<FeedbackCommand, { type: 'receive' | 'escalate' }>,
  context: Context<Feedback>,
) => {
  const { now: at, id, policy } = context
  const { status, owner, offeredTo } = known
  const isOpen = status === 'open'
  const notOpen = () => refuse('feedback.not-open', { feedback: id })
  const notAnswered = () => refuse('feedback.not-answered', { feedback: id })
  const notOffered = () => refuse('feedback.not-offered', { feedback: id })
  return match(command)
    .returnType<Decided>()
    .with({ type: 'note' }, ({ by, text }) => [
      { type: 'feedback.note-taken', at, by, text: withoutWords(text) },
    ])
    .with({ type: 'offer' }, ({ to }) => {
      if (!isOpen) return notOpen()
      if (to === owner) return refuse('feedback.offered-to-owner', { feedback: id })
      return to === offeredTo ? [] : [{ type: 'feedback.offered', owner, to, at }]
    })
    .with({ type: 'accept' }, ({ by }) => {
      if (!isOpen) return notOpen()
      if (by === owner && offeredTo === undefined) return []
      return by === offeredTo ? [{ type: 'feedback.accepted', from: owner, by, at }] : notOffered()
    })
    .with({ type: 'decline' }, ({ by, reason }) => {
      if (!isOpen) return notOpen()
      return by === offeredTo
        ? [{ type: 'feedback.declined', owner, by, reason, at }]
        : notOffered()
    })
    .with({ type: 'appraise' }, ({ staff, verdict, by }) => [
      { type: 'feedback.appraised', staff, verdict, by, at },
    ])
    .with({ type: 'find-causes' }, ({ causes, by }) => [
      { type: 'feedback.causes-found', causes, by, at },
    ])
    .with({ type: 'answer' }, ({ by, text }) => {
      if (!isOpen) return notOpen()
      const to = known.patient === undefined ? {} : { patient: known.patient }
      return [{ type: 'feedback.answered', at, by, text: withoutWords(text), ...to }]
    })
    .with({ type: 'confirm' }, ({ by, isSatisfied }) => {
      if (status === 'closed' && isSatisfied) return []
      if (status !== 'answered') return notAnswered()
      return isSatisfied
        ? [{ type: 'feedback.closed', by, at }]
        : [reopened(known, by, 'not-satisfied', context)]
    })
    .with({ type: 'reopen' }, ({ by, reason }) => {
      if (isOpen) return []
      if (status === 'noted') return notAnswered()
      return isReopenable(policy, known, at)
        ? [reopened(known, by, reason, context)]
        : refuse('feedback.too-late', { feedback: id })
    })
    .with({ type: 'join' }, (said) => join(said, context))
    .exhaustive()
}

const escalate = (open: Known, { policy, now }: Context<Feedback>): Decided =>
  comeLevels(policy, open, now).map((level) => ({
    ...{ type: 'feedback.escalated', owner: open.owner, ...level },
  }))

const receive = (
  { type: _, feedback: __, at, words, contact, ...content }: Said<'receive'>,
  { now, policy }: Context<Feedback>,
): Decided => {
  const said = at ?? now
  if (said > now) return refuse('feedback.in-future')
  const { classes } = policy.feedback ?? {}
  if (classes && !classes.includes(content.class)) {
    return refuse('feedback.unknown-class', { class: content.class })
  }
  const receivedOn = localDay(policy.zone, said)
  const isOwed = content.kind === 'complaint' || content.kind === 'suggestion'
  return [
    {
      type: 'feedback.received',
      ...content,
      receivedOn,
      words: withoutWords(words),
      ...(contact && { contact: withoutWords(contact) }),
      ...(isOwed && owedSince(policy, content.severity, receivedOn)),
      at: said,
    },
  ]
}

const reopened = (
  { owner, severity }: Known,
  by: string,
  reason: string,
  { now, policy }: Context<Feedback>,
): FeedbackEvent => ({
  ...{ type: 'feedback.reopened', at: now, by, reason, owner },
  ...owedSince(policy, severity, localDay(policy.zone, now)),
})

/** The other must stand for itself, so that joined ones never lead in a circle. */
const join = ({ into, by }: Said<'join'>, { now, id, own }: Context<Feedback>): Decided => {
  const other = own(into)
  if (into === id || other.status === 'none' || other.status === 'joined') {
    return refuse('feedback.cannot-join', { feedback: id, into })
  }
  return [
    { type: 'feedback.joined', into, by, at: now },
    on(into, { type: 'feedback.duplicate-found', of: id, at: now }),
  ]
}
