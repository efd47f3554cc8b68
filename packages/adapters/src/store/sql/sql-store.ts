import { refuse, type Store } from '@hospital-crm/core'
import { createCommit } from './commit.ts'
import { events, tenants } from './events.ts'
import { tell } from './failure.ts'
import { inLanes } from './lanes.ts'
import { list } from './list.ts'
import { load } from './load.ts'
import { once, patiently } from './patience.ts'
import type { Engine } from './schema.ts'
import { refuseUnstorable } from './storable.ts'
import { readFor, readNames } from './tenant-guard.ts'

/** The store over a database whose tables are up to date. */
export const sqlStore = (engine: Engine): Store => {
  const trying = engine.lent ? once : patiently
  let closing: Promise<void> | undefined
  const running = new Set<Promise<unknown>>()

  const guarded = async <Answer>(ask: () => Promise<Answer>): Promise<Answer> => {
    if (closing) refuse('store.closed')
    const asked = ask().catch(tell)
    running.add(asked)
    try {
      return await asked
    } finally {
      running.delete(asked)
    }
  }
  const close = async () => {
    await Promise.allSettled(running)
    await engine.close()
  }
  const commit = createCommit(engine)
  const commitInLane = inLanes((tenant, units) => commit(tenant, units).catch(tell))

  return {
    durable: engine.durable,
    ...(engine.lent && { provisional: true }),
    load: (tenant, keys, causes) =>
      guarded(() => trying(() => readFor(engine, tenant, (of) => load(of, tenant, keys, causes)))),
    commit: (tenant, units) =>
      guarded(async () => {
        if (units.length === 0) return []
        refuseUnstorable(tenant, units)
        return commitInLane(tenant, units)
      }),
    list: (tenant, kind, query) =>
      guarded(() => trying(() => readFor(engine, tenant, (of) => list(of, tenant, kind, query)))),
    events: (tenant, query) =>
      guarded(() => trying(() => readFor(engine, tenant, (of) => events(of, tenant, query)))),
    tenants: (after, limit) =>
      guarded(() => trying(() => readNames(engine, (of) => tenants(of, after, limit)))),
    close: () => {
      closing ??= close()
      return closing
    },
  }
}
