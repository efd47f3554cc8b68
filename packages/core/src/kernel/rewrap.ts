import type { Cipher } from '../ports/cipher.ts'
import type { Json, Key, Store } from '../ports/store.ts'
import { probeKey } from './probe.ts'
import { refuse } from './refusal.ts'
import { subjectKind } from './sealing.ts'
import { personalIn } from './tree.ts'

/** How far the exchange of a tenant's secret has come. */
export interface Rewrapped {
  /** Keys that were put under the present secret by this call. */
  readonly keys: number
  /** Where the next call goes on; absent once the whole log has been looked at. */
  readonly next?: number
}

type Wrapped = Readonly<Record<string, Json>> & { readonly key: string }

/**
 * Puts the keys of all persons of whom a page of the log tells under the cipher's present secret. What is
 * under it already is passed over, so that it may be broken off and begun again anywhere.
 */
export const createRewrap =
  ({ store, cipher, ids }: { store: Store; cipher: Cipher; ids: { next: () => string } }) =>
  async (tenant: string, after: number, limit: number): Promise<Rewrapped> => {
    if (!cipher.rewrap) return refuse('cipher.keeps-one-secret')
    const events = await store.events(tenant, { after, limit })
    const subjects = new Set(personalIn(events.map(({ data }) => data)).map((one) => one.subject))
    const keys: Key[] = [...subjects].map((id) => ({ kind: subjectKind, id }))
    let count = 0
    for (let open = [...(after === 0 ? [probeKey] : []), ...keys]; open.length > 0; ) {
      const { records } = await store.load(tenant, open, [])
      const wrapped = records.flatMap((record) => {
        const state = record?.state as Wrapped | undefined
        return record && state?.key ? [{ ...record, state }] : []
      })
      const made = await cipher.rewrap(
        tenant,
        wrapped.map(({ state }) => state.key),
      )
      const units = wrapped.flatMap(({ key, version, state }, place) => {
        const now = made[place]
        if (now === undefined) return []
        const changes = [{ key, version, state: { ...state, key: now }, entries: [] }]
        return [{ cause: `rewrap:${ids.next()}`, reads: [], changes, events: [] }]
      })
      const outcomes = units.length > 0 ? await store.commit(tenant, units) : []
      count += outcomes.filter((outcome) => outcome === 'done').length
      // Somebody wrote it meanwhile, an erasure perhaps: it is looked at again.
      open = units.flatMap(({ changes: [change] }, place) =>
        outcomes[place] === 'conflict' && change ? [change.key] : [],
      )
    }
    const last = events.at(-1)
    return { keys: count, ...(last && events.length === limit && { next: last.position }) }
  }
