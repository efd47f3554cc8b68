import {
  type Found,
  type ListQuery,
  type Page,
  readCursor,
  type Where,
  writeCursor,
} from '@hospital-crm/core'
import { sql } from 'kysely'
import { equalsText } from './entry.ts'
import { jsonOf } from './json-text.ts'
import type { Engine } from './schema.ts'

interface Row {
  readonly order: string
  readonly id: string
  readonly version: number
  readonly text: string
}

const combinations = (lists: readonly (readonly string[])[]): string[] =>
  lists
    .reduce<string[][]>(
      (some, list) => some.flatMap((values) => list.map((value) => [...values, value])),
      [[]],
    )
    .map(equalsText)

/** Whether attributes are those of a record that is asked for. */
const isMet = (where: Where) => {
  const rules = where.map((rule) => {
    const lists = rule.map((list) => sql`told.attributes && ${list}::text[]`)
    return sql.join([sql`true`, ...lists], sql` and `)
  })
  return sql.join([sql`told.attributes is null`, ...rules], sql` or `)
}

/**
 * One range scan for each combination of values, of at most a page each; then their union, with the
 * records. `lateral` with `limit` makes it one look-up a row: a planner without statistics, and PGlite never
 * gathers any, would join by reading all records of the kind. What `where` leaves out is passed over on the way,
 * so that the scan goes on until the page is full.
 */
export const list = async (
  { db, schema }: Pick<Engine, 'db' | 'schema'>,
  tenant: string,
  kind: string,
  query: ListQuery,
): Promise<Page> => {
  const { index, equals, from, to, where, direction = 'ascending', limit, after } = query
  const up = direction === 'ascending'
  const way = up ? sql`asc` : sql`desc`
  const { order, id } = after === undefined ? {} : readCursor(after)
  const beyond = sql`and ("order", id) ${up ? sql`>` : sql`<`} (${order}, ${id})`
  // Descending, PostgreSQL must be told the upper end and the page's, ascending the lower ones.
  const bounds = sql`
    ${order === undefined ? sql`` : beyond}
    ${from === undefined ? sql`` : sql`and "order" >= ${from}`}
    ${to === undefined ? sql`` : sql`and "order" <= ${to}`}`
  const told = sql`
    cross join lateral (
      select attributes from ${sql.id(schema, 'records')} as r
      where r.tenant = ${tenant} and r.kind = ${kind} and r.id = entries.id
      limit 1
    ) as told`
  const { rows } = await sql<Row>`
    select placed."order", placed.id, r.version, r.state::text as text
    from (
      select distinct scan."order", scan.id
      from unnest(${combinations(equals)}::text[]) as sought (equals)
      cross join lateral (
        select "order", id from ${sql.id(schema, 'entries')} ${where ? told : sql``}
        where tenant = ${tenant} and kind = ${kind} and "index" = ${index}
          and equals = sought.equals ${bounds} ${where ? sql`and (${isMet(where)})` : sql``}
        order by "order" ${way}, id ${way}
        limit ${limit + 1}
      ) as scan
      order by scan."order" ${way}, scan.id ${way}
      limit ${limit + 1}
    ) as placed
    cross join lateral (
      select version, state from ${sql.id(schema, 'records')}
      where tenant = ${tenant} and kind = ${kind} and id = placed.id
      limit 1
    ) as r
    order by placed."order" ${way}, placed.id ${way}`.execute(db)

  const items = rows.slice(0, limit).map(({ order, id, version, text }): Found => {
    return { key: { kind, id }, version, state: jsonOf(text), order }
  })
  const last = items.at(-1)
  return rows.length > limit && last
    ? { items, next: writeCursor(last.order, last.key.id) }
    : { items }
}
