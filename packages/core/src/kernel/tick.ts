import type { Found } from '../ports/store.ts'
import { system } from './actor.ts'
import type { LookUp, Raised } from './flow.ts'
import { everyPage } from './paging.ts'
import { park, parkedKind } from './parked.ts'
import type { Parts } from './parts.ts'
import { Refusal } from './refusal.ts'
import type { Request } from './request.ts'
import type { Road } from './road.ts'

/**
 * Something that becomes true by the passing of time. Records say by an index entry, whose order is
 * an instant (ISO, UTC), when they want to be looked at; the command moves that entry on.
 */
export interface Tick {
  readonly name: string
  readonly kind: string
  readonly index: string
  readonly equals: readonly (readonly string[])[]
  /** The records to hand in, all of them, when the one that is due does not hold what it needs. */
  readonly look?: (due: Found) => LookUp
  /**
   * `secret` is a text that nobody can foresee or forge, the same whenever it is asked for: for what
   * must be drawn so that nobody can steer it. Only where records are handed in.
   */
  readonly raise: (due: Found, found: readonly Found[], secret: string) => Raised
}

const pageSize = 500

/** Asks the due indexes what has become true by now. Twice, or from two workers, is harmless. */
export const createTick = (parts: Parts, road: Road) => {
  const { store, clock, cipher, ticks } = parts

  const lookUp = (tenant: string, { kind, ...query }: LookUp) =>
    everyPage<Found>((after) =>
      store.list(tenant, kind, { ...query, limit: pageSize, ...(after && { after }) }),
    )

  const page = async (tenant: string, { name, look, raise }: Tick, items: readonly Found[]) => {
    const causes = items.map(({ key, order }) => `tick:${name}:${key.id}:${order}`)
    const secrets = look ? await cipher.blind(tenant, causes) : []
    const { records } = await store.load(
      tenant,
      causes.map((id) => ({ kind: parkedKind, id })),
      [],
    )
    const requests: Request[] = []
    for (const [at, item] of items.entries()) {
      const cause = causes[at]
      if (records[at] || cause === undefined) continue
      const found = look ? await lookUp(tenant, look(item)) : []
      const { slice, command } = raise(item, found, secrets[at] ?? '')
      requests.push({ asks: [{ slice, input: command }], actor: system, cause })
    }
    const outcomes = await road(tenant, requests)
    for (const [at, outcome] of outcomes.entries()) {
      const { asks, cause = '' } = requests[at] ?? {}
      const [ask] = asks ?? []
      if (!(outcome instanceof Refusal) || !ask) continue
      const undone = { slice: ask.slice.name, command: ask.input as never }
      await park(store, tenant, { cause, code: outcome.code, now: clock.now(), undone })
    }
    return requests.length
  }

  return async (tenant: string): Promise<number> => {
    const to = clock.now().toISOString()
    let raised = 0
    for (const tick of ticks) {
      let after: string | undefined
      do {
        const { index, equals } = tick
        const query = { index, equals, to, limit: pageSize, ...(after && { after }) }
        const { items, next } = await store.list(tenant, tick.kind, query)
        raised += await page(tenant, tick, items)
        after = next
      } while (after)
    }
    return raised
  }
}
