import { Refusal, type Store } from '@hospital-crm/core'
import { Kysely, PostgresDialect, sql } from 'kysely'
import pg from 'pg'
import { isPassing, tell } from '../sql/failure.ts'
import { migrate } from '../sql/migrate.ts'
import { once, patiently } from '../sql/patience.ts'
import type { Engine, Tables } from '../sql/schema.ts'
import { sqlStore } from '../sql/sql-store.ts'
import { guardStatements } from '../sql/tenant-guard.ts'
import { createViews, type ViewOptions } from '../sql/views.ts'
import { type LentTransaction, lending } from './lent.ts'
import { type PostgresPool, preparing, unheard } from './pool.ts'
import { guardOf } from './role.ts'

export interface OpenOptions {
  /** Where the server is; the store then has connections of its own, at most `connections`, 10 unless told. */
  readonly connectionString?: string
  readonly connections?: number
  /** A `pg.Pool` of the host's own instead, which the host closes. */
  readonly pool?: PostgresPool
  /** The database schema that holds the tables; `hospital_crm` unless told. */
  readonly schema?: string
  /** Refuses to start unless PostgreSQL itself keeps tenants apart (`guardTenants`). Kept to wherever it does. */
  readonly guarded?: boolean
}

/** The connection of the tables' owner, and the role as which workers connect. */
export interface GuardOptions extends Omit<OpenOptions, 'guarded' | 'connections'> {
  readonly worker: string
}

/** The connection of the tables' owner. */
export type ReportOptions = Omit<OpenOptions, 'guarded' | 'connections'> & ViewOptions

const openEngine = ({
  connectionString,
  connections,
  pool: hosts,
  schema = 'hospital_crm',
}: OpenOptions): Engine => {
  const pool =
    hosts ??
    new pg.Pool({
      connectionString,
      max: connections ?? 10,
      connectionTimeoutMillis: 10_000,
      keepAlive: true,
      pipeline: true,
    })
  pool.on('error', unheard)
  const db = new Kysely<Tables>({
    dialect: new PostgresDialect({ pool: preparing(pool) }),
  })
  const close = async () => {
    // Connections may still be told of a server's shutdown after `end` has answered.
    if (hosts) hosts.off('error', unheard)
    else await pool.end()
  }
  return { db, schema, durable: true, guarded: false, close }
}

const refuseUnreachable = (error: unknown): never => {
  const { code } = error as { code?: unknown }
  const reason = typeof code === 'string' ? code : 'unknown'
  const remedy =
    'See that PostgreSQL runs, that host, port and database are right, and that the user may connect.'
  throw new Refusal('store.unreachable', { reason, remedy })
}

/** Not there, not known by name, or not letting us in. */
const isUnreachable = (error: unknown) => {
  const code = String((error as { code?: unknown }).code)
  return isPassing(error) || /^(ENOTFOUND|EAI_AGAIN|EHOST|ENETUN|28...|3D000|53300)/.test(code)
}

const onceOpen = async <T>(engine: Engine, use: () => Promise<T>): Promise<T> => {
  try {
    return await patiently(async () => {
      await migrate(engine)
      return use()
    })
  } catch (error) {
    await engine.close()
    return isUnreachable(error) ? refuseUnreachable(error) : tell(error)
  }
}

export interface PostgresStore extends Store {
  /**
   * The same store inside a transaction that the host has begun on a connection of its own and will end: a
   * `pg.PoolClient` after `begin`, or a Kysely `Transaction`. For `crm.for({ store })`, until the
   * transaction ends. Refuses with `store.transaction-lost` where there is none, or it cannot go on; and where
   * the database keeps tenants apart, a role that it does not hold.
   */
  within(transaction: LentTransaction): Promise<Store>
}

const openWithin = async (engine: Engine, transaction: LentTransaction): Promise<Store> => {
  const { schema } = engine
  const pool = lending(transaction)
  const db = new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) })
  const guarded = await once(() => guardOf(db, schema, engine.guarded)).catch(tell)
  return sqlStore({ ...engine, db, guarded, lent: true, close: async () => {} })
}

export const open = async ({
  guarded = false,
  ...options
}: OpenOptions): Promise<PostgresStore> => {
  const engine = openEngine(options)
  const { db, schema } = engine
  return onceOpen(engine, async () => {
    const own = { ...engine, guarded: await guardOf(db, schema, guarded) }
    return { ...sqlStore(own), within: (transaction) => openWithin(own, transaction) }
  })
}

export const guard = async ({ worker, ...options }: GuardOptions): Promise<void> => {
  const engine = openEngine(options)
  const { db, schema } = engine
  await onceOpen(engine, () =>
    db.transaction().execute(async (inside) => {
      for (const statement of guardStatements(schema, worker)) {
        await sql.raw(statement).execute(inside)
      }
    }),
  )
  await engine.close()
}

export const report = async (options: ReportOptions): Promise<void> => {
  const engine = openEngine(options)
  await onceOpen(engine, () => createViews(engine, options))
  await engine.close()
}
