import { storeConcurrencyContract, storeContract } from '@hospital-crm/core/testing'
import pg from 'pg'
import { inject } from 'vitest'
import { begun, droppedAtClose, freshSchema } from '../testing/fresh-schema.ts'

const connectionString = inject('postgres')

storeContract(
  async () => {
    const { open, drop } = freshSchema(connectionString)
    return droppedAtClose(await open(), drop)
  },
  { name: 'the PostgreSQL store' },
)

storeContract(
  async () => {
    const { open, drop } = freshSchema(connectionString)
    const [whole, host] = [await open(1), await begun(connectionString)]
    return droppedAtClose(await whole.within(host), async () => {
      await host.end()
      await whole.close()
      await drop()
    })
  },
  { name: "the PostgreSQL store within a host's transaction" },
)

storeConcurrencyContract(
  async (workers) => {
    const { open, drop } = freshSchema(connectionString)
    const stores = await Promise.all(Array.from({ length: workers }, () => open()))
    return {
      stores,
      holdTransaction: async () => {
        const client = new pg.Client({ connectionString })
        await client.connect()
        await client.query('create table if not exists elsewhere (a int)')
        await client.query('begin')
        await client.query('insert into elsewhere select pg_current_xact_id()::text::int')
        return () => client.end()
      },
      close: async () => {
        await Promise.all(stores.map((store) => store.close()))
        await drop()
      },
    }
  },
  { name: 'a PostgreSQL store shared by workers' },
)
