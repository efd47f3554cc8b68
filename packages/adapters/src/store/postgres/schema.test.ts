import pg from 'pg'
import { describe, expect, inject, it } from 'vitest'
import { freshSchema, withClient } from '../testing/fresh-schema.ts'
import { thing } from '../testing/thing.ts'
import { postgresStore } from './index.ts'

const connectionString = inject('postgres')
const ask = (text: string) => withClient(connectionString, (client) => client.query(text))

describe('the schema of a PostgreSQL store', () => {
  it('is made once by several instances that start at the same time', async () => {
    const { schema, open, drop } = freshSchema(connectionString)
    const stores = await Promise.all(Array.from({ length: 6 }, () => open()))
    const { rows } = await ask(`select version from ${schema}.migrations order by version`)
    expect(rows).toEqual([{ version: 1 }, { version: 2 }])
    expect(await stores[0]?.commit('a', [thing('1', 0)])).toEqual(['done'])
    stores.push(await open())
    expect(await stores[6]?.commit('a', [thing('1', 1)])).toEqual(['done'])
    await Promise.all(stores.map((store) => store.close()))
    await drop()
  })

  it('is refused when a newer version has made it, with what to do', async () => {
    const { schema, open, drop } = freshSchema(connectionString)
    await (await open()).close()
    await ask(`insert into ${schema}.migrations (version) values (99)`)
    const remedy = expect.stringContaining('@hospital-crm/adapters')
    const details = { schema, found: 99, known: 2, remedy }
    await expect(open()).rejects.toMatchObject({ code: 'store.newer-schema', details })
    await drop()
  })

  it('takes what is stored along to a newer version, and lists what tells access rules nothing yet', async () => {
    const { schema, open, drop } = freshSchema(connectionString)
    const before = await open()
    await before.commit('a', [thing('1', 0), thing('3', 0)])
    await before.close()
    await ask(`alter table ${schema}.records drop column attributes;
      delete from ${schema}.migrations where version = 2`)
    const store = await open()
    const found = async () => {
      const query = { index: 'of', equals: [['x']], limit: 9, where: [[['parity=0']]] }
      return (await store.list('a', 'thing', query)).items.map(({ key }) => key.id)
    }
    expect(await found()).toEqual(['1', '3'])
    expect(await store.commit('a', [thing('3', 1), thing('4', 0)])).toEqual(['done', 'done'])
    expect(await found()).toEqual(['1', '4'])
    await store.close()
    await drop()
  })

  it('is made whole or not at all', async () => {
    const { schema, open, drop } = freshSchema(connectionString)
    await ask(`create schema ${schema}; create table ${schema}.causes (a int)`)
    await expect(open()).rejects.toThrow('SQLSTATE 42P07')
    const { rows } = await ask(`select tablename from pg_tables where schemaname = '${schema}'`)
    expect(rows).toEqual([{ tablename: 'causes' }])
    await ask(`drop table ${schema}.causes`)
    await (await open()).close()
    await drop()
  })

  it('takes any name, and is opened by who may create nothing', async () => {
    const schema = `Ward "7", ${freshSchema(connectionString).schema}`.slice(0, 40)
    const quoted = pg.escapeIdentifier(schema)
    await (await postgresStore({ connectionString, schema })).close()
    await ask(`create role clerk login password 'clerk';
      grant usage on schema ${quoted} to clerk;
      grant select, insert, update, delete on all tables in schema ${quoted} to clerk`)
    const asClerk = connectionString.replace('postgres:password', 'clerk:clerk')
    const store = await postgresStore({ connectionString: asClerk, schema })
    expect(await store.commit('a', [thing('1', 0), thing('1', 1)])).toEqual(['done', 'done'])
    await store.close()
    await ask(`drop schema ${quoted} cascade; drop role clerk`)
  })
})

describe('a PostgreSQL store on a pool of the host', () => {
  it('leaves the pool open, whatever the host reads numbers and JSON as', async () => {
    const { schema, drop } = freshSchema(connectionString)
    const types = { getTypeParser: () => (text: string) => `host's ${text}` }
    const pool = new pg.Pool({ connectionString, types: types as unknown as pg.CustomTypesConfig })
    const store = await postgresStore({ pool, schema })
    expect(await store.commit('a', [thing('1', 0)])).toEqual(['done'])
    const { records, kept } = await store.load('a', [{ kind: 'thing', id: '1' }], ['1/0'])
    expect(records[0]).toMatchObject({ version: 1, state: { id: '1', version: 0 } })
    expect(kept[0]).toEqual({ payloadHash: 'hash', answer: ['1/0'] })
    const [event] = await store.events('a', { after: 0, limit: 1 })
    expect(event).toMatchObject({ position: 1, version: 1, place: 0, data: { version: 0 } })
    await store.close()
    await expect(store.load('a', [], ['1/0'])).rejects.toMatchObject({ code: 'store.closed' })
    expect((await pool.query('select 1 as one')).rows).toEqual([{ one: "host's 1" }])
    expect(pool.listenerCount('error')).toBe(0)
    await pool.end()
    await drop()
  })

  it('does without prepared statements where a pooler forgets them', async () => {
    const { schema, drop } = freshSchema(connectionString)
    const pool = new pg.Pool({ connectionString, max: 1 })
    const store = await postgresStore({ pool, schema })
    await store.commit('a', [thing('1', 0)])
    await pool.query('deallocate all')
    expect(await store.commit('a', [thing('1', 1)])).toEqual(['done'])
    await pool.query('deallocate all')
    expect(await store.tenants(undefined, 9)).toEqual(['a'])
    await store.close()
    await pool.end()
    await drop()
  })

  it('refuses what PostgreSQL cannot hold, alone, and quotes nothing of it', async () => {
    const { open, drop } = freshSchema(connectionString)
    const store = await open()
    const [first, bad, long, other] = await Promise.allSettled([
      store.commit('a', [thing('first', 0)]),
      store.commit('a', [thing('bad\0secret', 0)]),
      store.commit('a', [thing(Array.from({ length: 900 }, (_, n) => `secret${n}`).join(''), 0)]),
      store.commit('a', [thing('other', 0)]),
    ])
    expect([first, other]).toMatchObject([{ value: ['done'] }, { value: ['done'] }])
    for (const refused of [bad, long]) {
      expect(refused).toMatchObject({ reason: { code: 'store.unstorable' } })
      expect(JSON.stringify(refused) + String(refused)).not.toContain('secret')
    }
    await expect(store.load('a', [{ kind: 'thing', id: 'a\0' }], [])).rejects.toMatchObject({
      code: 'store.unstorable',
    })
    await store.close()
    await drop()
  })
})
