import {
  type AttributionFacts,
  attribute,
  type Policy,
  type VisitAttribution,
} from '@hospital-crm/rules'
import type { Context } from '../../../kernel/slice.ts'
import { canonical } from '../../../kernel/tree.ts'
import type { Attributed, Attribution, AttributionEvent } from '../schema.ts'
import { identitiesOf, termsOf } from './facts.ts'

/** The rules in force when a visit was registered; the first ones for what was before them. */
const rulesOn = ({ attributions }: Policy, at: string) =>
  attributions.findLast((version) => version.at <= at)?.rules ?? attributions[0]?.rules

const factsOf = (
  { touches, visits, disputes, rulings, ...known }: Attributed,
  id: string,
  context: Context<Attribution>,
): AttributionFacts => {
  const identities = identitiesOf(id, context)
  return {
    touches,
    visits: visits.map((visit) => ({ ...visit, identities })),
    payees: termsOf({ ...known, touches, visits, disputes, rulings }, context),
    disputes,
    rulings: rulings.map((ruling) => ({ ...ruling, because: ruling.id })),
  }
}

/** Whatever is known has happened; a source's clock may be ahead of ours. */
const latest = (now: string, { visits }: Attributed) =>
  visits
    .flatMap(({ registeredAt, cancelledAt = registeredAt }) => [registeredAt, cancelledAt])
    .reduce((last, at) => (at > last ? at : last), now)

/**
 * The rules' whole answer to what is known of a person. Each visit is decided by the version that was
 * in force when it was registered, so that new rules change nothing that was decided before them.
 */
export const answerTo = (
  known: Attributed,
  id: string,
  context: Context<Attribution>,
): readonly VisitAttribution[] => {
  const { policy, now } = context
  const { zone } = policy
  const facts = factsOf(known, id, context)
  const asOf = latest(now, known)
  const byRules = Map.groupBy(known.visits, ({ registeredAt }) => rulesOn(policy, registeredAt))
  return [...byRules].flatMap(([rules, visits]) => {
    if (!rules) return []
    const own = new Set(visits.map((visit) => visit.id))
    return attribute(rules, facts, { zone, asOf }).filter(({ visit }) => own.has(visit))
  })
}

/** The difference between the answer on record and the answer now, as events. */
export const differences = (
  before: readonly VisitAttribution[],
  after: readonly VisitAttribution[],
): AttributionEvent[] => {
  const known = new Map(before.map((one) => [one.visit, one]))
  const given = new Set(after.map(({ visit }) => visit))
  const decided = (was: VisitAttribution | null, is: VisitAttribution | null, visit: string) =>
    ({ type: 'attribution.decided', visit, before: was, after: is }) as AttributionEvent
  return [
    ...after.flatMap((is) => {
      const was = known.get(is.visit)
      return was && canonical(was) === canonical(is) ? [] : [decided(was ?? null, is, is.visit)]
    }),
    ...before.flatMap((was) => (given.has(was.visit) ? [] : [decided(was, null, was.visit)])),
  ]
}
