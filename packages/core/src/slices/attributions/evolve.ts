import { produce } from 'immer'
import { match, P } from 'ts-pattern'
import type { Attributed, Attribution, AttributionEvent } from './schema.ts'

export const atFirst: Attributed = {
  status: 'attributed',
  touches: [],
  visits: [],
  disputes: [],
  proposed: [],
  rulings: [],
  decided: [],
}

export const evolve = (attribution: Attribution, event: AttributionEvent): Attribution =>
  match(event)
    .returnType<Attribution>()
    .with({ type: 'attribution.moved' }, ({ into }) => ({ status: 'moved', into }))
    .with({ type: 'attribution.visit-awaited' }, ({ touch }) => ({
      status: 'awaited',
      touches: [...(attribution.status === 'awaited' ? attribution.touches : []), touch],
    }))
    .with({ type: 'attribution.visit-arrived' }, () => ({ status: 'none' }))
    .with({ type: 'attribution.departure-taken' }, ({ on }) => ({ status: 'left', on }))
    .with({ type: P.string }, (fact) =>
      produce(attribution.status === 'attributed' ? attribution : atFirst, (draft) =>
        change(draft, fact),
      ),
    )
    .exhaustive()

type Change = Exclude<
  AttributionEvent,
  {
    type: `attribution.${'moved' | 'visit-awaited' | 'visit-arrived' | 'departure-taken'}`
  }
>

/** Puts something into a list in the place of what is the same thing. */
const put = <T>(list: T[], one: T, isSame: (other: T) => boolean) => {
  const place = list.findIndex(isSame)
  if (place < 0) list.push(one)
  else list[place] = one
}

const change = (known: Attributed, event: Change): void =>
  match(event)
    .with({ type: 'attribution.opened' }, () => {})
    .with({ type: 'attribution.stranger-shown' }, () => {})
    .with({ type: 'attribution.touch-taken' }, ({ touch }) =>
      put(known.touches, touch, ({ id }) => id === touch.id),
    )
    .with({ type: 'attribution.visit-taken' }, ({ visit }) =>
      put(known.visits, visit, ({ id }) => id === visit.id),
    )
    .with({ type: 'attribution.disputed' }, ({ dispute }) => {
      known.disputes.push(dispute)
    })
    .with({ type: 'attribution.dispute-closed' }, ({ visit, role, at, by }) => {
      for (const dispute of known.disputes) {
        if (dispute.visit !== visit || dispute.role !== role || dispute.closedAt) continue
        Object.assign(dispute, { closedAt: at, closedBy: by })
      }
    })
    .with({ type: 'attribution.ruling-proposed' }, ({ type: _, ...proposed }) =>
      put(
        known.proposed,
        proposed,
        ({ visit, role }) => visit === proposed.visit && role === proposed.role,
      ),
    )
    .with({ type: 'attribution.ruled' }, ({ ruling }) => {
      known.rulings.push(ruling)
      known.proposed = known.proposed.filter(
        ({ visit, role }) => visit !== ruling.visit || role !== ruling.role,
      )
    })
    .with({ type: 'attribution.decided' }, ({ visit, after }) => {
      if (after) put(known.decided, after, (one) => one.visit === visit)
      else known.decided = known.decided.filter((one) => one.visit !== visit)
    })
    .with({ type: 'attribution.joined' }, ({ with: gathered }) => {
      const { touches, visits, disputes, proposed, rulings, decided } = gathered
      for (const touch of touches) put(known.touches, touch, ({ id }) => id === touch.id)
      for (const visit of visits) put(known.visits, visit, ({ id }) => id === visit.id)
      known.disputes.push(...disputes)
      known.proposed.push(...proposed)
      known.rulings.push(...rulings)
      known.decided.push(...decided)
    })
    .exhaustive()
