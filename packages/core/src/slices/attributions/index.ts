import type { AttributionRole } from '@hospital-crm/rules'
import type { Attributes } from '../../kernel/access.ts'
import type { CommandOptions, Door } from '../../kernel/door.ts'
import { type Paging, page } from '../../kernel/paging.ts'
import type { ReadOptions } from '../../kernel/reader.ts'
import type { Input, Slice } from '../../kernel/slice.ts'
import type { Entry } from '../../ports/store.ts'
import { decide } from './decide/index.ts'
import { keys, needs, subjects } from './decide/keys.ts'
import { evolve } from './evolve.ts'
import { type Attributed, Attribution, AttributionCommand, AttributionEvent } from './schema.ts'

const payeesOf = ({ touches }: Attributed): string[] =>
  [...new Set(touches.flatMap(({ rep, partner }) => [rep, partner]))].flatMap(
    (payee) => payee ?? [],
  )

export const attribution: Slice<Attribution, AttributionCommand, AttributionEvent> = {
  name: 'attribution',
  state: Attribution,
  command: AttributionCommand,
  event: AttributionEvent,
  initial: { status: 'none' },
  keys,
  needs,
  subjects,
  decide,
  evolve,
  lists: { visit: ['visit'], payee: ['payee'], credit: ['payee'], held: ['hold'], proposed: [] },
  entries: (state, id): Entry[] => {
    if (state.status !== 'attributed') return []
    const credits = state.decided.flatMap(({ on, credits }) =>
      Object.values(credits).map((credit) => ({ ...credit, on })),
    )
    return [
      ...state.visits.map((visit) => ({ index: 'visit', equals: [visit.id], order: id })),
      ...payeesOf(state).map((payee) => ({ index: 'payee', equals: [payee], order: id })),
      ...credits.flatMap(({ payee, on }) =>
        payee === null ? [] : [{ index: 'credit', equals: [payee], order: on }],
      ),
      ...credits.flatMap(({ holds, on }) =>
        holds.map((hold) => ({ index: 'held', equals: [hold], order: on })),
      ),
      ...state.proposed.map(({ at }) => ({ index: 'proposed', equals: [], order: at })),
    ]
  },
  attributes: (state): Attributes =>
    state.status === 'attributed' ? { payee: payeesOf(state) } : {},
}

type Said<Type extends AttributionCommand['type']> = Omit<
  Input<typeof AttributionCommand, Type>,
  'visit' | 'role'
>

export const attributions = (door: Door) => ({
  /** Who has the merit of a person's visits and on what evidence, also by an id that was merged into theirs. */
  of: (patient: string, options?: ReadOptions) => door.getLinked(attribution, patient, options),

  /** Persons with a visit credited to somebody, by the local day of the visit, once for each credit. */
  creditedTo: (
    payee: string,
    { from, to, ...paging }: Paging & { readonly from?: string; readonly to?: string } = {},
  ) => {
    const days = { ...(from !== undefined && { from }), ...(to !== undefined && { to }) }
    const query = { index: 'credit', equals: [[payee]], ...days, ...page(paging) }
    return door.list(attribution, query, paging)
  },

  /** Persons with a visit whose credit is held, and for which reason, by the day of the visit. */
  held: (hold: 'dispute' | 'self-referral', paging: Paging = {}) =>
    door.list(attribution, { index: 'held', equals: [[hold]], ...page(paging) }, paging),

  /** Persons with a ruling that waits for the word of a second person, the earliest first. */
  proposedRulings: (paging: Paging = {}) =>
    door.list(attribution, { index: 'proposed', equals: [], ...page(paging) }, paging),

  /** Disputes who is credited with a visit; nothing is paid on it until that is closed or ruled on. */
  dispute: (
    visit: string,
    role: AttributionRole,
    input: Said<'dispute'> = {},
    options?: CommandOptions,
  ) => door.run(attribution, { type: 'dispute', visit, role, ...input }, options),

  closeDispute: (visit: string, role: AttributionRole, options?: CommandOptions) =>
    door.run(attribution, { type: 'close-dispute', visit, role }, options),

  /** Proposes by hand which touch counts for a role of a visit, none where `touch` is null. */
  proposeRuling: (
    visit: string,
    role: AttributionRole,
    input: Said<'propose-ruling'>,
    options?: CommandOptions,
  ) => door.run(attribution, { type: 'propose-ruling', visit, role, ...input }, options),

  /** The word of another person, by which the ruling stands. Refuses who proposed it, and who would be credited. */
  confirmRuling: (visit: string, role: AttributionRole, options?: CommandOptions) =>
    door.run(attribution, { type: 'confirm-ruling', visit, role }, options),
})
