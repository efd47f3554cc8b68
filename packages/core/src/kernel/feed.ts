import type { Delivery } from '../ports/channel.ts'
import type { Json, LoggedEvent } from '../ports/store.ts'
import { announced, type CloudEvent } from './changes.ts'
import type { Raised } from './flow.ts'
import type { Undone } from './parked.ts'

/** What somebody wants to be told, and the way to tell them: one outcome for each event, in order. */
export interface Wish {
  readonly types: readonly string[]
  readonly tell: (events: readonly CloudEvent[]) => Promise<readonly Delivery[]>
}

/**
 * Others who are told of what happens in a tenant. Each stands in a record that the index names, and is told
 * in the order of the log, at least once, of what came after the record's first event.
 */
export interface Feed {
  readonly name: string
  readonly kind: string
  readonly index: string
  readonly equals: readonly (readonly string[])[]
  /** `undefined` where this process has no way to tell; another one may. */
  readonly wish: (state: Json) => Wish | undefined
  /** What follows when nothing will ever arrive there. What was not told by then waits. */
  readonly rejected: (id: string) => Raised
}

/** One who is to be told. */
export interface Listener {
  readonly feed: Feed
  readonly id: string
  readonly wish: Wish
}

/** So often an event is tried before it is parked for good, which takes some eight hours. */
export const most = 12

/** An event that did not arrive somewhere, as it is parked. */
export const undelivered = ({ feed, id }: Listener, position: number) => ({
  cause: `feed:${feed.name}:${id}:${position}`,
  undone: { feed: feed.name, to: id, position } satisfies Undone,
})

/** Tells somebody of events; a way that throws has told nothing, so that they may have arrived. */
export const tellOf = async (
  tenant: string,
  { tell }: Wish,
  events: readonly LoggedEvent[],
): Promise<readonly Delivery[]> => {
  try {
    return await tell(announced(tenant, events, ['*']))
  } catch {
    return events.map((): Delivery => ({ outcome: 'unknown' }))
  }
}
