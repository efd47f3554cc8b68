import { Refusal, type Store } from '@hospital-crm/core'
import { Kysely, PostgresDialect } from 'kysely'
import pg from 'pg'
import { isPassing, tell } from '../sql/failure.ts'
import { migrate } from '../sql/migrate.ts'
import { patiently } from '../sql/patience.ts'
import type { Engine, Tables } from '../sql/schema.ts'
import { sqlStore } from '../sql/sql-store.ts'
import { type PostgresPool, preparing, unheard } from './pool.ts'

export interface OpenOptions {
  /** Where the server is; the store then has connections of its own, at most `connections`, 10 unless told. */
  readonly connectionString?: string
  readonly connections?: number
  /** A `pg.Pool` of the host's own instead, which the host closes. */
  readonly pool?: PostgresPool
  /** The database schema that holds the tables; `hospital_crm` unless told. */
  readonly schema?: string
}

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
    if (!hosts) await pool.end()
    pool.off('error', unheard)
  }
  return { db, schema, durable: true, close }
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

export const open = async (options: OpenOptions): Promise<Store> => {
  const engine = openEngine(options)
  try {
    await patiently(() => migrate(engine))
  } catch (error) {
    await engine.close()
    return isUnreachable(error) ? refuseUnreachable(error) : tell(error)
  }
  return sqlStore(engine)
}
