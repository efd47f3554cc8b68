import type { Attributes } from '../../kernel/access.ts'
import type { CommandOptions, Door } from '../../kernel/door.ts'
import type { ReadOptions } from '../../kernel/reader.ts'
import type { Input, Slice } from '../../kernel/slice.ts'
import type { Entry } from '../../ports/store.ts'
import { decide } from './decide.ts'
import { evolve } from './evolve.ts'
import { needs } from './merit.ts'
import { ChargeCommand, Charged, ChargeEvent } from './schema.ts'

export const charge: Slice<Charged, ChargeCommand, ChargeEvent> = {
  name: 'charge',
  state: Charged,
  command: ChargeCommand,
  event: ChargeEvent,
  initial: { status: 'none' },
  keys: ({ visit }) => [visit],
  needs,
  decide,
  evolve,
  lists: { day: [] },
  entries: (state): Entry[] => {
    if (state.status === 'none') return []
    const days = new Set(state.lines.map(({ occurredOn }) => occurredOn))
    return [...days].map((day) => ({ index: 'day', equals: [], order: day }))
  },
  attributes: (state): Attributes =>
    state.status === 'none'
      ? {}
      : { payee: (state.merit?.credits ?? []).map(({ payee }) => payee) },
}

type Lines = Input<typeof ChargeCommand, 'post'>['lines']

export const charges = (door: Door) => ({
  /**
   * Takes lines of a visit's bill, in minor units of the hospital's currency. A line taken before
   * changes nothing; under its id with another content it is refused (`charge.changed`): what was
   * wrong is taken back by a line below zero.
   */
  post: (visit: string, lines: Lines, options?: CommandOptions) =>
    door.run(charge, { type: 'post', visit, lines }, options),

  /** Takes lines of many visits, each visit's whole or refused on its own. */
  postMany: (
    bills: readonly {
      readonly visit: string
      readonly lines: Lines
      readonly cause?: string
    }[],
  ) =>
    door.runMany(
      bills.map(({ visit, lines, cause }) => ({
        asks: [{ slice: charge, input: { type: 'post', visit, lines } }],
        ...(cause !== undefined && { cause: `host:${cause}` }),
      })),
    ),

  /** What was charged for a visit, and whose merit it is. */
  of: (visit: string, options?: ReadOptions) => door.get(charge, visit, options),

  /** Visits with charges of local days, both included; a visit once for each day. */
  list: ({
    from,
    to,
    limit = 50,
    after,
    ...options
  }: ReadOptions & { from: string; to: string; limit?: number; after?: string }) =>
    door.list(
      charge,
      { index: 'day', equals: [], from, to, limit, ...(after && { after }) },
      options,
    ),
})
