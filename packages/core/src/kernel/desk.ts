import type { Json, KeptAnswer, Key, Store } from '../ports/store.ts'

/** A record as this run sees it: as stored, or as an earlier command of the same run left it. */
export interface Held {
  readonly version: number
  /** `null` while the record does not exist. */
  readonly state: Json
}

/** The records one run works on, loaded in batches and changed in place until they are committed. */
export interface Desk {
  get(key: Key): Held | undefined
  put(key: Key, held: Held): void
  /** Whether a record was put here by this run rather than loaded. */
  changed(key: Key): boolean
  kept(cause: string): KeptAnswer | undefined
  /** Loads what is not on the desk yet, in one round trip; with nothing missing, in none. */
  fetch(keys: readonly Key[], causes?: readonly string[]): Promise<void>
}

export const addressOf = ({ kind, id }: Key) => `${kind}\u0000${id}`

export const createDesk = (store: Store, tenant: string): Desk => {
  const held = new Map<string, Held>()
  const answers = new Map<string, KeptAnswer>()
  const changed = new Set<string>()
  return {
    get: (key) => held.get(addressOf(key)),
    put: (key, record) => {
      held.set(addressOf(key), record)
      changed.add(addressOf(key))
    },
    changed: (key) => changed.has(addressOf(key)),
    kept: (cause) => answers.get(cause),
    fetch: async (keys, causes = []) => {
      const missing = new Map<string, Key>()
      for (const key of keys) {
        const address = addressOf(key)
        if (!held.has(address)) missing.set(address, key)
      }
      if (missing.size === 0 && causes.length === 0) return
      const { records, kept } = await store.load(tenant, [...missing.values()], causes)
      let at = 0
      for (const address of missing.keys()) {
        const record = records[at++]
        held.set(address, { version: record?.version ?? 0, state: record?.state ?? null })
      }
      causes.forEach((cause, place) => {
        const answer = kept[place]
        if (answer) answers.set(cause, answer)
      })
    },
  }
}
