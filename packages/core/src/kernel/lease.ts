import type { Change, Json, Store } from '../ports/store.ts'
import type { Parts } from './parts.ts'

/** The right to work on a tenant's log, held by one worker at a time. */
export interface Lease {
  /** How far the log has been worked through. */
  readonly position: number
  /**
   * Moves on and renews, with changes in the same commit; false, and nothing is written, when another
   * worker has taken over, who then has the last word.
   */
  advance(position: number, changes?: readonly Change[]): Promise<boolean>
  release(): Promise<void>
}

interface Held {
  readonly holder: string
  readonly token: number
  readonly until: string
  readonly position: number
}

const usualSeconds = 20

/** How far the holders of a lease have come. */
export const positionOf = async (store: Store, tenant: string, name: string): Promise<number> => {
  const { records } = await store.load(tenant, [{ kind: 'lease', id: name }], [])
  return (records[0]?.state as unknown as Held | undefined)?.position ?? 0
}

/** Takes a lease unless another worker holds it. The record's version is the fencing token of every later move. */
export const takeLease = async (
  { store, clock, ids }: Pick<Parts, 'store' | 'clock' | 'ids'>,
  tenant: string,
  name: string,
  seconds = usualSeconds,
): Promise<Lease | undefined> => {
  const key = { kind: 'lease', id: name }
  const holder = ids.next()
  const { records } = await store.load(tenant, [key], [])
  const before = records[0]?.state as unknown as Held | undefined
  let version = records[0]?.version ?? 0
  const now = clock.now()
  if (before && before.holder !== '' && before.until > now.toISOString()) return undefined

  const write = async (held: Held, more: readonly Change[] = []): Promise<boolean> => {
    const change = { key, version, state: held as unknown as Json, entries: [] }
    const unit = {
      cause: `lease:${holder}:${version}`,
      reads: [],
      changes: [change, ...more],
      events: [],
    }
    const [outcome] = await store.commit(tenant, [unit])
    if (outcome === 'done') version += 1
    return outcome === 'done'
  }
  const until = () => new Date(clock.now().getTime() + seconds * 1000).toISOString()
  const token = (before?.token ?? 0) + 1
  let position = before?.position ?? 0
  if (!(await write({ holder, token, until: until(), position }))) return undefined
  return {
    position,
    advance: (to, changes) => {
      position = to
      return write({ holder, token, until: until(), position }, changes)
    },
    release: async () =>
      void (await write({ holder: '', token, until: now.toISOString(), position })),
  }
}
