import type { Change } from '@hospital-crm/core'
import { type Kysely, type RawBuilder, sql } from 'kysely'
import { arrayOfPlain, arrayOfTexts } from './array-text.ts'
import { entryRows } from './entry.ts'
import { textOf } from './json-text.ts'
import type { Writing } from './judge.ts'
import { last } from './last-statement.ts'
import type { Tables } from './schema.ts'

/**
 * Rows as one array a column, so that a statement stays the same however many rows it takes. Each is one text,
 * since the driver would go over every value twice; in JSON there are no control characters.
 */
const rowsOf = <Row>(
  rows: readonly Row[],
  columns: readonly (
    | readonly [type: 'text', of: (row: Row) => string]
    | readonly [type: 'integer' | 'bigint' | 'jsonb', of: (row: Row) => string | number]
  )[],
) => {
  const arrays = columns.map(([type, of]) => {
    const array = type === 'text' ? arrayOfTexts(rows.map(of)) : arrayOfPlain(rows.map(of))
    return sql`${array}::${sql.raw(type)}[]`
  })
  return sql`unnest(${sql.join(arrays)})`
}

/** Attributes come as texts, since the arrays of an array are of one length. */
const recordRows = (records: readonly Change[]) => sql`(
  select kind, id, version, state, entries, nullif(attributes, '')::text[] as attributes
  from ${rowsOf(records, [
    ['text', ({ key }) => key.kind],
    ['text', ({ key }) => key.id],
    ['integer', ({ version }) => version + 1],
    ['jsonb', ({ state }) => textOf(state)],
    ['jsonb', ({ entries }) => JSON.stringify(entryRows(entries))],
    ['text', ({ attributes }) => (attributes ? arrayOfTexts(attributes) : '')],
  ])} as given (kind, id, version, state, entries, attributes)
) as new`

const overwriting = sql`
  on conflict (tenant, kind, id) do update
    set version = excluded.version, state = excluded.state, entries = excluded.entries,
      attributes = excluded.attributes`

/**
 * Writes everything in one statement, the last or the only one of its transaction: false, and nothing is written, where a
 * record no longer stands as expected, a cause is known by now, or another transaction has had the
 * tenant's head since the statement began to look.
 */
export const write = async (
  on: Kysely<Tables>,
  schema: string,
  tenant: string,
  { expected, created, changed, events, causes }: Writing,
): Promise<boolean> => {
  const table = (name: keyof Tables) => sql.id(schema, name)
  const fresh = created.flatMap(({ key: { kind, id }, entries }) =>
    entryRows(entries).map((entry) => [kind, ...entry, id] as const),
  )
  const steps: RawBuilder<unknown>[] = [
    sql`
      head as materialized (
        select position, xmin from ${table('heads')} where tenant = ${tenant} for update)`,
    // Each row is looked up by itself, whatever the planner believes of the tables: see `list`.
    sql`
      sure as materialized (
        select position from head
        where xmin = (select xmin from ${table('heads')} where tenant = ${tenant})
          and not exists (
            select from ${rowsOf(expected, [
              ['text', ({ key }) => key.kind],
              ['text', ({ key }) => key.id],
              ['integer', ({ version }) => version],
            ])} as asked (kind, id, version)
            left join lateral (
              select version from ${table('records')}
              where tenant = ${tenant} and kind = asked.kind and id = asked.id
              limit 1
            ) as r on true
            where coalesce(r.version, 0) <> asked.version)
          and not exists (
            select from ${table('causes')} where tenant = ${tenant} and cause = any (
              ${arrayOfTexts(causes.map(({ cause }) => cause))}::text[])))`,
  ]
  const records: RawBuilder<unknown>[] = []
  const entries: RawBuilder<unknown>[] = []
  if (created.length > 0)
    records.push(sql`select new.* from sure cross join ${recordRows(created)}`)
  if (fresh.length > 0)
    entries.push(sql`
      select new.* from sure cross join ${rowsOf(fresh, [
        ['text', ([kind]) => kind],
        ['text', ([, index]) => index],
        ['text', ([, , equals]) => equals],
        ['text', ([, , , order]) => order],
        ['text', ([, , , , id]) => id],
      ])} as new`)
  if (changed.length > 0) {
    steps.push(
      sql`
      changed as materialized (
        select new.*, old.entries as before
        from sure cross join ${recordRows(changed)}
        cross join lateral (
          select entries from ${table('records')}
          where tenant = ${tenant} and kind = new.kind and id = new.id
          limit 1
        ) as old)`,
      sql`
      gone as (
        delete from ${table('entries')} where ctid = any (array(
          select e.ctid from changed cross join jsonb_array_elements(before) as was
          cross join lateral (
            select ctid from ${table('entries')}
            where tenant = ${tenant} and kind = changed.kind and "index" = was->>0
              and equals = was->>1 and "order" = was->>2 and id = changed.id
            limit 1
          ) as e
          where not exists (select from jsonb_array_elements(entries) as entry where entry = was)
        )))`,
    )
    records.push(sql`select kind, id, version, state, entries, attributes from changed`)
    entries.push(sql`
      select kind, entry->>0, entry->>1, entry->>2, id
      from changed cross join jsonb_array_elements(entries) as entry
      where not exists (select from jsonb_array_elements(before) as was where was = entry)`)
  }
  // What begins and ends a step costs as much as some rows: one for each table, and for new records no look at old ones.
  if (records.length > 0)
    steps.push(sql`
      written as (
        insert into ${table('records')} (tenant, kind, id, version, state, entries, attributes)
        select ${tenant}, r.* from (${sql.join(records, sql` union all `)}) as r
        ${changed.length === 0 ? sql`` : overwriting})`)
  if (entries.length > 0)
    steps.push(sql`
      indexed as (
        insert into ${table('entries')} (tenant, kind, "index", equals, "order", id)
        select ${tenant}, e.* from (${sql.join(entries, sql` union all `)}) as e)`)
  if (events.length > 0)
    steps.push(sql`
      happened as (
        insert into ${table('events')}
          (tenant, position, kind, id, type, at, actor, cause, data, version, place)
        select ${tenant}, sure.position + nth, kind, id, type, at, actor, cause, data, version, place
        from sure cross join ${rowsOf(events, [
          ['bigint', ({ position }) => position],
          ['text', ({ key }) => key.kind],
          ['text', ({ key }) => key.id],
          ['text', ({ type }) => type],
          ['text', ({ at }) => at],
          ['text', ({ actor }) => actor],
          ['text', ({ cause }) => cause],
          ['jsonb', ({ data }) => textOf(data)],
          ['integer', ({ version }) => version],
          ['integer', ({ place }) => place],
        ])} as told (nth, kind, id, type, at, actor, cause, data, version, place))`)
  if (causes.length > 0)
    steps.push(sql`
      answered as (
        insert into ${table('causes')} (tenant, cause, payload_hash, answer)
        select ${tenant}, told.* from sure cross join ${rowsOf(causes, [
          ['text', ({ cause }) => cause],
          ['text', ({ kept }) => kept.payloadHash],
          ['jsonb', ({ kept }) => textOf(kept.answer)],
        ])} as told)`)
  const { rows } = await sql`
    with ${sql.join(steps)}
    update ${table('heads')} as h set position = h.position + ${events.length}::bigint
    from sure where h.tenant = ${tenant}
    returning 1 ${sql.raw(last)}`.execute(on)
  return rows.length > 0
}
