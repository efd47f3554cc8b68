import type { Door } from '../../kernel/door.ts'
import type { ReadOptions } from '../../kernel/reader.ts'
import type { Slice } from '../../kernel/slice.ts'
import type { Entry } from '../../ports/store.ts'
import { decide } from './decide.ts'
import { evolve } from './evolve.ts'
import { DrawCommand, DrawEvent, DrawRecord } from './schema.ts'

export { roundOf } from './decide.ts'

/** Names a draw: of which plan's tier, and of which week (`YYYY-Www`). */
export interface DrawName {
  readonly plan: string
  readonly tier: number
  readonly frame: string
}

export const drawId = ({ plan, tier, frame }: DrawName) => `${plan}/${tier}/${frame}`

export const drawRecord: Slice<DrawRecord, DrawCommand, DrawEvent> = {
  name: 'draw',
  state: DrawRecord,
  command: DrawCommand,
  event: DrawEvent,
  initial: { status: 'none' },
  keys: (command) => [drawId(command)],
  decide,
  evolve,
  lists: { frame: ['plan', 'tier'], due: [] },
  entries: (state): Entry[] => {
    if (state.status === 'none') return []
    const { plan, tier, frame } = state.status === 'drawn' ? state.draw : state
    return [
      { index: 'frame', equals: [plan, `${tier}`], order: frame },
      ...(state.due === undefined ? [] : [{ index: 'due', equals: [], order: state.due }]),
    ]
  },
}

export const draws = (door: Door) => ({
  /** A draw as it is on record: its frame, its seed and who was selected, round by round. */
  get: (name: DrawName, options?: ReadOptions) => door.get(drawRecord, drawId(name), options),

  /** The draws of a plan's tier, the newest week first. Those of spot checks go by the plan `spot-check`. */
  list: ({
    plan,
    tier,
    limit = 50,
    after,
    ...options
  }: ReadOptions & Omit<DrawName, 'frame'> & { limit?: number; after?: string }) =>
    door.list(
      drawRecord,
      {
        index: 'frame',
        equals: [[plan], [`${tier}`]],
        direction: 'descending',
        limit,
        ...(after && { after }),
      },
      options,
    ),
})
