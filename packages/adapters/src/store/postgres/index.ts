import { peer } from '../sql/peer.ts'
import type { GuardOptions, OpenOptions, PostgresStore, ReportOptions } from './open.ts'

export type { LentTransaction } from './lent.ts'
export type {
  GuardOptions,
  OpenOptions as PostgresStoreOptions,
  PostgresStore,
  ReportOptions,
} from './open.ts'
export type { PostgresPool } from './pool.ts'

/**
 * A store in a PostgreSQL of version 13 or later, for any number of workers. Tables stand in a database
 * schema of their own and are brought up to date here. Refuses with `store.unreachable` when the server
 * cannot be had, with `store.newer-schema` when a newer version has been at work. Needs `pg` and `kysely`.
 */
export const postgresStore = async (options: OpenOptions): Promise<PostgresStore> => {
  const { open } = await peer(() => import('./open.ts'), ['pg', 'kysely'])
  return open(options)
}

/**
 * Lets PostgreSQL itself keep tenants apart: row-level security, forced, on every table, and the rights of the
 * role `worker`, which must exist and be neither superuser nor owner. Run it as the owner of the tables, at
 * first and after every new version of the library; again is harmless. Every store then says in each
 * transaction for whom it is, which costs a read two more round trips.
 */
export const guardTenants = async (options: GuardOptions): Promise<void> => {
  const { guard } = await peer(() => import('./open.ts'), ['pg', 'kysely'])
  return guard(options)
}

/**
 * Makes views with real columns of every kind of record, `report_encounter` and the like, for the hospital's own
 * reports (docs/reference/views.md); personal data are in none. Run it as the owner of the tables, at first and
 * after every new version of the library. Needs PostgreSQL 15 or later.
 */
export const createReportViews = async (options: ReportOptions): Promise<void> => {
  const { report } = await peer(() => import('./open.ts'), ['pg', 'kysely'])
  return report(options)
}
