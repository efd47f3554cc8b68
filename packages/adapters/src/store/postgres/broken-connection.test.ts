import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { type Cut, cuttingProxy } from '../testing/cutting-proxy.ts'
import { freshSchema, withClient } from '../testing/fresh-schema.ts'
import { thing } from '../testing/thing.ts'
import { postgresStore } from './index.ts'

const server = inject('postgres')

describe('a PostgreSQL store whose connection breaks', () => {
  const { schema, drop } = freshSchema(server)
  let proxy: Awaited<ReturnType<typeof cuttingProxy>>
  beforeAll(async () => {
    proxy = await cuttingProxy(server)
  })
  afterAll(async () => {
    await proxy.close()
    await drop()
  })

  it.each<Cut>(['before', 'after'])(
    'commits once all the same, cut %s anything it says',
    async (cut) => {
      const { connectionString } = proxy
      const store = await postgresStore({ connectionString, schema, connections: 1 })
      const tenant = `cut ${cut}`
      let records = 0
      for (let nth = 1, cuts = true; cuts; nth += 1) {
        // A warm connection says begin and claim at once, then write, then commit; a cold one greets first.
        await store.commit(tenant, [thing(`warm ${nth}`, 0)])
        proxy.cutAt(nth, cut)
        const units = [thing(`${nth}`, 0), { ...thing(`${nth}`, 1), kept: undefined }]
        expect([nth, await store.commit(tenant, units)]).toEqual([nth, ['done', 'done']])
        cuts = proxy.said() > nth
        records = nth
      }
      expect(records).toBeGreaterThan(3)
      const log = await store.events(tenant, { after: 0, limit: 1000 })
      expect(log.map(({ position }) => position)).toEqual(log.map((_, at) => at + 1))
      expect(log.length).toBe(records * 3)
      const ids = Array.from({ length: records }, (_, at) => ({ kind: 'thing', id: `${at + 1}` }))
      const { records: found } = await store.load(tenant, ids, [])
      expect(found.map((record) => record?.version)).toEqual(ids.map(() => 2))
      await store.close()
    },
  )

  it.each<Cut>(['before', 'after'])('reads all the same, cut %s the question', async (cut) => {
    const { connectionString } = proxy
    const store = await postgresStore({ connectionString, schema, connections: 1 })
    await store.commit('r', [thing('1', 0)])
    proxy.cutAt(1, cut)
    const { records } = await store.load('r', [{ kind: 'thing', id: '1' }], [])
    expect(records[0]?.version).toBe(1)
    await store.close()
  })

  it('goes on after the server has ended its idle connections', async () => {
    const store = await postgresStore({ connectionString: server, schema })
    await store.commit('i', [thing('1', 0)])
    await withClient(server, async (client) => {
      await client.query(`select pg_terminate_backend(pid) from pg_stat_activity
        where pid <> pg_backend_pid() and query like '%${schema}%'`)
    })
    expect(await store.commit('i', [thing('2', 0)])).toEqual(['done'])
    await store.close()
  })

  it('says what it cannot reach, and nothing of the password', async () => {
    const connectionString = 'postgres://crm:hidden@127.0.0.1:1/none'
    const refused = await postgresStore({ connectionString }).catch((error: unknown) => error)
    expect(refused).toMatchObject({
      code: 'store.unreachable',
      details: { reason: 'ECONNREFUSED' },
    })
    expect(JSON.stringify(refused)).not.toContain('hidden')
  })
})
