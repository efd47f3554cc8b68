import { type Crm, createCrm, memoryChannel } from '@hospital-crm/core'
import { xuzhouPack } from '@hospital-crm/rules'
import { Kysely, PostgresDialect } from 'kysely'
import pg from 'pg'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, inject, it } from 'vitest'
import { aesGcmCipher } from '../../cipher/aes-gcm/index.ts'
import { cuttingProxy } from '../testing/cutting-proxy.ts'
import { begun, freshSchema, withClient } from '../testing/fresh-schema.ts'
import { thing } from '../testing/thing.ts'
import type { PostgresStore } from './index.ts'

const owner = inject('postgres')
const cipher = aesGcmCipher({ key: new Uint8Array(32).fill(7) })
/** Three in the afternoon, when patients may be written to. */
const clock = { now: () => new Date('2026-03-02T07:00:00Z') }

describe("a command within a host's transaction", () => {
  const { schema, open, drop } = freshSchema(owner)
  const sms = memoryChannel('sms')
  let store: PostgresStore
  let crm: Crm
  let host: pg.Client
  let visits = 0
  /** A visit that no other test has. */
  let visit = ''
  let patient = ''
  beforeAll(async () => {
    store = await open()
    crm = createCrm({ store, cipher, clock, channels: [sms] })
    await crm.hospitals.open({ name: 'Host', zone: 'Asia/Shanghai', pack: xuzhouPack })
    patient = (await crm.patients.register({ name: '王秀英', phones: ['15400000001'] })).id
    await withClient(owner, (client) => client.query(`create table ${schema}.beds (visit text)`))
  })
  afterAll(async () => {
    await crm.close()
    await drop()
  })
  beforeEach(async () => {
    host = await begun(owner)
    visits += 1
    visit = `V${visits}`
  })
  afterEach(() => host.end())

  const within = async (client = host) => crm.for({ store: await store.within(client) })
  const empty = (client = host) => client.query(`insert into ${schema}.beds values ($1)`, [visit])
  const discharge = async (client = host) => {
    const told = { patient, at: '2026-03-02T01:00:00Z', attending: 'li' }
    return (await within(client)).encounters.discharge(visit, told, { cause: visit })
  }
  const ask = async () => {
    const params = { visit, tier: 1, due: '2026-03-09' }
    const said = { purpose: 'clinical', template: 'follow-up.due', params }
    await (await within()).messages.ask(`told:${visit}`, { to: { patient }, ...said })
  }
  const standing = async () => {
    const { rows } = await withClient(owner, (client) =>
      client.query(`select from ${schema}.beds where visit = $1`, [visit]),
    )
    const followed = await crm.followUps.of(patient)
    const tasks = followed?.state.status === 'followed' ? followed.state.tasks : []
    return {
      beds: rows.length,
      status: (await crm.encounters.get(visit))?.state.status,
      tasks: tasks.filter((task) => task.visit === visit).length,
    }
  }
  const all = { beds: 1, status: 'discharged', tasks: 3 }
  const nothing = { beds: 0, status: undefined, tasks: 0 }
  const logOf = async () => store.events('main', { after: 0, limit: 10_000 })

  it('is kept with the rows of the host, and so is all that follows from it', async () => {
    await empty()
    await discharge()
    expect(await standing()).toEqual(nothing)
    await host.query('commit')
    expect(await standing()).toEqual(all)
  })

  it('is taken back with them, and is then as if it had never been', async () => {
    const before = await logOf()
    await empty()
    await discharge()
    await host.query('rollback')
    expect([await standing(), await logOf()]).toEqual([nothing, before])
    await host.query('begin')
    await empty()
    await discharge()
    await host.query('commit')
    expect(await standing()).toEqual(all)
  })

  it('sends nothing before the host has committed, whoever is at work, and everything after', async () => {
    await discharge()
    await ask()
    const sent = sms.sent.length
    const working = crm.work('main')
    await host.query('select pg_sleep(0.1)')
    expect(sms.sent.length).toBe(sent)
    await host.query('commit')
    await working
    await crm.work()
    expect(sms.sent.length).toBe(sent + 1)
  })

  it('cannot send, nor open what is personal, since neither could be taken back', async () => {
    const inside = await within()
    await expect(inside.patients.get(patient, { open: true })).rejects.toMatchObject({
      code: 'store.provisional',
    })
    expect((await inside.patients.get(patient))?.state).toMatchObject({ name: '王**' })
    const lent = await store.within(host)
    expect(() => createCrm({ store: lent, cipher })).toThrow(
      expect.objectContaining({ code: 'store.provisional' }),
    )
  })

  it('leaves the transaction whole when it is refused, by the crm or by the database', async () => {
    await empty()
    const inside = await within()
    await expect(inside.encounters.cancelDischarge(visit, { patient, at: 'x' })).rejects.toThrow()
    const lent = await store.within(host)
    const entries = [{ index: 'of', equals: [], order: 'x'.repeat(2_000_000) }]
    const [change] = thing('1', 0).changes
    const long = { ...thing('1', 0), changes: [{ ...change, entries } as never] }
    await expect(lent.commit('main', [long])).rejects.toMatchObject({ code: 'store.unstorable' })
    await expect(
      lent.list('main', 'thing', { index: 'of', equals: [], from: '\0', limit: 1 }),
    ).rejects.toMatchObject({ code: 'store.unstorable' })
    await discharge()
    await host.query('commit')
    expect(await standing()).toEqual(all)
  })

  it('undoes nothing of what is asked beside it when it fails', async () => {
    const lent = await store.within(host)
    const failing = () =>
      lent.list('main', 'thing', { index: 'of', equals: [], from: '\0', limit: 1 })
    const [, one, , other] = await Promise.allSettled([
      failing(),
      lent.commit('one', [thing('1', 0)]),
      failing(),
      lent.commit('other', [thing('1', 0)]),
    ])
    await host.query('commit')
    expect([one, other]).toEqual(Array(2).fill({ status: 'fulfilled', value: ['done'] }))
    for (const tenant of ['one', 'other'])
      expect(await store.events(tenant, { after: 0, limit: 9 })).toHaveLength(1)
  })

  it('cannot go on after a statement of the host has failed, and is done with all the rest again', async () => {
    await empty()
    await discharge()
    await expect(host.query('select 1 / 0')).rejects.toThrow()
    await expect(ask()).rejects.toMatchObject({
      code: 'store.transaction-lost',
      details: { reason: '25P02' },
    })
    await host.query('rollback')
    expect(await standing()).toEqual(nothing)
  })

  it('wants a transaction that has begun, and has not ended', async () => {
    const inside = await within()
    await host.query('commit')
    const late = inside.staff.enrol('li', { department: 'cardio' })
    for (const refused of [late, store.within(host)])
      await expect(refused).rejects.toMatchObject({
        code: 'store.transaction-lost',
        details: { reason: '25P01' },
      })
    const pool = new pg.Pool({ connectionString: owner, max: 1 })
    const kysely = new Kysely({ dialect: new PostgresDialect({ pool }) })
    const ended = await kysely.startTransaction().execute()
    await ended.commit().execute()
    await expect(store.within(ended)).rejects.toMatchObject({ code: 'store.transaction-lost' })
    await kysely.destroy()
  })

  it('is decided anew when others were faster', async () => {
    const lent = await store.within(host)
    const races: Promise<unknown>[] = []
    const overtaken = {
      ...lent,
      commit: async (...args: Parameters<typeof lent.commit>) => {
        if (races.length === 0) races.push(crm.staff.enrol('fast', { department: 'cardio' }))
        await races[0]
        return lent.commit(...args)
      },
    }
    const second = await crm.for({ store: overtaken }).staff.enrol('fast', { roles: ['attending'] })
    await host.query('commit')
    expect(second.version).toBe(2)
    expect((await crm.staff.get('fast'))?.state).toMatchObject({ department: 'cardio' })
  })

  it('is done again by the host when the transaction sees the past', async () => {
    await host.query('commit')
    await host.query('begin isolation level repeatable read')
    await empty()
    await crm.staff.enrol('faster', { department: 'cardio' })
    await expect(discharge()).rejects.toMatchObject({
      code: 'store.transaction-lost',
      details: { reason: '40001' },
    })
    await host.query('rollback')
    await host.query('begin isolation level serializable')
    await empty()
    await discharge()
    await host.query('commit')
    expect(await standing()).toEqual(all)
  })

  it('is done again by the host after a deadlock', async () => {
    const other = await begun(owner)
    await empty()
    await host.query('commit')
    await host.query('begin')
    const lock = (client: pg.Client) =>
      client.query(`update ${schema}.beds set visit = visit where visit = $1`, [visit])
    await lock(other)
    await discharge()
    const waiting = lock(host)
    await other.query(`set local deadlock_timeout = '10ms'`)
    const enrolled = (await within(other)).staff.enrol('stuck', { department: 'cardio' })
    await expect(enrolled).rejects.toMatchObject({
      code: 'store.transaction-lost',
      details: { reason: '40P01' },
    })
    await other.query('rollback')
    await waiting
    await host.query('commit')
    await other.query('begin')
    await (await within(other)).staff.enrol('stuck', { department: 'cardio' })
    await other.query('commit')
    await other.end()
    expect(await standing()).toEqual(all)
  })

  it('holds up whoever else writes for the hospital, so that the log shows nothing behind what was read', async () => {
    const read = (await logOf()).length
    await discharge()
    let isDone = false
    const other = crm.staff.enrol(`after ${visit}`, { department: 'cardio' }).then(() => {
      isDone = true
    })
    await host.query('select pg_sleep(0.1)')
    const between = await store.events('main', { after: read, limit: 10 })
    expect([isDone, between]).toEqual([false, []])
    await host.query('commit')
    await other
    const log = await logOf()
    expect(log.map(({ position }) => position)).toEqual(log.map((_, at) => at + 1))
    expect(log.slice(read).map(({ key }) => key.id)).toEqual([
      visit,
      ...log.slice(read + 1, -1).map(({ key }) => key.id),
      `after ${visit}`,
    ])
  })

  it('leaves the settings of the transaction as the host has them', async () => {
    await host.query(`set local idle_in_transaction_session_timeout = '5min'`)
    const settings = async () => {
      const { rows } = await host.query(
        `select name, setting from pg_settings where context = 'user' order by name`,
      )
      return rows
    }
    const before = await settings()
    await discharge()
    expect(await settings()).toEqual(before)
  })

  it.each(['within', 'after'] as const)(
    'is done once, its connection cut %s any word of the host, when the host does all of it again',
    async (cut) => {
      const proxy = await cuttingProxy(owner)
      let isCut = true
      let cuts = 0
      for (let nth = 1; isCut; nth += 1) {
        visits += 1
        visit = `V${visits}`
        const client = await begun(proxy.connectionString)
        const whole = async (on: pg.Client) => {
          await empty(on)
          await discharge(on)
          await on.query('commit')
        }
        proxy.cutAt(nth, cut)
        const error = await whole(client).catch((thrown: unknown) => thrown)
        isCut = proxy.said() >= nth
        await client.end()
        if (!isCut) continue
        cuts += 1
        const { code, message } = error as { code?: string; message: string }
        expect(`${nth}: ${code ?? message}`).toMatch(/store\.transaction-lost|[Cc]onnection/)
        // Whether the rows are there is what the host looks for; the command needs no looking.
        const { beds } = await standing()
        const again = await begun(owner)
        if (beds === 0) await empty(again)
        await discharge(again)
        await again.query('commit')
        await again.end()
        expect([nth, await standing()]).toEqual([nth, all])
      }
      expect(cuts).toBeGreaterThan(20)
      await proxy.close()
    },
  )
})
