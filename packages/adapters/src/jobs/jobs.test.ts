import { randomUUID } from 'node:crypto'
import { type Channel, createCrm, type Logger, type Store } from '@hospital-crm/core'
import { xuzhouPack } from '@hospital-crm/rules'
import { PgBoss } from 'pg-boss'
import { afterEach, beforeEach, describe, expect, inject, it, vi } from 'vitest'
import { aesGcmCipher } from '../cipher/aes-gcm/index.ts'
import { freshSchema, withClient } from '../store/testing/fresh-schema.ts'
import { inProcessJobs } from './in-process/index.ts'
import type { Jobs } from './jobs.ts'
import { type PgBossJobs, pgBossJobs } from './pg-boss/index.ts'

const connectionString = inject('postgres')
const tenants = ['east', 'west']

describe('jobs', () => {
  const key = new Uint8Array(32).fill(7)
  let schema: ReturnType<typeof freshSchema>
  let store: Store
  let sent: string[]
  let running: Jobs[]
  beforeEach(async () => {
    schema = freshSchema(connectionString)
    store = await schema.open()
    sent = []
    running = []
  })
  afterEach(async () => {
    await Promise.all(running.map((jobs) => jobs.stop()))
    await store.close()
    await schema.drop()
  })

  const worker = (told: unknown[] = []) => {
    const sms: Channel = {
      name: 'sms',
      send: async (messages) =>
        messages.map(({ id }) => {
          sent.push(id)
          return { outcome: 'sent' as const }
        }),
    }
    const logger: Logger = { info: () => {}, warn: (...line) => void told.push(line) }
    // Three in the afternoon, when patients may be written to.
    const clock = { now: () => new Date('2026-03-02T07:00:00Z') }
    const crm = createCrm({ store, cipher: aesGcmCipher({ key }), channels: [sms], clock })
    return { crm, logger }
  }

  /** Asks for a message in every tenant, for a patient of its own. */
  const ask = async (id: string) => {
    const { crm } = worker()
    for (const tenant of tenants) {
      const of = crm.for({ tenant })
      await of.hospitals
        .open({ name: tenant, zone: 'Asia/Shanghai', pack: xuzhouPack }, { cause: 'open' })
        .catch(() => {})
      const { id: patient } = await of.patients.register(
        { phones: ['15400000003'] },
        { cause: `person-of-${id}` },
      )
      const params = { visit: 'V1', tier: 1, due: '2026-03-09' }
      const said = { purpose: 'clinical', template: 'follow-up.due', params }
      await of.messages.ask(id, { to: { patient }, ...said })
    }
  }
  const each = (...ids: string[]) =>
    ids.flatMap((id) => tenants.map((tenant) => `${tenant}/${id}`)).sort()
  const until = (ids: string[]) =>
    vi.waitFor(() => expect([...sent].sort()).toEqual(ids), { timeout: 30_000, interval: 20 })

  it('in this process send what is due for every tenant, and what comes later, once', async () => {
    await ask('m1')
    for (let n = 0; n < 2; n += 1) running.push(inProcessJobs(worker().crm, { everyMs: 10 }))
    await until(each('m1'))
    await ask('m2')
    await until(each('m1', 'm2'))
    await Promise.all(running.map((jobs) => jobs.stop()))
    await ask('m3')
    expect([...sent].sort()).toEqual(each('m1', 'm2'))
  })

  it('in this process go on for one tenant while another fails, and tell of it without its words', async () => {
    await ask('m1')
    const told: unknown[] = []
    const { crm, logger } = worker(told)
    const work = async (tenant?: string) => {
      if (tenant === 'east') throw new Error('赵明 15400000003')
      return crm.work(tenant)
    }
    running.push(inProcessJobs({ tenants: crm.tenants, work }, { everyMs: 10, logger }))
    await until(['west/m1'])
    await vi.waitFor(() => expect(told).not.toEqual([]))
    expect(JSON.stringify(told[0])).toContain('"tenant":"east","code":"failed"')
    expect(JSON.stringify(told)).not.toContain('赵明')
  })

  it('in this process outlive a store that cannot be had', async () => {
    await ask('m1')
    const { crm, logger } = worker()
    let calls = 0
    const listing = async () => {
      calls += 1
      if (calls < 3) throw new Error('gone')
      return crm.tenants()
    }
    running.push(inProcessJobs({ tenants: listing, work: crm.work }, { everyMs: 10, logger }))
    await until(each('m1'))
  })

  it('over pg-boss are shared by processes, woken at once, and lose nothing with their queue', async () => {
    const name = `boss_${randomUUID().replaceAll('-', '')}`
    const bosses = await Promise.all(
      [1, 2].map(() => new PgBoss({ connectionString, schema: name }).start()),
    )
    const of = { queue: 'turns', pollingSeconds: 0.5 }
    await ask('m1')
    const jobs: PgBossJobs[] = []
    for (const boss of bosses) jobs.push(await pgBossJobs(worker().crm, { boss, ...of }))
    running.push(...jobs)
    await until(each('m1'))
    await ask('m2')
    await Promise.all(tenants.flatMap((tenant) => jobs.map(({ wake }) => wake(tenant))))
    await until(each('m1', 'm2'))
    await ask('m3')
    await withClient(connectionString, async (client) => {
      const { rows } = await client.query(`select data from ${name}.job where name = 'turns'`)
      expect(rows.length).toBeGreaterThan(0)
      for (const { data } of rows) expect(Object.keys(data)).toEqual(['tenant'])
      const { rows: whole } = await client.query(`select * from ${name}.job`)
      globalThis.canaryWatch.see('job', JSON.stringify(whole))
      await client.query(`delete from ${name}.job`)
    })
    await jobs[1]?.stop()
    for (const tenant of tenants) await jobs[0]?.wake(tenant)
    await until(each('m1', 'm2', 'm3'))
    await Promise.all(jobs.map((each) => each.stop()))
    await Promise.all(bosses.map((boss) => boss.stop({ graceful: false })))
    await withClient(connectionString, (client) => client.query(`drop schema ${name} cascade`))
  })
})
