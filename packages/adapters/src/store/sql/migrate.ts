import { Refusal } from '@hospital-crm/core'
import { type Kysely, sql } from 'kysely'
import { migrations } from './migrations.ts'
import { quoted } from './quoted.ts'
import type { Engine, Tables } from './schema.ts'

const latest = migrations.length

const versionIn = async (db: Kysely<Tables>, schema: string): Promise<number> => {
  // Not to_regclass: its cache may miss what another instance has made a moment ago.
  const { rows } = await sql<{ migrated: boolean; encoding: string }>`
    select current_setting('server_encoding') as encoding, exists (
      select from pg_catalog.pg_tables where schemaname = ${schema} and tablename = 'migrations'
    ) as migrated`.execute(db)
  const encoding = rows[0]?.encoding
  if (encoding !== 'UTF8') {
    const remedy = "Create the database with encoding 'UTF8': other encodings order text otherwise."
    throw new Refusal('store.not-utf8', { encoding: encoding ?? '', remedy })
  }
  if (!rows[0]?.migrated) return 0
  const found = await db
    .withSchema(schema)
    .selectFrom('migrations')
    .select((of) => of.fn.max('version').as('version'))
    .executeTakeFirst()
  return Number(found?.version ?? 0)
}

const refuseNewer = (schema: string, found: number) => {
  const remedy =
    'Start with a version of @hospital-crm/adapters at least as new as the one that migrated it.'
  throw new Refusal('store.newer-schema', { schema, found, known: latest, remedy })
}

/**
 * Brings the tables up to date in one transaction, one instance at a time. Refuses a database that a
 * newer version has migrated. Needs no right to create anything when there is nothing to do.
 */
export const migrate = async ({ db, schema }: Pick<Engine, 'db' | 'schema'>): Promise<void> => {
  const found = await versionIn(db, schema)
  if (found > latest) refuseNewer(schema, found)
  if (found === latest) return
  await db.transaction().execute(async (inside) => {
    // The schema may not exist yet, so there is no row to lock.
    await sql`select pg_advisory_xact_lock(hashtextextended(${`hospital-crm:${schema}`}, 0))`.execute(
      inside,
    )
    const version = await versionIn(inside, schema)
    if (version > latest) refuseNewer(schema, version)
    const run = (statement: string) => sql.raw(statement).execute(inside)
    if (version === 0) {
      await run(`create schema if not exists ${quoted(schema)}`)
      await run(`create table if not exists ${quoted(schema)}.migrations (
        version integer primary key,
        at timestamptz not null default now()
      )`)
    }
    for (const [at, statementsIn] of migrations.entries()) {
      if (at < version) continue
      for (const statement of statementsIn(quoted(schema))) await run(statement)
      await sql`insert into ${sql.id(schema, 'migrations')} (version) values (${at + 1})`.execute(
        inside,
      )
    }
  })
}
