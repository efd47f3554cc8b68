import { system } from './actor.ts'
import type { createCarry } from './carry.ts'
import { takeLease } from './lease.ts'
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

/**
 * Works through the log behind what was run inline: flows that a crash or a fault cut off, further
 * pages of look-ups, and causes whose next try is due. Harmless when nothing is left to do.
 */
export const createPump = (parts: Parts, run: Run, carry: ReturnType<typeof createCarry>) => {
  const { store, clock, slices } = parts

  const again = async (tenant: string, { cause, undone }: Parked) => {
    const happened = happenedOf(undone)
    if (happened) {
      await carry(
        tenant,
        [{ ...happened, type: happened.event.type, data: { ...happened.event } }],
        'all-pages',
      )
      return undefined
    }
    const slice = 'slice' in undone ? slices.get(undone.slice) : undefined
    if (!slice || !('command' in undone)) return undefined
    const asks = [{ slice, input: undone.command }]
    const { outcomes } = await run(tenant, [{ asks, actor: system, cause }])
    const [outcome] = outcomes
    return outcome instanceof Refusal && outcome.code !== 'cause.reused' ? outcome : undefined
  }

  const retry = async (tenant: string) => {
    const now = clock.now()
    const due = { index: 'status', equals: [['retrying']], to: now.toISOString(), limit: batch }
    const { items } = await store.list(tenant, parkedKind, due)
    for (const { state } of items) {
      const parked = state as unknown as Parked
      const refused = await again(tenant, parked)
      const { cause, undone } = parked
      if (refused) await park(store, tenant, { cause, code: refused.code, now, undone })
      else await unpark(store, tenant, cause)
    }
    return items.length
  }

  return async (tenant: string): Promise<Pumped> => {
    const lease = await takeLease(parts, tenant, 'pump')
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
