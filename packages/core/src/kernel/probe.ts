import type { Cipher } from '../ports/cipher.ts'
import type { Json, Store } from '../ports/store.ts'
import { refuse } from './refusal.ts'

export const probeKey = { kind: 'probe', id: 'cipher' }
const bound = 'probe'
const plain = 'hospital-crm'

interface Probe {
  readonly key: string
  readonly sealed: string
}

/**
 * Makes sure, once a process and tenant, that the cipher opens what this store holds: another key
 * than the one it was begun with would seal new data under it, and open nothing of the old
 * (`cipher.wrong-key`).
 */
export const createProbe = ({ store, cipher }: { store: Store; cipher: Cipher }) => {
  const checked = new Map<string, Promise<void>>()

  const check = async (tenant: string, isSecondLook = false): Promise<void> => {
    const { records } = await store.load(tenant, [probeKey], [])
    const probe = records[0]?.state as unknown as Probe | undefined
    if (probe) {
      const [text] = await cipher.open(tenant, [{ ...probe, bound }])
      if (text !== plain) refuse('cipher.wrong-key', { tenant })
      return
    }
    const [made = ''] = await cipher.newKeys(tenant, 1)
    const [sealed = ''] = await cipher.seal(tenant, [{ key: made, bound, plain }])
    const state: Json = { key: made, sealed }
    const changes = [{ key: probeKey, version: 0, state, entries: [] }]
    const unit = { cause: 'probe', reads: [], changes, events: [] }
    const [outcome] = await store.commit(tenant, [unit])
    if (outcome !== 'done' && !isSecondLook) await check(tenant, true)
  }

  return (tenant: string): Promise<void> => {
    const known = checked.get(tenant)
    if (known) return known
    const checking = check(tenant).catch((error: unknown) => {
      checked.delete(tenant)
      throw error
    })
    checked.set(tenant, checking)
    return checking
  }
}
