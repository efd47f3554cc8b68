import pg from 'pg'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { type Cut, cuttingProxy } from '../testing/cutting-proxy.ts'
import { freshSchema, withClient } from '../testing/fresh-schema.ts'
import { thing } from '../testing/thing.ts'
import { postgresStore } from './index.ts'

const server = inject('postgres')
const cuts: readonly Cut[] = ['before', 'within', 'after']

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

  const pair = (id: string) => [thing(id, 0), thing(id, 1)]
  it.each([
    ...cuts.map((cut) => ['in hope', cut, pair] as const),
    ...cuts.map((cut) => {
      const nameless = (id: string) => pair(id).map((unit) => ({ ...unit, kept: undefined }))
      return ['after a look', cut, nameless] as const
    }),
  ])('commits once all the same %s, cut %s anything it says', async (how, cut, unitsOf) => {
    const { connectionString } = proxy
    const store = await postgresStore({ connectionString, schema, connections: 1 })
    const tenant = `${how}, cut ${cut}`
    let records = 0
    for (let nth = 1, isCut = true; isCut; nth += 1) {
      // A warm connection says all at once, or first begin and claim, then write and commit; a cold one greets.
      await store.commit(tenant, [thing(`warm ${nth}`, 0)])
      proxy.cutAt(nth, cut)
      expect([nth, await store.commit(tenant, unitsOf(`${nth}`))]).toEqual([nth, ['done', 'done']])
      isCut = proxy.said() > nth
      records = nth
    }
    expect(records).toBeGreaterThan(how === 'in hope' ? 1 : 2)
    const log = await store.events(tenant, { after: 0, limit: 1000 })
    expect(log.map(({ position }) => position)).toEqual(log.map((_, at) => at + 1))
    expect(log.length).toBe(records * 3)
    const ids = Array.from({ length: records }, (_, at) => ({ kind: 'thing', id: `${at + 1}` }))
    const { records: found } = await store.load(tenant, ids, [])
    expect(found.map((record) => record?.version)).toEqual(ids.map(() => 2))
    await store.close()
  })

  it.each(cuts)('reads all the same, cut %s the question', async (cut) => {
    const { connectionString } = proxy
    const store = await postgresStore({ connectionString, schema, connections: 1 })
    await store.commit('r', [thing('1', 0)])
    proxy.cutAt(1, cut)
    const { records } = await store.load('r', [{ kind: 'thing', id: '1' }], [])
    expect(records[0]?.version).toBe(1)
    await store.close()
  })

  // Without a pipeline nothing is said before `begin` is answered.
  it.each([
    ['words', false, 'done'],
    ['answers', false, 'done'],
    ['words', true, 'done'],
    ['answers', true, 'known'],
  ] as const)(
    "tells that %s came late where the host's pool waits no longer, pipeline %s, and leaves that connection",
    async (delay, pipeline, then) => {
      const { connectionString } = proxy
      const pool = new pg.Pool({ connectionString, max: 1, query_timeout: 300, pipeline })
      const store = await postgresStore({ pool, schema })
      const tenant = `late ${delay} ${pipeline}`
      await store.commit(tenant, [thing('1', 0)])
      proxy.delayAt(1, delay)
      await expect(store.commit(tenant, [thing('2', 0)])).rejects.toMatchObject({ code: '08006' })
      const { records } = await store.load(tenant, [{ kind: 'thing', id: '1' }], [])
      expect(records[0]?.version).toBe(1)
      const again = await store.commit(tenant, [thing('2', 0)])
      proxy.mend()
      const known = { duplicateOf: { payloadHash: 'hash', answer: ['2/0'] } }
      expect(again).toEqual([then === 'done' ? then : known])
      expect(await store.commit(tenant, [thing('2', 0)])).toEqual([known])
      await store.close()
      await pool.end()
    },
  )

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
