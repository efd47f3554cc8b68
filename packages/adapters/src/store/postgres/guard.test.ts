import { storeContract } from '@hospital-crm/core/testing'
import { Kysely, PostgresDialect } from 'kysely'
import pg from 'pg'
import { describe, expect, inject, it } from 'vitest'
import { begun, droppedAtClose, freshSchema, withClient } from '../testing/fresh-schema.ts'
import { thing } from '../testing/thing.ts'
import { guardTenants, postgresStore } from './index.ts'

const owner = inject('postgres')
const ask = (text: string, as = owner) => withClient(as, (client) => client.query(text))
let roles = 0

/** Tables that PostgreSQL guards, and a role of their worker. */
const guarded = async () => {
  roles += 1
  const worker = `worker_${process.pid}_${roles}`
  await ask(`create role ${worker} login password 'w'`)
  const { schema, drop } = freshSchema(owner)
  const connectionString = owner.replace('postgres:password', `${worker}:w`)
  await guardTenants({ connectionString: owner, schema, worker })
  await guardTenants({ connectionString: owner, schema, worker })
  return {
    schema,
    connectionString,
    open: () => postgresStore({ connectionString, schema, guarded: true, connections: 3 }),
    drop: async () => {
      await drop()
      await ask(`drop owned by ${worker}; drop role ${worker}`)
    },
  }
}

storeContract(
  async () => {
    const { open, drop } = await guarded()
    return droppedAtClose(await open(), drop)
  },
  { name: 'the PostgreSQL store whose tenants the database keeps apart' },
)

storeContract(
  async () => {
    const { open, connectionString, drop } = await guarded()
    const whole = await open()
    const pool = new pg.Pool({ connectionString, max: 1 })
    const kysely = new Kysely({ dialect: new PostgresDialect({ pool }) })
    const hosts = await kysely.startTransaction().execute()
    return droppedAtClose(await whole.within(hosts), async () => {
      await hosts.rollback().execute()
      await kysely.destroy()
      await whole.close()
      await drop()
    })
  },
  { name: "the same within a transaction of the host's Kysely" },
)

describe('the guard of tenants', () => {
  it('is forced on every table, and every key and index begins with the tenant', async () => {
    const { schema, drop } = await guarded()
    const { rows } = await ask(`
      select of.relname as table, of.relrowsecurity and of.relforcerowsecurity as guarded,
        array_agg(distinct first.attname::text) as first
      from pg_class as of
      join pg_index as i on i.indrelid = of.oid
      join pg_attribute as first on first.attrelid = of.oid and first.attnum = i.indkey[0]
      where of.relnamespace = '${schema}'::regnamespace and of.relname <> 'migrations'
      group by 1, 2 order by 1`)
    expect(rows).toEqual(
      ['causes', 'entries', 'events', 'heads', 'records'].map((table) => {
        return { table, guarded: true, first: ['tenant'] }
      }),
    )
    await drop()
  })

  it('holds though a query asks for everything: no row of another is seen, changed, added or removed', async () => {
    const { schema, connectionString, open, drop } = await guarded()
    const store = await open()
    for (const tenant of ['a', 'b']) {
      expect(await store.commit(tenant, [thing(`of-${tenant}`, 0)])).toEqual(['done'])
    }
    const tables = ['heads', 'records', 'entries', 'events', 'causes']
    const counts = (as: string, tenant?: string) =>
      withClient(as, async (client) => {
        if (tenant !== undefined) {
          await client.query(`select set_config('hospital_crm.tenant', $1, false)`, [tenant])
        }
        const found: Record<string, string[]> = {}
        for (const table of tables) {
          const { rows } = await client.query(`select tenant from ${schema}.${table}`)
          found[table] = rows.map((row) => row.tenant)
        }
        return found
      })
    const all = await counts(owner)
    expect(tables.map((table) => new Set(all[table]).size)).toEqual([2, 2, 2, 2, 2])
    expect(Object.values(await counts(connectionString)).flat()).toEqual([])
    expect(new Set(Object.values(await counts(connectionString, 'a')).flat())).toEqual(
      new Set(['a']),
    )
    await withClient(connectionString, async (client) => {
      await client.query(`select set_config('hospital_crm.tenant', 'a', false)`)
      for (const table of tables) {
        const changed = await client.query(`update ${schema}.${table} set tenant = tenant`)
        expect(changed.rowCount).toBe(all[table]?.filter((tenant) => tenant === 'a').length)
        await expect(
          client.query(`update ${schema}.${table} set tenant = 'b'`),
        ).rejects.toMatchObject({ code: '42501' })
      }
      await expect(
        client.query(`insert into ${schema}.heads (tenant, position) values ('c', 0)`),
      ).rejects.toMatchObject({ code: '42501' })
      for (const table of tables) await client.query(`delete from ${schema}.${table}`)
    })
    const left = await counts(owner)
    expect(new Set(Object.values(left).flat())).toEqual(new Set(['b']))
    expect(await store.tenants(undefined, 9)).toEqual(['b'])
    await store.close()
    await drop()
  })

  it('does not let in whom it does not hold', async () => {
    const { schema, connectionString, drop } = await guarded()
    await expect(postgresStore({ connectionString: owner, schema })).rejects.toMatchObject({
      code: 'store.role-not-confined',
      details: { because: 'superuser' },
    })
    const [worker = ''] = new URL(connectionString).username.split(' ')
    await ask(`alter role ${worker} bypassrls`)
    const asWorker = () => postgresStore({ connectionString, schema })
    await expect(asWorker()).rejects.toMatchObject({ details: { because: 'bypassrls' } })
    await ask(`alter role ${worker} nobypassrls; alter table ${schema}.records owner to ${worker}`)
    await expect(asWorker()).rejects.toMatchObject({ details: { because: 'owner' } })
    await ask(`alter table ${schema}.records owner to postgres`)
    await (await asWorker()).close()
    await drop()
  })

  it("holds within a host's transaction, and does not let in a host whom it does not hold", async () => {
    const { connectionString, schema, open, drop } = await guarded()
    const store = await open()
    await store.commit('b', [thing('of-b', 0)])
    const host = await begun(connectionString)
    const lent = await store.within(host)
    expect(await lent.commit('a', [thing('of-a', 0)])).toEqual(['done'])
    const { rows } = await host.query(`select tenant from ${schema}.records`)
    expect(rows).toEqual([{ tenant: 'a' }])
    await host.query('commit')
    expect(await store.tenants(undefined, 9)).toEqual(['a', 'b'])
    await host.end()
    const superuser = await begun(owner)
    await expect(store.within(superuser)).rejects.toMatchObject({
      code: 'store.role-not-confined',
    })
    await superuser.end()
    await store.close()
    await drop()
  })

  it('is missed where it is asked for', async () => {
    const { schema, open, drop } = freshSchema(owner)
    await (await open()).close()
    await expect(
      postgresStore({ connectionString: owner, schema, guarded: true }),
    ).rejects.toMatchObject({ code: 'store.not-guarded' })
    await drop()
  })
})
