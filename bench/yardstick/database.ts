import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { pgliteStore } from '@hospital-crm/adapters/store/pglite'
import { postgresStore } from '@hospital-crm/adapters/store/postgres'
import type { Store } from '@hospital-crm/core'
import pg from 'pg'
import { from as copyFrom } from 'pg-copy-streams'
// The store's own way to open a directory, so that both sides wait for the disk alike.
import { openFlushing } from '../../packages/adapters/src/store/pglite/flush.ts'
import { startPostgres } from '../../packages/adapters/src/store/testing/start-postgres.ts'

export type Row = Readonly<Record<string, unknown>>
export type Query = (text: string, values?: readonly unknown[]) => Promise<readonly Row[]>

/** One database for both sides: the crm's store and the bare driver, each in a schema of its own. */
export interface Database {
  /** A store in a schema, which it makes. */
  store(schema: string): Promise<Store>
  readonly query: Query
  /** `work` in one transaction of the bare driver. */
  transaction(work: (query: Query) => Promise<void>): Promise<void>
  close(): Promise<void>
}

/** A server can be told rows by COPY, too. */
export interface Server extends Database {
  /** Copies lines into a table: `theirs.records (tenant, kind)`. */
  copy(table: string, lines: readonly string[]): Promise<void>
}

export type OpenDatabase = () => Promise<Database>

/** PGlite in a directory, flushed at every commit. */
export const pgliteDatabase: OpenDatabase = async () => {
  const folder = mkdtempSync(join(tmpdir(), 'hospital-crm-bench-'))
  const { database, flushes } = await openFlushing(join(folder, 'data'))
  if (!flushes) throw new Error('PGlite does not flush its commits')
  return {
    store: (schema) => pgliteStore({ database, schema }),
    query: async (text, values = []) => (await database.query<Row>(text, [...values])).rows,
    transaction: (work) =>
      database.transaction((inside) =>
        work(async (text, values = []) => (await inside.query<Row>(text, [...values])).rows),
      ),
    close: async () => {
      await database.close()
      rmSync(folder, { recursive: true })
    },
  }
}

/** A PostgreSQL server of its own, with settings as they come unless told; both sides prepare their statements. */
export const postgresDatabase = async (settings: readonly string[] = []): Promise<Server> => {
  const { connectionString, stop } = await startPostgres(settings)
  const client = new pg.Client({ connectionString })
  await client.connect()
  const names = new Map<string, string>()
  const query: Query = async (text, values = []) => {
    if (values.length === 0) return (await client.query<Row>(text)).rows
    const name = names.get(text) ?? `bench_${names.size}`
    names.set(text, name)
    return (await client.query<Row>({ name, text, values: [...values] })).rows
  }
  return {
    store: (schema) => postgresStore({ connectionString, schema }),
    query,
    transaction: async (work) => {
      await client.query('begin')
      await work(query)
      await client.query('commit')
    },
    copy: async (table, lines) => {
      await pipeline(
        Readable.from([lines.join('')]),
        client.query(copyFrom(`copy ${table} from stdin`)),
      )
    },
    close: async () => {
      await client.end()
      await stop()
    },
  }
}
