import { setTimeout as pause } from 'node:timers/promises'
import type { Change, Json, Store } from '@hospital-crm/core'
import pg from 'pg'
import { filled, type Place } from '../../../../core/src/faults.fixture.ts'
import { fillStore, surroundings } from '../../../../core/src/filled-hospital.fixture.ts'
import { freshSchema } from './fresh-schema.ts'

const keys = {
  heads: ['tenant', 'position'],
  records: ['tenant', 'kind', 'id', 'version'],
  entries: ['tenant', 'kind', '"index"', 'equals', '"order"', 'id'],
  events: ['tenant', 'position'],
  causes: ['tenant', 'cause'],
}

/** Lent, so that no method can close it, and as durable as the cipher that seals alike every time. */
export const lent = (store: Store): Store => ({ ...store, durable: false, close: async () => {} })

/** A filled hospital in a schema of its own, which can be put back to what it was. */
export const filledLane = async (connectionString: string) => {
  const { schema, open, drop } = freshSchema(connectionString)
  const whole = await open()
  await fillStore(whole, [filled])
  const client = new pg.Client({ connectionString })
  await client.connect()
  const tables = Object.entries(keys).map(([name, columns]) => {
    const [table, copy] = [`${schema}.${name}`, `${schema}.copy_of_${name}`]
    const same = columns.map((column) => `c.${column} = t.${column}`).join(' and ')
    return { name, table, copy, isNew: `not exists (select from ${copy} as c where ${same})` }
  })
  for (const { table, copy } of tables)
    await client.query(`create table ${copy} (like ${table} including indexes);
      insert into ${copy} table ${table}; analyze ${table}; analyze ${copy}`)
  const reset = tables
    .map(
      ({ table, copy, isNew }) =>
        `delete from ${table} as t where ${isNew};
        insert into ${table} table ${copy} on conflict do nothing`,
    )
    .join(';')
  const entriesOf = `select tenant, kind, entry->>0, entry->>1, entry->>2, id
    from ${schema}.records cross join jsonb_array_elements(entries) as entry`
  const wrong = `
    select 'entry' as what from ((${entriesOf}) except (table ${schema}.entries)) as missing
    union all
    select 'entry' from ((table ${schema}.entries) except (${entriesOf})) as left_over
    union all
    select 'head' from ${schema}.heads as h where position <> (
      select coalesce(max(position), 0) from ${schema}.events where tenant = h.tenant)`
  const isNewRecord = tables.find(({ name }) => name === 'records')?.isNew

  const before = await whole.events('main', { after: 0, limit: 100_000 })
  const happened: Place['happened'] = async (tenant) => [
    ...(await whole.events(tenant, {
      after: tenant === 'main' ? before.length : 0,
      limit: 100_000,
    })),
  ]
  const place: Omit<Place, 'around'> = {
    store: lent(whole),
    logOf: async (tenant) => [...(tenant === 'main' ? before : []), ...(await happened(tenant))],
    /** What stands otherwise than it did, by the tables themselves. */
    changed: async () => {
      const found = await client.query(wrong)
      if (found.rows.length > 0) throw new Error(`wrong: ${JSON.stringify(found.rows)}`)
      const { rows } = await client.query<{
        kind: string
        id: string
        version: number
        state: Json
        entries: never[]
      }>(`select kind, id, version, state, entries from ${schema}.records as t
        where ${isNewRecord} order by kind, id`)
      return rows.map(({ kind, id, ...rest }): Change => ({ key: { kind, id }, ...rest }))
    },
    happened,
  }
  return {
    schema,
    /** Puts everything back, and begins with a new day. */
    renew: async (): Promise<Place> => {
      await client.query(`begin; ${reset}; commit`)
      return { ...place, around: surroundings() }
    },
    /** Runs something while nobody can read or write the tables. */
    whileLocked: async <T>(run: () => Promise<T>): Promise<T> => {
      const all = tables.map(({ table }) => table).join(', ')
      await client.query(`begin; lock table ${all} in access exclusive mode`)
      return run().finally(() => client.query('rollback'))
    },
    /** Waits until the server has nothing to do any more for clients of that name. */
    untilIdle: async (name: string) => {
      for (let isIdle = false; !isIdle; ) {
        await pause(10)
        const { rows } = await client.query(
          `select from pg_stat_activity where application_name = $1 and state <> 'idle'`,
          [name],
        )
        isIdle = rows.length === 0
      }
    },
    close: async () => {
      await whole.close()
      await client.end()
      await drop()
    },
  }
}
