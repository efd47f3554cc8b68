import { match } from 'ts-pattern'
import { localDay } from '../../../kernel/local-day.ts'
import { refuse } from '../../../kernel/refusal.ts'
import { type Context, type On, on } from '../../../kernel/slice.ts'
import { canonical } from '../../../kernel/tree.ts'
import { atFirst, evolve } from '../evolve.ts'
import type { Attributed, Attribution, AttributionCommand, AttributionEvent } from '../schema.ts'
import { answerTo, differences } from './answer.ts'
import { idsOf, ownerOf, touchOf, visitOf } from './facts.ts'
import { waitingAt } from './keys.ts'
import { closeDispute, confirmRuling, dispute, proposeRuling } from './rulings.ts'

type Decided = AttributionEvent | On<AttributionEvent>
type Said<Type extends AttributionCommand['type']> = Extract<AttributionCommand, { type: Type }>

export const decide = (
  attribution: Attribution,
  command: AttributionCommand,
  context: Context<Attribution>,
): Decided[] => {
  const { id } = context
  const whole = () =>
    attribution.status === 'attributed' ? attribution : refuse('attribution.unknown')
  return match(command)
    .returnType<Decided[]>()
    .with({ type: 'take-touch' }, ({ touch }) => takeTouch(touch, context))
    .with({ type: 'take-visit' }, ({ visit }) => takeVisit(attribution, visit, context))
    .with({ type: 'take-departure' }, (said) => takeDeparture(attribution, said, context))
    .with({ type: 'look' }, () => settle(id, [], context))
    .with({ type: 'join' }, ({ merged }) => join(attribution, merged, context))
    .with({ type: 'dispute' }, (said) => settle(id, dispute(whole(), said, context), context))
    .with({ type: 'close-dispute' }, (said) =>
      settle(id, closeDispute(whole(), said, context), context),
    )
    .with({ type: 'propose-ruling' }, (said) => proposeRuling(whole(), said, context))
    .with({ type: 'confirm-ruling' }, (said) =>
      settle(id, confirmRuling(whole(), said, context), context),
    )
    .exhaustive()
}

/** What is new to a record, and what of the rules' answer it changes. Nothing new may change it as well. */
const settle = (
  id: string,
  news: readonly AttributionEvent[],
  context: Context<Attribution>,
): Decided[] => {
  const known = context.own(id)
  const after = news.reduce(evolve, known)
  if (after.status !== 'attributed') return []
  const isOpening = known.status === 'none' && news[0]?.type !== 'attribution.joined'
  const opened: AttributionEvent[] = isOpening
    ? [{ type: 'attribution.opened', patients: idsOf(id, context) }]
    : []
  const changed = differences(after.decided, answerTo(after, id, context))
  const events = [...opened, ...news, ...changed]
  return id === context.id ? events : events.map((event) => on(id, event))
}

/** What differs from what the record has; the same again is no news. */
const isNews = (known: readonly { readonly id: string }[], one: { readonly id: string }) =>
  canonical(known.find(({ id }) => id === one.id) ?? null) !== canonical(one)

const listsOf = (attribution: Attribution): Pick<Attributed, 'touches' | 'visits'> =>
  attribution.status === 'attributed' ? attribution : { touches: [], visits: [] }

/** A touch belongs to the person it is about, and to whoever's visit it was shown at. */
const takeTouch = (id: string, context: Context<Attribution>): Decided[] => {
  const touch = touchOf(id, context)
  const shownTo = touch.visit === undefined ? undefined : ownerOf(touch.visit, context)
  const records = new Set([touch.person, ...(shownTo === undefined ? [] : [shownTo])])
  const awaited = touch.visit !== undefined && shownTo === undefined
  const taken = [...records].flatMap((record) => {
    const { touches } = listsOf(context.own(record))
    const isStrange = record !== touch.person
    const isFirst = !touches.some((one) => one.id === id)
    const { visit = '', person } = touch
    return settle(
      record,
      [
        ...(isNews(touches, touch) ? [{ type: 'attribution.touch-taken' as const, touch }] : []),
        ...(isStrange && isFirst
          ? [{ type: 'attribution.stranger-shown' as const, visit, touch: id, person }]
          : []),
      ],
      context,
    )
  })
  return awaited ? [...taken, ...awaitVisit(touch.visit ?? '', id, context)] : taken
}

const awaitVisit = (visit: string, touch: string, { own }: Context<Attribution>): Decided[] => {
  const waiting = own(waitingAt(visit))
  const isWaiting = waiting.status === 'awaited' && waiting.touches.includes(touch)
  return isWaiting ? [] : [on(waitingAt(visit), { type: 'attribution.visit-awaited', touch })]
}

/** Visits are kept of those only whom somebody is said to have brought. */
const takeVisit = (known: Attribution, id: string, context: Context<Attribution>): Decided[] => {
  const visit = visitOf(id, context.id, context)
  const waiting = context.own(waitingAt(id))
  const arrived: Decided[] =
    visit && waiting.status === 'awaited'
      ? [on(waitingAt(id), { type: 'attribution.visit-arrived', touches: waiting.touches })]
      : []
  if (known.status !== 'attributed' || !visit || !isNews(known.visits, visit)) return arrived
  return [...settle(context.id, [{ type: 'attribution.visit-taken', visit }], context), ...arrived]
}

const takeDeparture = (
  known: Attribution,
  { staff, at }: Said<'take-departure'>,
  { policy }: Context<Attribution>,
): Decided[] => {
  const on = localDay(policy.zone, at)
  const isKnown = known.status === 'left' && known.on === on
  return isKnown ? [] : [{ type: 'attribution.departure-taken', staff, on }]
}

/** Everything of the merged person goes to the survivor, and is judged again there. */
const join = (survivor: Attribution, merged: string, context: Context<Attribution>): Decided[] => {
  const { id, own } = context
  const gone = own(merged)
  const isNobody = survivor.status === 'none' && gone.status === 'none'
  if (merged === id || gone.status === 'moved' || isNobody) return []
  const { status: _, ...gathered } = gone.status === 'attributed' ? gone : atFirst
  const here = (person: string) => (person === merged ? id : person)
  const mine = listsOf(survivor)
  const met = new Set(gathered.touches.map((touch) => touch.id))
  const strangers = mine.touches.filter(
    ({ person, id: touch }) => person === merged && !met.has(touch),
  )
  const joined: AttributionEvent = {
    type: 'attribution.joined',
    merged,
    patients: idsOf(id, context),
    with: {
      ...gathered,
      touches: [...gathered.touches, ...strangers].map((touch) => {
        return { ...touch, person: here(touch.person) }
      }),
      visits: gathered.visits.map((visit) => ({ ...visit, patient: id })),
    },
  }
  return [...settle(id, [joined], context), on(merged, { type: 'attribution.moved', into: id })]
}
