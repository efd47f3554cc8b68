import { setTimeout as pause } from 'node:timers/promises'
import type { Store } from '@hospital-crm/core'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { calls } from '../../../../core/src/every-method.fixture.ts'
import {
  type Bench,
  expectSame,
  isDocumented,
  type Run,
  runOn,
  selfSufficient,
} from '../../../../core/src/faults.fixture.ts'
import { cuttingProxy } from '../testing/cutting-proxy.ts'
import { filledLane, lent } from '../testing/filled-lane.fixture.ts'
import { startPostgres } from '../testing/start-postgres.ts'
import { postgresStore } from './index.ts'

/**
 * What goes wrong with one call of the store. `crowded`: no connection is to be had in time. `cancelled`: the server
 * gives it up, as too slow. `late`: it reaches the server when the client has given up and asked again.
 * `unheard`: it is done, and its answer comes too late. `slow`: it is done after the same call of
 * another worker. The connection is cut before, within or after the words that ask for it; `dropped`: the same
 * after it was done, and nobody gets through until later.
 */
const faults = [
  ...(['late', 'unheard', 'dropped', 'cut after', 'cut before', 'cut within'] as const),
  ...(['slow', 'cancelled', 'crowded'] as const),
] as const
type Fault = (typeof faults)[number]

/** The store makes them good by itself, so that nobody is told. */
const unnoticed: readonly Fault[] = ['slow', 'cut before', 'cut within', 'cut after']
const lanes = 8

/** What a caller can tell apart: a refusal that is documented, or an error with the code of the database or the system. */
const isTyped = (error: unknown) =>
  isDocumented(error) || /^([0-9A-Z]{5}|E[A-Z]+)$/.test((error as { code?: string }).code ?? '')

const isTelling = (error: unknown) =>
  /(name|street|note) o[fn]|1540000/.test(`${String(error)} ${JSON.stringify(error)}`)

const openLane = async (connectionString: string) => {
  const { schema, renew, whileLocked, untilIdle, close } = await filledLane(connectionString)
  const proxy = await cuttingProxy(connectionString)
  const behind = { connectionString: proxy.connectionString, application_name: schema }
  const hosts = async (settings: pg.PoolConfig) => {
    const pool = new pg.Pool({ ...behind, max: 3, idleTimeoutMillis: 0, ...settings })
    return { pool, store: await postgresStore({ pool, schema }) }
  }
  const patient = await postgresStore({ connectionString: proxy.connectionString, schema })
  const patience = { query_timeout: 100, connectionTimeoutMillis: 100 }
  // In a pipeline all of a commit is on its way when the client gives up.
  const heedless = await hosts({ ...patience, pipeline: true })
  const hurried = await hosts({ statement_timeout: 60 })
  const crowded = await hosts({ max: 1, connectionTimeoutMillis: 60 })
  const stores: Partial<Record<Fault, Store>> = {
    crowded: crowded.store,
    cancelled: hurried.store,
    late: heedless.store,
    unheard: heedless.store,
  }

  const goWrong = async (
    fault: Fault,
    ask: () => Promise<never>,
    meanwhile: () => Promise<unknown>,
  ) => {
    if (fault === 'crowded') {
      // Where what is asked side by side has the one connection, there is none either.
      const taken = await crowded.pool.connect().catch(() => undefined)
      return ask().finally(() => taken?.release())
    }
    if (fault === 'cancelled') return whileLocked(ask)
    // A connection that is open, so that what goes wrong meets the call itself.
    await (stores[fault] ?? patient).load('main', [{ kind: 'none', id: '0' }], [])
    if (fault === 'dropped') proxy.closeAt(1, 'after')
    else if (fault === 'cut before') proxy.cutAt(1, 'before')
    else if (fault === 'cut within') proxy.cutAt(1, 'within')
    else if (fault === 'cut after') proxy.cutAt(1, 'after')
    else proxy.delayAt(1, fault === 'unheard' ? 'answers' : 'words')
    const asked = ask()
    if (fault !== 'slow') return asked
    const other = meanwhile().catch(() => {})
    // Who is kept waiting may hold what the other one waits for.
    await Promise.race([other, pause(200)])
    proxy.mend()
    return asked.finally(() => other)
  }

  const bench: Bench<Fault> = {
    renew,
    spoil: (_place, { call, fault = 'slow', meanwhile }) => {
      let count = 0
      const pending = new Set<Promise<unknown>>()
      const counted =
        <Args extends unknown[], T>(method: (...args: Args) => Promise<T>) =>
        (...args: Args): Promise<T> => {
          count += 1
          const asked =
            count === call
              ? goWrong(fault, () => method(...args) as Promise<never>, meanwhile)
              : method(...args)
          pending.add(asked)
          const ended = () => pending.delete(asked)
          asked.then(ended, ended)
          return asked
        }
      const store = lent(stores[fault] ?? patient)
      const { load, commit, list, events, tenants } = store
      const isLate = fault === 'late' || fault === 'unheard'
      return {
        store: {
          ...store,
          load: counted(load),
          commit: counted(commit),
          list: counted(list),
          events: counted(events),
          tenants: counted(tenants),
          close: counted(store.close),
        },
        calls: () => count,
        mend: async () => {
          // What was asked side by side may fail later than the call itself, from the same cause, or go wrong only then.
          do {
            proxy.mend()
            await Promise.allSettled(pending)
            await pause(1)
          } while (pending.size > 0)
          proxy.mend()
          if (isLate) await untilIdle(schema)
        },
        ...(fault in stores && { lingers: isLate ? 300 : 1 }),
      }
    },
    deadly: ['crowded', 'cancelled', 'late', 'unheard', 'dropped'],
  }
  return {
    bench,
    close: async () => {
      await patient.close()
      for (const { pool, store } of [heedless, hurried, crowded]) {
        await store.close()
        await pool.end()
      }
      await proxy.close()
      await close()
    },
  }
}

