import type { Delivery } from '../ports/channel.ts'
import type { Found, LoggedEvent } from '../ports/store.ts'
import { system } from './actor.ts'
import { isWanted } from './changes.ts'
import { type Feed, type Listener, most, tellOf, undelivered } from './feed.ts'
import { positionOf, takeLease } from './lease.ts'
import { type Parked, park, parkedKind, unpark } from './parked.ts'
import type { Parts } from './parts.ts'
import { createResend } from './resend.ts'
import type { Road } from './road.ts'

/** So few at once that a slow receiver is done before the lease ends, and so often before others have a turn. */
const batch = 20
const turns = 10
const leaseSeconds = 60
const pageSize = 500

/** What comes next for somebody: the end of the page, what of it they want, and how its first one has fared. */
interface Ahead {
  readonly end: number
  readonly wanted: readonly LoggedEvent[]
  readonly parked: Parked | undefined
}

/**
 * Tells others what has happened since they were told last. The first event that does not arrive holds up
 * those behind it until it is tried again, or parked for good and passed over.
 */
export const createTell = (parts: Parts, road: Road) => {
  const { store, clock, feeds } = parts
  const resend = createResend(parts)

  /** `undefined` while there is nothing, or the next one waits for another try. */
  const ahead = async (tenant: string, listener: Listener, after: number) => {
    const page = await store.events(tenant, { after, limit: pageSize })
    const end = page.at(-1)?.position
    if (end === undefined) return undefined
    const wanted = page.filter(({ type }) => isWanted(listener.wish.types, type)).slice(0, batch)
    if (!wanted[0]) return { end, wanted, parked: undefined }
    const { cause } = undelivered(listener, wanted[0].position)
    const { records } = await store.load(tenant, [{ kind: parkedKind, id: cause }], [])
    const parked = records[0]?.state as unknown as Parked | undefined
    const waits = parked?.status === 'retrying' && parked.nextTry > clock.now().toISOString()
    return waits ? undefined : { end, wanted, parked }
  }

  /** Whether an event that did not arrive is passed over from now on. */
  const isPassed = async (
    tenant: string,
    listener: Listener,
    { position }: LoggedEvent,
    { outcome: code }: Delivery,
  ) => {
    if (code === 'rejected') {
      const { slice, command } = listener.feed.rejected(listener.id)
      await road(tenant, [{ asks: [{ slice, input: command }], actor: system }])
      return false
    }
    const failure = { ...undelivered(listener, position), code, now: clock.now(), most }
    const parked = (await park(store, tenant, failure)) as unknown as Parked | undefined
    return parked?.status === 'parked'
  }

  /** Tells one batch. Gives back how many arrived, and how far the log is done with by that. */
  const turn = async (tenant: string, listener: Listener, { end, wanted, parked }: Ahead) => {
    // While it is not known whether anything arrives there, one is enough to find out.
    const tried = parked?.status === 'retrying' ? wanted.slice(0, 1) : wanted
    const [head] = tried
    if (!head) return { arrived: 0, position: end }
    const deliveries = await tellOf(tenant, listener.wish, tried)
    const failed = tried.findIndex((_, at) => deliveries[at]?.outcome !== 'sent')
    if (failed === 0) {
      const isOver = await isPassed(tenant, listener, head, deliveries[0] ?? { outcome: 'unknown' })
      return isOver ? { arrived: 0, position: head.position } : undefined
    }
    if (parked) await unpark(store, tenant, parked.cause)
    const arrived = failed < 0 ? tried.length : failed
    const isAll = arrived === wanted.length && arrived < batch
    return { arrived, position: isAll ? end : (tried[arrived - 1]?.position ?? end) }
  }

  const startOf = async (tenant: string, { key }: Found) =>
    (await store.events(tenant, { of: key, after: 0, limit: 1 }))[0]?.position ?? 0

  const tellOne = async (tenant: string, feed: Feed, found: Found): Promise<number> => {
    const { id } = found.key
    const wish = feed.wish(found.state)
    if (!wish) return 0
    const listener = { feed, id, wish }
    const name = `${feed.name}:${id}`
    const known = (await positionOf(store, tenant, name)) || (await startOf(tenant, found))
    await resend(tenant, listener, known)
    // Asked without taking the lease, since mostly nothing is.
    if (!(await ahead(tenant, listener, known))) return 0
    const lease = await takeLease(parts, tenant, name, leaseSeconds)
    if (!lease) return 0
    let told = 0
    for (let done = 0, position = lease.position || known; done < turns; done += 1) {
      const next = await ahead(tenant, listener, position)
      const went = next && (await turn(tenant, listener, next))
      if (!went) break
      position = went.position
      told += went.arrived
      if (!(await lease.advance(position))) return told
    }
    await lease.release()
    return told
  }

  /** Returns how many events arrived somewhere. */
  return async (tenant: string): Promise<number> => {
    let told = 0
    for (const feed of feeds) {
      const { kind, index, equals } = feed
      let after: string | undefined
      do {
        const query = { index, equals, limit: 100, ...(after !== undefined && { after }) }
        const { items, next } = await store.list(tenant, kind, query)
        const counts = await Promise.all(items.map((found) => tellOne(tenant, feed, found)))
        told += counts.reduce((sum, count) => sum + count, 0)
        after = next
      } while (after !== undefined)
    }
    return told
  }
}
