import type { Entry, Happening, Json, Key, Store } from '../ports/store.ts'

/** What a record of the kernel becomes, and what is written with it. */
export interface Amendment {
  readonly state: Json
  readonly entries?: readonly Entry[]
  readonly events?: readonly Omit<Happening, 'key' | 'version'>[]
}

/**
 * Changes one of the kernel's own records (leases, parked causes), which no slice decides on.
 * `change` sees the state, `null` at first, and answers what it becomes or `undefined` for no change;
 * it is asked again when somebody else was faster. Answers the state it left, or `undefined`.
 */
export const amend = async (
  store: Store,
  tenant: string,
  key: Key,
  cause: string,
  change: (state: Json) => Amendment | undefined,
): Promise<Json | undefined> => {
  for (;;) {
    const { records } = await store.load(tenant, [key], [])
    const version = records[0]?.version ?? 0
    const amended = change(records[0]?.state ?? null)
    if (!amended) return undefined
    const { state, entries = [], events = [] } = amended
    const unit = {
      cause,
      reads: [],
      changes: [{ key, version, state, entries }],
      events: events.map((event) => ({ ...event, key, version: version + 1 })),
    }
    const [outcome] = await store.commit(tenant, [unit])
    if (outcome === 'done') return state
  }
}
