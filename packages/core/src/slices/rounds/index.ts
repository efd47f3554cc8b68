import type { Attributes } from '../../kernel/access.ts'
import type { CommandOptions, Door } from '../../kernel/door.ts'
import type { ReadOptions } from '../../kernel/reader.ts'
import type { Input, Slice } from '../../kernel/slice.ts'
import type { Entry } from '../../ports/store.ts'
import { decide } from './decide.ts'
import { evolve } from './evolve.ts'
import { Round, RoundCommand, RoundEvent } from './schema.ts'

const roundId = ({ day, team }: { readonly day: string; readonly team: string }) => `${day}/${team}`

export const round: Slice<Round, RoundCommand, RoundEvent> = {
  name: 'round',
  state: Round,
  command: RoundCommand,
  event: RoundEvent,
  initial: { status: 'none' },
  keys: (command) => [roundId(command)],
  decide,
  evolve,
  lists: { day: [], team: ['team'] },
  entries: (state): Entry[] =>
    state.status === 'planned'
      ? [
          { index: 'day', equals: [], order: state.day },
          { index: 'team', equals: [state.team], order: state.day },
        ]
      : [],
  attributes: (state): Attributes => (state.status === 'none' ? {} : { team: [state.team] }),
}

type Said<Type extends RoundCommand['type']> = Input<typeof RoundCommand, Type>

export const rounds = (door: Door) => ({
  /** Plans a team's home visits of a local day, or plans them anew. */
  plan: (input: Said<'plan'>, options?: CommandOptions) =>
    door.run(round, { type: 'plan', ...input }, options),

  cancel: (input: Said<'cancel'>, options?: CommandOptions) =>
    door.run(round, { type: 'cancel', ...input }, options),

  get: (day: string, team: string, options?: ReadOptions) =>
    door.get(round, roundId({ day, team }), options),

  /** What is planned over local days, both included, of all teams or of one. */
  list: ({
    from,
    to,
    team,
    limit = 50,
    after,
    ...options
  }: ReadOptions & {
    from: string
    to: string
    team?: string
    limit?: number
    after?: string
  }) =>
    door.list(
      round,
      {
        ...(team === undefined
          ? { index: 'day', equals: [] }
          : { index: 'team', equals: [[team]] }),
        ...{ from, to, limit },
        ...(after && { after }),
      },
      options,
    ),
})
