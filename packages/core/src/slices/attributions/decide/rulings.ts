import { refuse } from '../../../kernel/refusal.ts'
import type { Context } from '../../../kernel/slice.ts'
import { withoutWords } from '../../../kernel/tree.ts'
import type {
  Attributed,
  Attribution,
  AttributionCommand,
  AttributionEvent,
  Disputed,
} from '../schema.ts'

type Said<Type extends AttributionCommand['type']> = Extract<AttributionCommand, { type: Type }>
type Credit = Pick<Said<'close-dispute'>, 'visit' | 'role'>

const isOn =
  ({ visit, role }: Credit) =>
  (one: Credit) =>
    one.visit === visit && one.role === role

const known = ({ visits }: Attributed, { visit }: Credit) => {
  if (!visits.some(({ id }) => id === visit)) refuse('attribution.unknown-visit', { visit })
}

const openDispute = ({ disputes }: Attributed, credit: Credit): Disputed | undefined =>
  disputes.find((one) => isOn(credit)(one) && one.closedAt === undefined)

/** A credit that somebody disputes is held until the dispute is closed, or ruled on. */
export const dispute = (
  attributed: Attributed,
  { visit, role, note }: Said<'dispute'>,
  { now, actor }: Context<Attribution>,
): AttributionEvent[] => {
  const credit = { visit, role }
  known(attributed, credit)
  if (openDispute(attributed, credit)) return refuse('attribution.already-disputed', credit)
  const nth = attributed.disputes.filter(isOn(credit)).length + 1
  const said = note ? { note: withoutWords(note) } : {}
  const raised = { id: `${visit}/${role}/${nth}`, ...credit, raisedAt: now, by: actor.id, ...said }
  return [{ type: 'attribution.disputed', dispute: raised }]
}

export const closeDispute = (
  attributed: Attributed,
  { visit, role }: Said<'close-dispute'>,
  { now, actor }: Context<Attribution>,
): AttributionEvent[] => {
  const credit = { visit, role }
  return openDispute(attributed, credit)
    ? [{ type: 'attribution.dispute-closed', ...credit, at: now, by: actor.id }]
    : refuse('attribution.no-such-dispute', credit)
}

/** Nobody rules on a touch by which they would be credited themselves. */
const payeeOf = (
  { touches }: Attributed,
  { visit, role }: Credit,
  touch: string | null,
  { actor }: Context<Attribution>,
) => {
  if (touch === null) return
  const payee = touches.find(({ id }) => id === touch)?.[role]
  if (payee === undefined) refuse('attribution.ruling-without-touch', { visit, role })
  if (payee === actor.id) refuse('attribution.own-merit', { visit, role })
}

export const proposeRuling = (
  attributed: Attributed,
  { visit, role, touch, because }: Said<'propose-ruling'>,
  context: Context<Attribution>,
): AttributionEvent[] => {
  const credit = { visit, role }
  known(attributed, credit)
  payeeOf(attributed, credit, touch, context)
  const { now: at, actor } = context
  const proposed = { ...credit, touch, by: actor.id, at, because: withoutWords(because) }
  return [{ type: 'attribution.ruling-proposed', ...proposed }]
}

/** The word of a second person makes it a ruling, and closes what was disputed. */
export const confirmRuling = (
  attributed: Attributed,
  { visit, role }: Said<'confirm-ruling'>,
  context: Context<Attribution>,
): AttributionEvent[] => {
  const { now: at, actor } = context
  const credit = { visit, role }
  const proposed =
    attributed.proposed.find(isOn(credit)) ?? refuse('attribution.no-ruling-proposed', credit)
  if (proposed.by === actor.id) return refuse('attribution.ruling-one-person', credit)
  payeeOf(attributed, credit, proposed.touch, context)
  const nth = attributed.rulings.filter(isOn(credit)).length + 1
  const { touch, because, by } = proposed
  const id = `${visit}/${role}/${nth}`
  const ruling = { id, ...credit, touch, because, at, by: [by, actor.id] as [string, string] }
  return [
    { type: 'attribution.ruled', ruling },
    ...(openDispute(attributed, credit)
      ? [{ type: 'attribution.dispute-closed' as const, ...credit, at, by: actor.id }]
      : []),
  ]
}
