import type { KeptAnswer, Key, StoredRecord } from '@hospital-crm/core'
import { sql } from 'kysely'
import { jsonOf } from './json-text.ts'
import type { Engine } from './schema.ts'

interface Row {
  /** From 1 the place of a key, from -1 downwards that of a cause. */
  readonly place: string
  readonly version: number | null
  readonly hash: string | null
  readonly text: string
}

/** Records and kept answers in the order asked, in one statement: both are seen as of one moment. */
export const load = async (
  { db, schema }: Pick<Engine, 'db' | 'schema'>,
  tenant: string,
  keys: readonly Key[],
  causes: readonly string[],
) => {
  // Each row is looked up by itself, whatever the planner believes of the tables: see `list`.
  const ofKeys = sql<Row>`
    select asked.place::text as place, r.version, null as hash, r.state::text as text
    from unnest(${keys.map(({ kind }) => kind)}::text[], ${keys.map(({ id }) => id)}::text[])
      with ordinality as asked (kind, id, place)
    cross join lateral (
      select version, state from ${sql.id(schema, 'records')}
      where tenant = ${tenant} and kind = asked.kind and id = asked.id
      limit 1
    ) as r`
  const ofCauses = sql<Row>`
    select (-asked.place)::text as place, null as version, c.payload_hash as hash, c.answer::text as text
    from unnest(${causes}::text[]) with ordinality as asked (cause, place)
    cross join lateral (
      select payload_hash, answer from ${sql.id(schema, 'causes')}
      where tenant = ${tenant} and cause = asked.cause
      limit 1
    ) as c`
  const wanted = [...(keys.length > 0 ? [ofKeys] : []), ...(causes.length > 0 ? [ofCauses] : [])]

  const records: (StoredRecord | undefined)[] = keys.map(() => undefined)
  const kept: (KeptAnswer | undefined)[] = causes.map(() => undefined)
  if (wanted.length === 0) return { records, kept }
  const { rows } = await sql<Row>`${sql.join(wanted, sql` union all `)}`.execute(db)
  for (const { place, version, hash, text } of rows) {
    const at = Number(place)
    if (hash !== null) kept[-at - 1] = { payloadHash: hash, answer: jsonOf(text) }
    const key = at > 0 ? keys[at - 1] : undefined
    if (key && version !== null) {
      const { kind, id } = key
      records[at - 1] = { key: { kind, id }, version, state: jsonOf(text) }
    }
  }
  return { records, kept }
}
