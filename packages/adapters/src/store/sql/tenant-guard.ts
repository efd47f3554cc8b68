import { type Kysely, sql } from 'kysely'
import { quoted } from './quoted.ts'
import type { Engine, Tables } from './schema.ts'

/** The setting by which a transaction says whose rows it is about, and the one by which it asks who there is. */
const tenantSetting = 'hospital_crm.tenant'
const namesSetting = 'hospital_crm.names'

/** Statements by which PostgreSQL itself shows a transaction the rows of the one tenant it names, to the owner as well. */
export const guardStatements = (schema: string, worker: string): readonly string[] => {
  const [within, role] = [quoted(schema), quoted(worker)]
  const tables = ['heads', 'records', 'entries', 'events', 'causes']
  return [
    ...tables.flatMap((table) => [
      `alter table ${within}.${table} enable row level security`,
      `alter table ${within}.${table} force row level security`,
      `drop policy if exists one_tenant on ${within}.${table}`,
      `create policy one_tenant on ${within}.${table}
        using (tenant = current_setting('${tenantSetting}', true))`,
      `grant select, insert, update, delete on ${within}.${table} to ${role}`,
    ]),
    `drop policy if exists names on ${within}.heads`,
    `create policy names on ${within}.heads for select
      using (current_setting('${namesSetting}', true) = 'shown')`,
    `grant usage on schema ${within} to ${role}`,
    `grant select on ${within}.migrations to ${role}`,
  ]
}

const setting = (inside: Kysely<Tables>, name: string, value: string) =>
  sql`select set_config(${name}, ${value}, true)`.execute(inside)

/** Says for which tenant a transaction is, where the database asks for it. */
export const confine = async (
  { guarded }: Pick<Engine, 'guarded'>,
  inside: Kysely<Tables>,
  tenant: string,
) => {
  if (guarded) await setting(inside, tenantSetting, tenant)
}

/** Reads as it is, or where the database asks for it, in a transaction that says what it may see. */
const readWith = async <T>(
  { db, schema, guarded }: Engine,
  say: (inside: Kysely<Tables>) => Promise<unknown>,
  read: (engine: Pick<Engine, 'db' | 'schema'>) => Promise<T>,
): Promise<T> => {
  if (!guarded) return read({ db, schema })
  return db.transaction().execute(async (inside) => {
    await say(inside)
    return read({ db: inside, schema })
  })
}

/** Reads for one tenant. */
export const readFor = <T>(
  engine: Engine,
  tenant: string,
  read: (engine: Pick<Engine, 'db' | 'schema'>) => Promise<T>,
): Promise<T> => readWith(engine, (inside) => setting(inside, tenantSetting, tenant), read)

/** Reads the names of all tenants. */
export const readNames = <T>(
  engine: Engine,
  read: (engine: Pick<Engine, 'db' | 'schema'>) => Promise<T>,
): Promise<T> => readWith(engine, (inside) => setting(inside, namesSetting, 'shown'), read)