describe('over a PostgreSQL that fails, every method of the crm', () => {
  let server: Awaited<ReturnType<typeof startPostgres>>
  const open: Awaited<ReturnType<typeof openLane>>[] = []
  const clean = new Map<string, Run>()

  /** Does jobs side by side, each on a lane that is free; answers what failed. */
  const sideBySide = async <Job>(
    jobs: readonly Job[],
    run: (bench: Bench<Fault>, job: Job) => Promise<void>,
  ) => {
    const waiting = [...jobs]
    const failed: unknown[] = []
    await Promise.all(
      open.map(async ({ bench }) => {
        for (let job = waiting.shift(); job !== undefined; job = waiting.shift())
          await run(bench, job).catch((error: unknown) => failed.push([job, error]))
      }),
    )
    return failed
  }

  beforeAll(async () => {
    // What a disk does is of no concern here.
    server = await startPostgres(['max_connections=300', 'fsync=off', 'full_page_writes=off'])
    for (let lane = 0; lane < lanes; lane += 1) open.push(await openLane(server.connectionString))
    const failed = await sideBySide(Object.keys(calls), async (bench, name) => {
      clean.set(name, await runOn(bench, name))
    })
    expect(failed).toEqual([])
  })
  afterAll(async () => {
    for (const { close } of open) await close()
    await server.stop()
  })

  it.each(faults)('ends the same with each of its calls gone wrong: %s', async (fault) => {
    const points = [...clean].flatMap(([name, { asked }]) =>
      Array.from({ length: asked }, (_, at) => ({ name, at: at + 1 })),
    )
    let errors = 0
    const failed = await sideBySide(points, async (bench, { name, at }) => {
      const { seen, first, isReading } = clean.get(name) as Run
      const expected = seen(first)
      const point = `${name}, call ${at} ${fault}`
      const found = await runOn(bench, name, { at, fault, isReading })
      const { error } = found.first
      if (!error || unnoticed.includes(fault)) expectSame(point, found.seen(found.first), expected)
      else expect([point, isTyped(error), isTelling(error)]).toEqual([point, true, false])
      if (error) errors += 1
      expectSame(`${point}, again`, found.seen(found.last), expected)
    })
    process.stdout.write(
      `${fault}: ${points.length} points of ${clean.size} methods, ${errors} errors told, ${failed.length} failed\n`,
    )
    expect(failed).toEqual([])
    expect(clean.size - new Set(points.map(({ name }) => name)).size).toBe(selfSufficient.length)
  })
})
