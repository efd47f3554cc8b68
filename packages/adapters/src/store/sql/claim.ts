import type { KeptAnswer, Unit } from '@hospital-crm/core'
import { sql, type Transaction } from 'kysely'
import { jsonOf } from './json-text.ts'
import { addressOf, type Known, namedIn } from './judge.ts'
import type { Tables } from './schema.ts'

interface Row {
  /** `head`, `record` or `cause`. */
  readonly what: string
  readonly name: string
  readonly detail: string
  readonly version: number | null
  readonly text: string
}

export interface Claim extends Known {
  /** Under which id the database remembers the transaction. */
  readonly transaction: string
  /** Whether the tenant had no head before. */
  readonly isFirst: boolean
  /** Whether somebody else was writing for the tenant. */
  readonly waited: boolean
}

/**
 * Takes the tenant's head, which every commit of the tenant holds to its end, and reads under it what
 * stands of all that the units name.
 */
export const claim = async (
  inside: Transaction<Tables>,
  schema: string,
  tenant: string,
  units: readonly Unit[],
): Promise<Claim> => {
  const keys = [...new Map(namedIn(units).map(({ key }) => [addressOf(key), key])).values()]
  const causes = units.flatMap(({ cause, kept }) => (kept ? [cause] : []))
  const heads = sql.id(schema, 'heads')
  // The statement sees what was committed before it began. When it had to wait for the head, the row it
  // got is of a later transaction than the one it sees: then it has to look again, and waits no more. A
  // worker that hangs while it holds the head must not hold up the tenant for ever: it has a minute, or what
  // its session gives it.
  const look = sql<Row>`
    with head as materialized (
      select xmin, set_config('idle_in_transaction_session_timeout', coalesce(
        nullif(current_setting('idle_in_transaction_session_timeout'), '0'), '60s'), true)
      from ${heads} where tenant = ${tenant} for update
    )
    select 'head' as what, pg_current_xact_id()::text as name, '' as detail, null as version,
      (head.xmin = (select xmin from ${heads} where tenant = ${tenant}))::text as text
    from head
    union all
    select 'record', asked.id, asked.kind, r.version, ''
    from unnest(${keys.map(({ kind }) => kind)}::text[], ${keys.map(({ id }) => id)}::text[])
      as asked (kind, id)
    cross join lateral (
      select version from ${sql.id(schema, 'records')}
      where tenant = ${tenant} and kind = asked.kind and id = asked.id
      limit 1
    ) as r
    union all
    select 'cause', asked.cause, c.payload_hash, null, c.answer::text
    from unnest(${causes}::text[]) as asked (cause)
    cross join lateral (
      select payload_hash, answer from ${sql.id(schema, 'causes')}
      where tenant = ${tenant} and cause = asked.cause
      limit 1
    ) as c`

  const headIn = (rows: readonly Row[]) => rows.find(({ what }) => what === 'head')

  let isFirst = false
  let { rows } = await look.execute(inside)
  if (!headIn(rows)) {
    const made = await sql`insert into ${heads} (tenant, position) values (${tenant}, 0)
      on conflict (tenant) do nothing returning 1`.execute(inside)
    isFirst = made.rows.length > 0
    rows = (await look.execute(inside)).rows
  }
  const waited = headIn(rows)?.text === 'false'
  if (waited) rows = (await look.execute(inside)).rows

  const versions = new Map<string, number>()
  const kept = new Map<string, KeptAnswer>()
  for (const { what, name, detail, version, text } of rows) {
    if (what === 'cause') kept.set(name, { payloadHash: detail, answer: jsonOf(text) })
    if (version !== null) versions.set(addressOf({ kind: detail, id: name }), version)
  }
  return { transaction: headIn(rows)?.name ?? '', versions, kept, isFirst, waited }
}
