import { randomUUID } from 'node:crypto'
import { PGlite } from '@electric-sql/pglite'
import type { Store } from '@hospital-crm/core'
import { pgliteStore } from '../pglite/index.ts'
import { droppedAtClose } from './fresh-schema.ts'

/** One engine for a whole test file, since starting one takes seconds; each store gets a schema of its own. */
export const pgliteEngine = () => {
  let engine: PGlite
  const start = async () => {
    engine = await PGlite.create()
  }
  const fresh = async (): Promise<Store> => {
    const schema = `test_${randomUUID().replaceAll('-', '')}`
    const store = await pgliteStore({ database: engine, schema })
    return droppedAtClose(store, async () => {
      await engine.exec(`drop schema ${schema} cascade`)
    })
  }
  /** How many rows and index entries have been read so far. */
  const rowsRead = async (): Promise<number> => {
    await engine.query('select pg_stat_force_next_flush()')
    const { rows } = await engine.query<{ read: number }>(`
      select (
        (select sum(idx_tup_read) from pg_stat_user_indexes) +
        (select sum(seq_tup_read) from pg_stat_user_tables)
      )::int as read`)
    return rows[0]?.read ?? 0
  }
  /** Throws away what a session has prepared, as a host may do with its own database. */
  const discard = () => engine.exec('deallocate all')
  const stop = () => engine.close()
  return { start, fresh, rowsRead, discard, stop }
}
