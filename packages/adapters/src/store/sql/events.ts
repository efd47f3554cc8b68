import type { EventsQuery, LoggedEvent } from '@hospital-crm/core'
import { sql } from 'kysely'
import { jsonOf } from './json-text.ts'
import type { Engine } from './schema.ts'

/** The log after a position. Positions are given out under the tenant's head row, so none comes in later below. */
export const events = async (
  { db, schema }: Pick<Engine, 'db' | 'schema'>,
  tenant: string,
  { after, limit, of }: EventsQuery,
): Promise<LoggedEvent[]> => {
  const rows = await db
    .withSchema(schema)
    .selectFrom('events')
    .select(['kind', 'id', 'version', 'type', 'at', 'actor', 'cause', 'place'])
    .select([sql<string>`position::text`.as('position'), sql<string>`data::text`.as('text')])
    .where('tenant', '=', tenant)
    .where('position', '>', String(after))
    // Positions have no gaps, so the whole log's page has an end that keeps any plan from reading on.
    .$if(of === undefined, (log) => log.where('position', '<=', String(after + limit)))
    .$if(of !== undefined, (log) =>
      log.where('kind', '=', of?.kind ?? '').where('id', '=', of?.id ?? ''),
    )
    .orderBy('events.position')
    .limit(limit)
    .execute()
  return rows.map(({ kind, id, position, text, ...rest }) => {
    return { key: { kind, id }, ...rest, data: jsonOf(text), position: Number(position) }
  })
}

/** The tenants that have committed anything, by name. */
export const tenants = async (
  { db, schema }: Pick<Engine, 'db' | 'schema'>,
  after: string | undefined,
  limit: number,
): Promise<string[]> => {
  const rows = await db
    .withSchema(schema)
    .selectFrom('heads')
    .select('tenant')
    .$if(after !== undefined, (heads) => heads.where('tenant', '>', after ?? ''))
    .orderBy('tenant')
    .limit(limit)
    .execute()
  return rows.map(({ tenant }) => tenant)
}
