import { PGlite } from '@electric-sql/pglite'
import { createCrm, ownSlices, type Store } from '@hospital-crm/core'
import { xuzhouPack } from '@hospital-crm/rules'
import { describe, expect, inject, it } from 'vitest'
import { aesGcmCipher } from '../cipher/aes-gcm/index.ts'
import { createReportViews as onPglite, pgliteStore } from './pglite/index.ts'
import { createReportViews, guardTenants } from './postgres/index.ts'
import { freshSchema, withClient } from './testing/fresh-schema.ts'

type Row = Readonly<Record<string, unknown>>
type Ask = (text: string) => Promise<readonly Row[]>

const connectionString = inject('postgres')
const clock = { now: () => new Date('2026-03-02T07:00:00Z') }
const cipher = aesGcmCipher({ key: new Uint8Array(32).fill(7) })

/** Two hospitals with a patient each, who has gone home. */
const lived = async (store: Store) => {
  const crm = createCrm({ store, cipher, clock })
  for (const tenant of ['a', 'b']) {
    const of = crm.for({ tenant })
    await of.hospitals.open({ name: tenant, zone: 'Asia/Shanghai', pack: xuzhouPack })
    const { id } = await of.patients.register({ name: '欧阳修', phones: ['15400000003'] })
    const at = '2026-03-01T01:00:00Z'
    await of.encounters.discharge('V1', { patient: id, at, department: 'eye', attending: 'li' })
    const params = { visit: 'V1', tier: 1, due: '2026-03-09' }
    const said = { purpose: 'clinical', template: 'follow-up.due', params }
    await of.messages.ask('m', { to: { patient: id }, ...said })
  }
  return crm
}

const views = async (ask: Ask, schema: string) => {
  const found = await ask(
    `select table_name as name from information_schema.views where table_schema = '${schema}'`,
  )
  return found.map(({ name }) => String(name))
}

describe.each(['PGlite', 'PostgreSQL'])('the views of %s', (kind) => {
  it('show what the records hold, in columns of their types, and nothing that is enciphered', async () => {
    const { schema, open, drop } = freshSchema(connectionString)
    const engine = kind === 'PGlite' ? await PGlite.create() : undefined
    const ask: Ask = async (text) =>
      engine
        ? (await engine.query<Row>(text)).rows
        : withClient(connectionString, async (client) => (await client.query(text)).rows)
    const store = engine ? await pgliteStore({ database: engine, schema }) : await open()
    const crm = await lived(store)
    const make = () =>
      engine
        ? onPglite({ database: engine, schema })
        : createReportViews({ connectionString, schema })
    await make()
    await make()
    const names = await views(ask, schema)
    const rows = new Map<string, readonly Row[]>()
    for (const name of names) {
      const found = await ask(
        `select row_to_json(v)::text as row from ${schema}.${name} as v order by tenant, id`,
      )
      rows.set(
        name,
        found.map(({ row }) => JSON.parse(String(row))),
      )
    }
    expect(names.length).toBeGreaterThan(40)
    expect(JSON.stringify([...rows])).not.toMatch(/sealed|欧阳修|15400000003/)

    const a = crm.for({ tenant: 'a' })
    const visit = await a.encounters.get('V1')
    if (visit?.state.status !== 'discharged') throw new Error('nobody was discharged')
    const { patient: person, dischargedAt, department, attending } = visit.state
    const [told] = rows.get('report_encounter') ?? []
    expect(told).toMatchObject({ tenant: 'a', id: 'V1', version: visit.version, patient: person })
    expect(told).toMatchObject({ status: 'discharged', department, attending })
    expect(Date.parse(String(told?.discharged_at))).toBe(Date.parse(dischargedAt ?? ''))

    const followed = await a.followUps.of(person)
    const tasks = followed?.state.status === 'followed' ? followed.state.tasks : []
    const shown = rows.get('report_follow_up_tasks')?.filter(({ tenant }) => tenant === 'a')
    expect(tasks).toHaveLength(3)
    expect(
      shown?.map(({ tier, role, state, due, visit: of }) => [tier, role, state, due, of]),
    ).toEqual(tasks.map(({ tier, role, state, due, visit: of }) => [tier, role, state, due, of]))
    const types = await ask(`select data_type as type from information_schema.columns
      where table_schema = '${schema}' and (table_name, column_name) in
        (('report_encounter', 'discharged_at'), ('report_follow_up_tasks', 'tier'))
      order by table_name`)
    expect(types.map(({ type }) => type)).toEqual(['timestamp with time zone', 'bigint'])
    const held = await ask(`select kind, count(*)::int as n from ${schema}.records group by kind`)
    const kept = new Map(held.map(({ kind: of, n }) => [of, n]))
    for (const { name } of ownSlices) {
      const viewed = rows.get(`report_${name.replaceAll('-', '_')}`)
      expect([name, viewed?.length]).toEqual([name, kept.get(name) ?? 0])
    }
    await crm.close()
    await engine?.close()
    await drop()
  })
})

describe('the views of tables that PostgreSQL guards', () => {
  it('show their reader the tenant they name, and nobody without one', async () => {
    const { schema, open, drop } = freshSchema(connectionString)
    const crm = await lived(await open())
    const [worker, reader] = [`w${schema}`.slice(0, 40), `r${schema}`.slice(0, 40)]
    const ask = (text: string, as = 'postgres:password') =>
      withClient(connectionString.replace('postgres:password', as), (client) => client.query(text))
    await ask(`create role ${worker}; create role ${reader} login password 'r'`)
    await guardTenants({ connectionString, schema, worker })
    await createReportViews({ connectionString, schema, reader })
    const shown = (before: string) =>
      withClient(connectionString.replace('postgres:password', `${reader}:r`), async (client) => {
        await client.query(before)
        const { rows } = await client.query(`select tenant from ${schema}.report_follow_up_tasks`)
        return rows.map(({ tenant }) => tenant)
      })
    expect(await shown('select 1')).toEqual([])
    expect(await shown(`set hospital_crm.tenant = 'b'`)).toEqual(['b', 'b', 'b'])
    await crm.close()
    await drop()
    await ask(`drop owned by ${worker}, ${reader}; drop role ${worker}, ${reader}`)
  })
})
