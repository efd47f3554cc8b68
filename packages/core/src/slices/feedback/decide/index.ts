import { match, P } from 'ts-pattern'
import { refuse } from '../../../kernel/refusal.ts'
import { type Context, type On, on } from '../../../kernel/slice.ts'
import { withoutWords } from '../../../kernel/tree.ts'
import type { Feedback, FeedbackCommand, FeedbackEvent, Known } from '../schema.ts'
import { comeLevels, isReopenable, localDay, owedSince } from './deadline.ts'

type Said<Type extends FeedbackCommand['type']> = Extract<FeedbackCommand, { type: Type }>
type Decided = (FeedbackEvent | On<FeedbackEvent>)[]

const known = P.union('noted', 'open', 'answered', 'closed')
const handing = P.union('offer', 'accept', 'decline')

export const decide = (
  feedback: Feedback,
  command: FeedbackCommand,
  context: Context<Feedback>,
) => {
  const { now, id } = context
  const notOpen = () => refuse('feedback.not-open', { feedback: id })
  return match([feedback, command])
    .returnType<Decided>()
    .with([{ status: 'none' }, { type: 'receive' }], ([, said]) => receive(said, context))
    .with([{ status: P.not('none') }, { type: 'receive' }], () =>
      refuse('feedback.already-received', { feedback: id }),
    )
    .with([{ status: known }, { type: 'note' }], ([, { by, text }]) => [
      { type: 'feedback.note-taken', at: now, by, text: withoutWords(text) },
    ])
    .with([{ status: 'open' }, { type: 'offer' }], ([{ owner, offeredTo }, { to }]) => {
      if (to === owner) return refuse('feedback.offered-to-owner', { feedback: id })
      return to === offeredTo ? [] : [{ type: 'feedback.offered', owner, to, at: now }]
    })
    .with([{ status: 'open' }, { type: 'accept' }], ([{ owner, offeredTo }, { by }]) => {
      if (by === owner && offeredTo === undefined) return []
      if (by !== offeredTo) return refuse('feedback.not-offered', { feedback: id })
      return [{ type: 'feedback.accepted', from: owner, by, at: now }]
    })
    .with([{ status: 'open' }, { type: 'decline' }], ([{ owner, offeredTo }, { by, reason }]) =>
      by === offeredTo
        ? [{ type: 'feedback.declined', owner, by, reason, at: now }]
        : refuse('feedback.not-offered', { feedback: id }),
    )
    .with([{ status: P.union('noted', 'answered', 'closed') }, { type: handing }], notOpen)
    .with([{ status: known }, { type: 'appraise' }], ([, { staff, verdict, by }]) => [
      { type: 'feedback.appraised', staff, verdict, by, at: now },
    ])
    .with([{ status: known }, { type: 'find-causes' }], ([, { causes, by }]) => [
      { type: 'feedback.causes-found', causes, by, at: now },
    ])
    .with([{ status: 'open' }, { type: 'answer' }], ([{ patient }, { by, text }]) => {
      const to = patient === undefined ? {} : { patient }
      return [{ type: 'feedback.answered', at: now, by, text: withoutWords(text), ...to }]
    })
    .with([{ status: P.union('noted', 'answered', 'closed') }, { type: 'answer' }], notOpen)
    .with([{ status: 'answered' }, { type: 'confirm' }], ([answered, { by, isSatisfied }]) =>
      isSatisfied
        ? [{ type: 'feedback.closed', by, at: now }]
        : [reopened(answered, by, 'not-satisfied', context)],
    )
    .with([{ status: 'closed' }, { type: 'confirm', isSatisfied: true }], () => [])
    .with([{ status: P.union('noted', 'open', 'closed') }, { type: 'confirm' }], () =>
      refuse('feedback.not-answered', { feedback: id }),
    )
    .with(
      [{ status: P.union('answered', 'closed') }, { type: 'reopen' }],
      ([ended, { by, reason }]) =>
        isReopenable(context.policy, ended, now)
          ? [reopened(ended, by, reason, context)]
          : refuse('feedback.too-late', { feedback: id }),
    )
    .with([{ status: 'open' }, { type: 'reopen' }], () => [])
    .with([{ status: 'noted' }, { type: 'reopen' }], () =>
      refuse('feedback.not-answered', { feedback: id }),
    )
    .with([{ status: known }, { type: 'join' }], ([, said]) => join(said, context))
    .with([{ status: 'open' }, { type: 'escalate' }], ([open]) =>
      comeLevels(context.policy, open, now).map((level) => ({
        ...{ type: 'feedback.escalated', owner: open.owner, ...level },
      })),
    )
    .with([P.any, { type: 'escalate' }], () => [])
    .with([{ status: 'joined' }, { type: 'join' }], ([{ into }, said]) =>
      into === said.into ? [] : refuse('feedback.joined-to-another', { feedback: id, into }),
    )
    .with([{ status: 'joined' }, P.any], ([{ into }]) =>
      refuse('feedback.joined-to-another', { feedback: id, into }),
    )
    .with([{ status: 'none' }, P.any], () => refuse('feedback.unknown', { feedback: id }))
    .exhaustive()
}

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
  const receivedOn = localDay(policy, said)
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
  ...owedSince(policy, severity, localDay(policy, now)),
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
