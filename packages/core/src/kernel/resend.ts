import { type Listener, most, tellOf, undelivered } from './feed.ts'
import { type Parked, park, parkedKind, unpark } from './parked.ts'
import type { Parts } from './parts.ts'

const limit = 100

/** Tells somebody again what was parked for good and then redriven, when all behind it have long arrived. */
export const createResend =
  ({ store, clock }: Pick<Parts, 'store' | 'clock'>) =>
  async (tenant: string, listener: Listener, upTo: number) => {
    const to = clock.now().toISOString()
    const query = { index: 'status', equals: [['resending']], to, limit }
    const { items } = await store.list(tenant, parkedKind, query)
    for (const { state } of items) {
      const { cause, undone } = state as unknown as Parked
      if (!('position' in undone) || undone.position > upTo) continue
      if (cause !== undelivered(listener, undone.position).cause) continue
      const at = { after: undone.position - 1, limit: 1 }
      const [delivery] = await tellOf(tenant, listener.wish, await store.events(tenant, at))
      const code = delivery?.outcome ?? 'unknown'
      if (code === 'sent') await unpark(store, tenant, cause)
      else await park(store, tenant, { cause, code, now: clock.now(), undone, most })
    }
  }
