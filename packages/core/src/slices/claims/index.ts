import type { Attributes } from '../../kernel/access.ts'
import type { CommandOptions, Door } from '../../kernel/door.ts'
import { type Paging, page } from '../../kernel/paging.ts'
import type { ReadOptions } from '../../kernel/reader.ts'
import type { Input, Slice } from '../../kernel/slice.ts'
import type { Entry } from '../../ports/store.ts'
import { decide } from './decide.ts'
import { evolve } from './evolve.ts'
import { ClaimCommand, ClaimEvent, ClaimRecord } from './schema.ts'

export { owedBeside } from './decide.ts'

export const claim: Slice<ClaimRecord, ClaimCommand, ClaimEvent> = {
  name: 'claim',
  state: ClaimRecord,
  command: ClaimCommand,
  event: ClaimEvent,
  initial: { status: 'none' },
  keys: (command) => [command.claim],
  decide,
  evolve,
  lists: { staff: ['staff'] },
  entries: (state, id): Entry[] =>
    state.status === 'none'
      ? []
      : [{ index: 'staff', equals: [state.staff], order: `${state.day}/${id}` }],
  attributes: (state): Attributes => (state.status === 'none' ? {} : { staff: [state.staff] }),
}

type Said<Type extends ClaimCommand['type']> = Omit<Input<typeof ClaimCommand, Type>, 'claim'>

export const claims = (door: Door) => ({
  /**
   * Records what a member of staff owes, in minor units: a fine of the house, a loss, an overpayment. Nothing
   * is kept from a wage by it; the same id with something else is refused (`claim.exists`).
   */
  record: (id: string, input: Said<'record'>, options?: CommandOptions) =>
    door.run(claim, { type: 'record', claim: id, ...input }, options),

  /** Whoever owes it accepts it, as themselves (`claim.not-yours`). */
  accept: (id: string, options?: CommandOptions) =>
    door.run(claim, { type: 'accept', claim: id }, options),

  /** What became of it after hearing and appeal; another person says so than recorded it. */
  decide: (id: string, outcome: 'final' | 'dropped', options?: CommandOptions) =>
    door.run(claim, { type: 'decide', claim: id, outcome }, options),

  get: (id: string, options?: ReadOptions) => door.get(claim, id, options),

  /** What somebody owes or owed, by day. */
  of: (staff: string, paging: Paging = {}) =>
    door.list(claim, { index: 'staff', equals: [[staff]], ...page(paging) }, paging),
})
