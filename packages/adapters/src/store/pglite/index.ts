import type { Store } from '@hospital-crm/core'
import { peer } from '../sql/peer.ts'
import type { ViewOptions } from '../sql/views.ts'
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

/**
 * Makes views with real columns of every kind of record, `report_encounter` and the like, for the hospital's own
 * reports (docs/reference/views.md); personal data are in none. Run it at first and after every new version of
 * the library, on a directory before its store is opened.
 */
export const createReportViews = async (options: OpenOptions & ViewOptions): Promise<void> => {
  const { report } = await peer(() => import('./open.ts'), ['@electric-sql/pglite', 'kysely'])
  return report(options)
}
