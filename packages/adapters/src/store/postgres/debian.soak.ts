import { storeConcurrencyContract, storeContract } from '@hospital-crm/core/testing'
import { beforeAll, describe, expect, it } from 'vitest'
import { startPgbouncer, startPostgres15 } from '../testing/debian-servers.ts'
import { droppedAtClose, freshSchema, withClient } from '../testing/fresh-schema.ts'
import { guardTenants, postgresStore } from './index.ts'

const worker = 'pooled_worker'
let owner = ''
let pooled = ''
beforeAll(async () => {
  const server = await startPostgres15()
  owner = server.connectionString
  await withClient(owner, (client) => client.query(`create role ${worker} login`))
  const pooler = await startPgbouncer(owner, ['postgres', worker])
  pooled = pooler.connectionString
  return async () => {
    await pooler.stop()
    await server.stop()
  }
})

const ways: readonly (readonly [name: string, to: () => string])[] = [
  ['PostgreSQL 15', () => owner],
  ['PostgreSQL 15 behind pgbouncer in transaction mode', () => pooled],
]

it('runs on what it says', async () => {
  const { rows } = await withClient(pooled, (client) => client.query('show server_version'))
  expect(rows[0].server_version).toMatch(/^15\./)
  const console = pooled.replace(/postgres$/, 'pgbouncer')
  const config = await withClient(console, (client) => client.query('show config'))
  expect(config.rows).toContainEqual(
    expect.objectContaining({ key: 'pool_mode', value: 'transaction' }),
  )
})

describe.each(ways)('%s', (name, to) => {
  storeContract(
    async () => {
      const { open, drop } = freshSchema(to())
      return droppedAtClose(await open(), drop)
    },
    { name: `the store on ${name}` },
  )

  storeContract(
    async () => {
      const { schema, drop } = freshSchema(owner)
      await guardTenants({ connectionString: owner, schema, worker })
      const connectionString = to().replace('postgres:password', `${worker}:password`)
      const store = await postgresStore({ connectionString, schema, guarded: true, connections: 3 })
      return droppedAtClose(store, drop)
    },
    { name: `the store on ${name}, which keeps tenants apart` },
  )

  storeConcurrencyContract(
    async (workers) => {
      const { open, drop } = freshSchema(to())
      const stores = await Promise.all(Array.from({ length: workers }, () => open()))
      const close = async () => {
        await Promise.all(stores.map((store) => store.close()))
        await drop()
      }
      return { stores, close }
    },
    { name: `the store on ${name}, shared by workers` },
  )
})
