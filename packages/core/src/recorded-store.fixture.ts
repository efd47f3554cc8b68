import { memoryStore } from './memory/store.ts'
import type { Change, Json, KeptAnswer, Key, LoggedEvent, Store } from './ports/store.ts'

interface Held {
  readonly records: Map<string, { readonly key: Key; readonly change: Change }>
  readonly kept: Map<string, KeptAnswer>
}

const addressOf = ({ kind, id }: Key) => `${kind}/${id}`

/** A store with a list of everything in it, which the port does not offer. */
export const recordedStore = (inner: Store = memoryStore()) => {
  const tenants = new Map<string, Held>()
  const of = (tenant: string): Held => {
    const held = tenants.get(tenant) ?? { records: new Map(), kept: new Map() }
    tenants.set(tenant, held)
    return held
  }
  const log = async (tenant: string): Promise<readonly LoggedEvent[]> =>
    inner.events(tenant, { after: 0, limit: 1_000_000 })

  const store: Store = {
    ...inner,
    commit: async (tenant, units) => {
      const outcomes = await inner.commit(tenant, units)
      units.forEach(({ cause, kept, changes }, at) => {
        if (outcomes[at] !== 'done') return
        for (const change of changes)
          of(tenant).records.set(addressOf(change.key), { key: change.key, change })
        if (kept) of(tenant).kept.set(cause, kept)
      })
      return outcomes
    },
  }
  return {
    ...store,
    log,
    /** The records of a kind as they stand, by id. */
    recordsOf: (kind: string, tenant = 'main'): ReadonlyMap<string, Json> =>
      new Map(
        [...of(tenant).records.values()].flatMap(({ key, change }) =>
          key.kind === kind ? [[key.id, change.state] as const] : [],
        ),
      ),
    kinds: (tenant = 'main') =>
      new Set([...of(tenant).records.values()].map(({ key }) => key.kind)),
    /** Every table of a tenant as one text: records, index entries, answers kept and the log. */
    everything: async (tenant = 'main'): Promise<string> =>
      JSON.stringify([
        [...of(tenant).records.values()],
        [...of(tenant).kept.entries()],
        await log(tenant),
      ]),
  }
}
export type RecordedStore = ReturnType<typeof recordedStore>
