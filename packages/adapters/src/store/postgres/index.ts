import type { Store } from '@hospital-crm/core'
import { peer } from '../sql/peer.ts'
import type { OpenOptions } from './open.ts'

export type { OpenOptions as PostgresStoreOptions } from './open.ts'
export type { PostgresPool } from './pool.ts'

/**
 * A store in a PostgreSQL of version 13 or later, for any number of workers. Tables stand in a database
 * schema of their own and are brought up to date here. Refuses with `store.unreachable` when the server
 * cannot be had, with `store.newer-schema` when a newer version has been at work. Needs `pg` and `kysely`.
 */
export const postgresStore = async (options: OpenOptions): Promise<Store> => {
  const { open } = await peer(() => import('./open.ts'), ['pg', 'kysely'])
  return open(options)
}
