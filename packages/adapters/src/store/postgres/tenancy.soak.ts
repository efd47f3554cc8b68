import type { Store } from '@hospital-crm/core'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { calls } from '../../../../core/src/every-method.fixture.ts'
import { type Filled, fillStore } from '../../../../core/src/filled-hospital.fixture.ts'
import { own, theirs, told } from '../../../../core/src/tenancy.fixture.ts'
import { freshSchema, withClient } from '../testing/fresh-schema.ts'
import { guardTenants, postgresStore } from './index.ts'

const owner = inject('postgres')
const tables = ['heads', 'records', 'entries', 'events', 'causes']

interface Confined {
  /** Whether PostgreSQL keeps tenants apart, by row-level security. */
  readonly database: boolean
  /** Whether the store's statements name the tenant whose rows they want. */
  readonly application: boolean
}

/** A pool whose statements no longer say whose rows they want, wherever they look something up. */
const careless = (connectionString: string) => {
  let changed = 0
  class Careless extends pg.Client {
    override query(...told: unknown[]): never {
      const ask = super.query.bind(this) as (...asked: unknown[]) => never
      const [query, ...rest] = told as [{ readonly text?: string }, ...unknown[]]
      const text = query.text?.replaceAll(/(?:\w+\.)?"?tenant"? = (\$\d+)/g, '$1::text is not null')
      if (text === query.text) return ask(...told)
      changed += 1
      return ask({ ...query, text }, ...rest)
    }
  }
  const pool = new pg.Pool({ connectionString, max: 3, Client: Careless } as pg.PoolConfig)
  return { pool, changed: () => changed }
}

/** Two hospitals in PostgreSQL, put back as they were before every question. */
const openBoth = async (hospitals: readonly Filled[], { database, application }: Confined) => {
  const { schema, open, drop } = freshSchema(owner)
  const worker = `w_${schema}`
  const filling = await open()
  await fillStore(filling, hospitals)
  await filling.close()
  const asOwner = new pg.Client({ connectionString: owner })
  await asOwner.connect()
  const each = (statement: (table: string, copy: string) => string) =>
    asOwner.query(
      tables.map((of) => statement(`${schema}.${of}`, `${schema}.copy_of_${of}`)).join(';'),
    )
  await each((table, copy) => `create table ${copy} as table ${table}`)
  await asOwner.query(`create role ${worker} login password 'w'`)
  if (database) await guardTenants({ connectionString: owner, schema, worker })
  const connectionString = database ? owner.replace('postgres:password', `${worker}:w`) : owner
  const { pool, changed } = careless(connectionString)
  const store = await postgresStore({
    ...(application ? { connectionString } : { pool }),
    schema,
    guarded: database,
  })
  // Not to be closed by whoever may, and as durable as the cipher that seals alike every time.
  const lent: Store = { ...store, durable: false, close: async () => {} }
  return {
    changed,
    ask: async (call: (typeof calls)[string], isBusy = true) => {
      await each((table, copy) => `truncate ${table}; insert into ${table} select * from ${copy}`)
      return told(call, 'own', hospitals, { isBusy, filled: lent })
    },
    close: async () => {
      await store.close()
      await pool.end()
      await asOwner.end()
      await drop()
      await withClient(owner, (client) =>
        client.query(`drop owned by ${worker}; drop role ${worker}`),
      )
    },
  }
}

describe.each([
  ['row-level security on and the store careless', { database: true, application: false }],
  ['row-level security off and the store careful', { database: false, application: true }],
] as const)('with %s, somebody of another hospital', (_how, confined) => {
  describe.each(own)('in a %s hospital of their own', (_what, hospital) => {
    let both: Awaited<ReturnType<typeof openBoth>>
    beforeAll(async () => {
      both = await openBoth([theirs, hospital], confined)
    })
    afterAll(async () => {
      expect(both.changed() > 0).toBe(!confined.application)
      await both.close()
    })

    it.each(Object.entries(calls))(
      'is told and does by %s what they would alone',
      async (_, call) => {
        expect(await both.ask(call)).toEqual(await told(call, 'own', [hospital]))
      },
    )
  })
})

it('is told of others where neither keeps tenants apart', async () => {
  const [[, hospital]] = own as readonly [(typeof own)[number]]
  const both = await openBoth([theirs, hospital], { database: false, application: false })
  const names = ['patients.get', 'followUps.list', 'door.log']
  const leaky = []
  for (const name of names) {
    const call = calls[name] as (typeof calls)[string]
    const found = await both.ask(call, false)
    if (found.answer !== (await told(call, 'own', [hospital])).answer) leaky.push(name)
  }
  expect(leaky).toEqual(names)
  await both.close()
})
