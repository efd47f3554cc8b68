import { Refusal } from '@hospital-crm/core'
import { type Kysely, sql } from 'kysely'
import type { Tables } from '../sql/schema.ts'

interface Role {
  readonly role: string
  readonly guarded: boolean
  readonly superuser: boolean
  readonly bypasses: boolean
  readonly owns: boolean
}

/**
 * Whether the tables show a transaction one tenant's rows only. Refuses a role that such a guard does not
 * hold (`store.role-not-confined`), and tables without it where it is required (`store.not-guarded`).
 */
export const guardOf = async (db: Kysely<Tables>, schema: string, isRequired: boolean) => {
  const { rows } = await sql<Role>`
    select current_user as role, of.relrowsecurity as guarded, own.rolsuper as superuser,
      own.rolbypassrls as bypasses, pg_has_role(current_user, of.relowner, 'member') as owns
    from pg_catalog.pg_class as of
    join pg_catalog.pg_namespace as within on within.oid = of.relnamespace
    join pg_catalog.pg_roles as own on own.rolname = current_user
    where within.nspname = ${schema} and of.relname = 'records'`.execute(db)
  const [found] = rows
  if (!found?.guarded) {
    const remedy = 'Run guardTenants as the owner of the tables, and connect as its worker.'
    if (isRequired) throw new Refusal('store.not-guarded', { schema, remedy })
    return false
  }
  const { role, superuser, bypasses, owns } = found
  if (superuser || bypasses || owns) {
    const because = superuser ? 'superuser' : bypasses ? 'bypassrls' : 'owner'
    const remedy = 'Connect as the worker that guardTenants was told of.'
    throw new Refusal('store.role-not-confined', { role, because, remedy })
  }
  return true
}
