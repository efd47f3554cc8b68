import type { Store } from '@hospital-crm/core'
import { peer } from '../sql/peer.ts'
import type { OpenOptions } from './open.ts'

export type { OpenOptions as PgliteStoreOptions } from './open.ts'

/**
 * A store in PostgreSQL's own code inside this process: with a `directory` on disk, flushed at every
 * commit, else in memory. One process at a time has a directory; a second one is refused with
 * `store.locked`, a database of a newer version with `store.newer-schema`. Needs `@electric-sql/pglite`
 * and `kysely`.
 */
export const pgliteStore = async (options: OpenOptions = {}): Promise<Store> => {
  const { open } = await peer(() => import('./open.ts'), ['@electric-sql/pglite', 'kysely'])
  return open(options)
}
