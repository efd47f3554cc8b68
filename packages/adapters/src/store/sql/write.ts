import { type RawBuilder, sql, type Transaction } from 'kysely'
import { textOf } from './json-text.ts'
import type { PlacedEntry, Writing } from './judge.ts'
import type { Tables } from './schema.ts'

type Column = 'text' | 'integer' | 'bigint' | 'jsonb'

/** Rows as one array a column, so that a statement stays the same however many rows it takes. */
const rowsOf = <Row>(
  rows: readonly Row[],
  columns: readonly (readonly [type: Column, of: (row: Row) => string | number])[],
) => sql`unnest(${sql.join(columns.map(([type, of]) => sql`${rows.map(of)}::${sql.raw(type)}[]`))})`

const entryRows = (rows: readonly PlacedEntry[]) =>
  rowsOf(rows, [
    ['text', ({ key }) => key.kind],
    ['text', ({ entry }) => entry[0]],
    ['text', ({ entry }) => entry[1]],
    ['text', ({ entry }) => entry[2]],
    ['text', ({ key }) => key.id],
  ])

/** Writes everything in one statement, and gives the id under which the database remembers its transaction. */
export const write = async (
  inside: Transaction<Tables>,
  schema: string,
  tenant: string,
  { records, gone, fresh, events, causes, position }: Writing,
): Promise<string> => {
  const table = (name: keyof Tables) => sql.id(schema, name)
  const steps: RawBuilder<unknown>[] = []
  if (records.length > 0)
    steps.push(sql`
      written as (
        insert into ${table('records')} (tenant, kind, id, version, state, entries)
        select ${tenant}, * from ${rowsOf(records, [
          ['text', ({ key }) => key.kind],
          ['text', ({ key }) => key.id],
          ['integer', ({ version }) => version + 1],
          ['jsonb', ({ state }) => textOf(state)],
          ['jsonb', ({ entryRows }) => JSON.stringify(entryRows)],
        ])}
        on conflict (tenant, kind, id) do update
          set version = excluded.version, state = excluded.state, entries = excluded.entries)`)
  if (gone.length > 0)
    steps.push(sql`
      gone as (
        delete from ${table('entries')} where ctid = any (array(
          select e.ctid from ${entryRows(gone)} as g (kind, "index", equals, "order", id)
          cross join lateral (
            select ctid from ${table('entries')} as e
            where e.tenant = ${tenant} and e.kind = g.kind and e."index" = g."index"
              and e.equals = g.equals and e."order" = g."order" and e.id = g.id
            limit 1
          ) as e
        )))`)
  if (fresh.length > 0)
    steps.push(sql`
      fresh as (
        insert into ${table('entries')} (tenant, kind, "index", equals, "order", id)
        select ${tenant}, * from ${entryRows(fresh)})`)
  if (events.length > 0)
    steps.push(sql`
      happened as (
        insert into ${table('events')}
          (tenant, kind, id, type, at, actor, cause, data, position, version, place)
        select ${tenant}, * from ${rowsOf(events, [
          ['text', ({ key }) => key.kind],
          ['text', ({ key }) => key.id],
          ['text', ({ type }) => type],
          ['text', ({ at }) => at],
          ['text', ({ actor }) => actor],
          ['text', ({ cause }) => cause],
          ['jsonb', ({ data }) => textOf(data)],
          ['bigint', ({ position }) => position],
          ['integer', ({ version }) => version],
          ['integer', ({ place }) => place],
        ])})`)
  if (causes.length > 0)
    steps.push(sql`
      answered as (
        insert into ${table('causes')} (tenant, cause, payload_hash, answer)
        select ${tenant}, * from ${rowsOf(causes, [
          ['text', ({ cause }) => cause],
          ['text', ({ kept }) => kept.payloadHash],
          ['jsonb', ({ kept }) => textOf(kept.answer)],
        ])})`)
  const { rows } = await sql<{ id: string }>`
    with ${sql.join(steps)}
    update ${table('heads')} set position = ${position} where tenant = ${tenant}
    returning pg_current_xact_id()::text as id`.execute(inside)
  return rows[0]?.id ?? ''
}
