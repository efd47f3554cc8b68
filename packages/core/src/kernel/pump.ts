import { system } from './actor.ts'
import type { createCarry } from './carry.ts'
import { positionOf, takeLease } from './lease.ts'
import { happenedOf, type Parked, park, parkedKind, unpark } from './parked.ts'
import type { Parts } from './parts.ts'
import { Refusal } from './refusal.ts'
import type { Run } from './run.ts'

/** What a pump did. `busy`: another worker is at this tenant's log. */
export interface Pumped {
  readonly busy: boolean
  readonly events: number
  readonly retried: number
}

const batch = 500
const leaseName = 'pump'

/**
 * Works through the log behind what was run inline: flows that a crash or a fault cut off, further
 * pages of look-ups, and causes whose next try is due. Harmless when nothing is left to do.
 */
export const createPump = (parts: Parts, run: Run, carry: ReturnType<typeof createCarry>) => {
  const { store, clock, slices } = parts
  const retrying = () => ({
    index: 'status',
    equals: [['retrying']],
    to: clock.now().toISOString(),
  })

  /** Tries what failed once more; what fails again has been parked again. */
  const again = async (tenant: string, { cause, undone }: Parked): Promise<boolean> => {
    const happened = happenedOf(undone)
    if (happened) {
      const event = { ...happened, type: happened.event.type, data: { ...happened.event } }
      const { failed } = await carry(tenant, [event], 'all-pages')
      return !failed.has(cause)
    }
    if (!('command' in undone)) return false
    const slice = slices.get(undone.slice)
    // Parked by a worker that has more slices than this one, who will try it again.
    if (!slice) return false
    const asks = [{ slice, input: undone.command }]
    const { outcomes } = await run(tenant, [{ asks, actor: system, cause }])
    const [outcome] = outcomes
    if (!(outcome instanceof Refusal) || outcome.code === 'cause.reused') return true
    await park(store, tenant, { cause, code: outcome.code, now: clock.now(), undone })
    return false
  }

  const retry = async (tenant: string) => {
    const { items } = await store.list(tenant, parkedKind, { ...retrying(), limit: batch })
    for (const { state } of items) {
      const parked = state as unknown as Parked
      if (await again(tenant, parked)) await unpark(store, tenant, parked.cause)
    }
    return items.length
  }

  /** Whether anything waits; asked without taking the lease, since mostly nothing does. */
  const isIdle = async (tenant: string) => {
    const after = await positionOf(store, tenant, leaseName)
    const [events, due] = await Promise.all([
      store.events(tenant, { after, limit: 1 }),
      store.list(tenant, parkedKind, { ...retrying(), limit: 1 }),
    ])
    return events.length === 0 && due.items.length === 0
  }

  return async (tenant: string): Promise<Pumped> => {
    if (await isIdle(tenant)) return { busy: false, events: 0, retried: 0 }
    const lease = await takeLease(parts, tenant, leaseName)
    if (!lease) return { busy: true, events: 0, retried: 0 }
    const retried = await retry(tenant)
    let position = lease.position
    let events = 0
    for (;;) {
      const found = await store.events(tenant, { after: position, limit: batch })
      const last = found.at(-1)
      if (!last) break
      await carry(tenant, found, 'all-pages')
      position = last.position
      events += found.length
      if (!(await lease.advance(position))) return { busy: true, events, retried }
    }
    await lease.release()
    return { busy: false, events, retried }
  }
}
