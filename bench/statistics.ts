import { deepStrictEqual } from 'node:assert/strict'
import {
  type Crm,
  createCrm,
  memoryCipher,
  memoryStore,
  type Store,
  type Unit,
} from '@hospital-crm/core'
import { xuzhouPack } from '@hospital-crm/rules'
import type { Bench } from './measure.ts'
import { type Database, postgresDatabase } from './yardstick/database.ts'

const tenant = 'main'
/** What happens in one month, whatever is stored of others, and how much of it one copy is. */
const monthly = 10_000
const eventsEach = 8
const copiesEach = 62
const kinds = ['encounter', 'follow-up'] as const

const open = (crm: Crm) =>
  crm.hospitals.open({ name: 'Bench', zone: 'Asia/Shanghai', pack: xuzhouPack })

/** A visit and its follow-ups, the first of them done, as a store keeps them: JSON with names to replace. */
const learnRecords = async () => {
  const store = memoryStore()
  let now = new Date('2026-03-02T02:00:00Z')
  const crm = createCrm({ store, clock: { now: () => now } })
  await open(crm)
  const { id } = await crm.patients.register({ identifiers: [{ value: '1' }] })
  const at = '2026-03-02T01:00:00Z'
  const place = { attending: 'doctor-00', department: 'D-00' }
  await crm.encounters.discharge('V-00', { patient: id, at, ...place })
  now = new Date('2026-03-20T02:00:00Z')
  const call = { visit: 'V-00', role: 'attending', by: 'doctor-00', at: '2026-03-04T01:00:00Z' }
  await crm.followUps.recordContact({ ...call, result: 'completed' })
  const keys = [
    { kind: kinds[0], id: 'V-00' },
    { kind: kinds[1], id },
  ]
  const { records } = await store.load(tenant, keys, [])
  return records.map((record) => JSON.stringify(record?.state ?? {}).replaceAll(id, 'P-00'))
}

const monthOf = (nth: number) => {
  const [years, months] = [Math.floor(nth / 12), nth % 12]
  return `${2000 + years}-${String(months + 1).padStart(2, '0')}`
}

/** The nth copy: eight events of two records, in the month whose turn it is. */
const copyOf = (templates: readonly string[], nth: number): Unit => {
  const month = Math.floor((nth * eventsEach) / monthly)
  const words: readonly (readonly [string, string])[] = [
    ['V-00', `V${nth}`],
    ['P-00', `P${nth}`],
    ['doctor-00', `doctor-${nth % 120}`],
    ['D-00', `D-${nth % 40}`],
    ['2026-03-', `${monthOf(month)}-`],
    ['2026-04-', `${monthOf(month + 1)}-`],
  ]
  const keys = kinds.map((kind, at) => ({ kind, id: at === 0 ? `V${nth}` : `P${nth}` }))
  const filled = (text: string) => words.reduce((all, [word, by]) => all.replaceAll(word, by), text)
  const at = `${monthOf(month)}-20T02:00:00.000Z`
  return {
    cause: `copy ${nth}`,
    reads: [],
    changes: keys.map((key, place) => {
      return { key, version: 0, state: JSON.parse(filled(templates[place] ?? '')), entries: [] }
    }),
    events: Array.from({ length: eventsEach }, (_, event) => {
      const key = keys[event % keys.length] ?? { kind: '', id: '' }
      return { key, version: 1, type: `${key.kind}.copied`, at, actor: 'bench', data: {} }
    }),
  }
}

/** A crm over a log of so many events that are counted already. */
const openCounted = async (
  database: Database,
  templates: readonly string[],
  events: number,
  progress: (text: string) => void,
) => {
  const store: Store = await database.store(`counted_${events}`)
  const cipher = { ...memoryCipher(), durable: true }
  const crm = createCrm({ store, cipher })
  await open(crm)
  await crm.rollUp()
  let nth = 0
  const add = async (copies: number) => {
    const units = Array.from({ length: copies }, (_, at) => copyOf(templates, nth + at))
    const outcomes = await store.commit(tenant, units)
    if (outcomes.some((outcome) => outcome !== 'done')) throw new Error('not all was written')
    nth += copies
  }
  /** Five hundred events more, written and counted. */
  const count = async (copies = copiesEach) => {
    await add(copies)
    const looked = await crm.rollUp()
    if (looked !== copies * eventsEach) throw new Error(`${looked} events were looked at`)
  }
  while (nth * eventsEach < events) {
    progress(`counting ${events.toLocaleString('en')}: ${(nth * eventsEach).toLocaleString('en')}`)
    for (let turn = 0; turn < 10 && nth * eventsEach < events; turn += 1) {
      await add(Math.min(250, events / eventsEach - nth))
    }
    await crm.rollUp()
  }
  await database.query(`vacuum (analyze) counted_${events}.records`)
  await database.query(`vacuum (analyze) counted_${events}.entries`)
  return { count, dashboard: () => crm.views.dashboard(monthOf(0)), close: () => crm.close() }
}

/** What an event costs on its way into the figures, and the figures of a month, with ever more counted. */
export const statistics: Bench = async ({ quick, measure, progress }) => {
  const templates = await learnRecords()
  const database = await postgresDatabase()
  const counted = (events: number) => openCounted(database, templates, events, progress)
  try {
    const small = await counted(10_000)
    for (const events of quick ? [100_000] : [100_000, 1_000_000]) {
      const large = await counted(events)
      const many = events.toLocaleString('en')
      const goal = 1.5
      const shared = { tells: 'cost', goal, time: 'wall' } as const
      await measure({
        ...shared,
        name: `500 events written and counted, with ${many} before`,
        yardstick: 'with 10,000 before',
        count: copiesEach * eventsEach,
        unit: 'events',
        check: () => undefined,
        ours: () => large.count(),
        theirs: () => small.count(),
      })
      await measure({
        ...shared,
        name: `the dashboard of a month, of ${many} events`,
        yardstick: 'of 10,000 events',
        count: 1,
        unit: 'dashboards',
        check: async () => {
          const [ours, theirs] = [await large.dashboard(), await small.dashboard()]
          deepStrictEqual(ours, theirs)
          deepStrictEqual(ours.onTime.data.rows.length, 40)
        },
        ours: large.dashboard,
        theirs: small.dashboard,
      })
      await large.close()
    }
    await small.close()
  } finally {
    await database.close()
  }
}
