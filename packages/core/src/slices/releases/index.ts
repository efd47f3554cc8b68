import type { CommandOptions, Door } from '../../kernel/door.ts'
import type { Paging } from '../../kernel/paging.ts'
import type { ReadOptions } from '../../kernel/reader.ts'
import type { Input, Slice } from '../../kernel/slice.ts'
import type { Entry } from '../../ports/store.ts'
import { decide } from './decide.ts'
import { evolve } from './evolve.ts'
import { ReleaseCommand, ReleaseEvent, ReleaseRecord } from './schema.ts'

export const release: Slice<ReleaseRecord, ReleaseCommand, ReleaseEvent> = {
  name: 'release',
  state: ReleaseRecord,
  command: ReleaseCommand,
  event: ReleaseEvent,
  initial: { status: 'none' },
  keys: (command) => [command.release],
  decide,
  evolve,
  lists: { proposed: [], given: [] },
  entries: (state, id): Entry[] => {
    if (state.status === 'none') return []
    const until = state.status === 'given' ? state.release.validUntil : state.validUntil
    return [{ index: state.status, equals: [], order: `${until}/${id}` }]
  },
}

type Said<Type extends ReleaseCommand['type']> = Omit<Input<typeof ReleaseCommand, Type>, 'release'>

export const releases = (door: Door) => ({
  /**
   * The first signature, on a legal opinion and until an instant, under a row of the compliance profile
   * that waits for one (`release.nothing-to-release`). Nobody signs for their own pay.
   */
  propose: (id: string, input: Said<'propose'>, options?: CommandOptions) =>
    door.run(release, { type: 'propose', release: id, ...input }, options),

  /** The second one, by another person of another role. It counts from now on; months drafted before are drafted again. */
  confirm: (id: string, input: Said<'confirm'>, options?: CommandOptions) =>
    door.run(release, { type: 'confirm', release: id, ...input }, options),

  get: (id: string, options?: ReadOptions) => door.get(release, id, options),

  /** Releases that wait for the second signature, or that were given, by when they end. */
  list: (
    status: 'proposed' | 'given',
    { limit = 50, after, from, ...options }: Paging & { readonly from?: string } = {},
  ) =>
    door.list(
      release,
      { index: status, equals: [], limit, ...(from && { from }), ...(after && { after }) },
      options,
    ),
})
