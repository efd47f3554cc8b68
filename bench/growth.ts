import { deepStrictEqual } from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { aesGcmCipher } from '@hospital-crm/adapters/cipher/aes-gcm'
import { type Crm, createCrm, memoryStore } from '@hospital-crm/core'
import { xuzhouPack } from '@hospital-crm/rules'
import type { Bench } from './measure.ts'
import { type Database, postgresDatabase } from './yardstick/database.ts'
import { dischargeMessage } from './yardstick/discharge-message.ts'
import { recording } from './yardstick/recording.ts'
import { createRows } from './yardstick/rows.ts'
import { seed } from './yardstick/seed.ts'
import { now } from './yardstick/sides.ts'
import { type Template, templatesOf } from './yardstick/template.ts'

const cipher = aesGcmCipher({ key: randomBytes(32) })
const clock = { now: () => now }

/** Departments and doctors are all known after so many discharges. */
const familiar = 200

const open = async (crm: Crm) => {
  await crm.hospitals.open({ name: 'Bench', zone: 'Asia/Shanghai', pack: xuzhouPack })
  await crm.intakes.take(Array.from({ length: familiar }, (_, nth) => dischargeMessage(nth)))
}

/** What one more discharge writes. */
const learnTemplates = async (): Promise<readonly Template[]> => {
  const recorded = recording(memoryStore(), cipher)
  const crm = createCrm({ ...recorded, clock })
  await open(crm)
  const rowsOf = createRows()
  recorded.take().map(rowsOf)
  await crm.intakes.take([dischargeMessage(familiar)])
  return templatesOf(recorded.take().map(rowsOf))
}

/** A crm over a store that holds so many discharges already, and takes one more after another. */
const openGrown = async (
  database: Database,
  templates: readonly Template[],
  stored: number,
  progress: (text: string) => void,
) => {
  const schema = `stored_${stored}`
  const store = await database.store(schema)
  await seed(database, schema, templates, stored, (sofar) =>
    progress(`storing ${stored.toLocaleString('en')}: ${sofar.toLocaleString('en')} discharges`),
  )
  const crm = createCrm({ store, cipher, clock })
  await open(crm)
  let nth = familiar
  const take = async (count: number) => {
    for (const until = nth + count; nth < until; nth += 1) {
      const { taken } = await crm.intakes.take([dischargeMessage(nth)])
      if (taken !== 1) throw new Error('a discharge was not taken')
    }
  }
  /** A visit, and the follow-ups it led to, without the ids that are each store's own. */
  const seen = async (visit: string) => {
    const found = await crm.encounters.get(visit)
    if (!found || found.state.status === 'none') throw new Error(`${visit} is not there`)
    const { patient, ...state } = found.state
    const followed = await crm.followUps.of(patient)
    return { state, tasks: followed?.state.status === 'followed' && followed.state.tasks }
  }
  const holds = async () => {
    const [row] = await database.query(
      `select count(*)::integer as count from ${schema}.records where kind = 'encounter'`,
    )
    const last = await crm.encounters.get(`VS${String(stored).padStart(7, '0')}`)
    return { count: Number(row?.count) - nth, isReadable: last?.state.status === 'discharged' }
  }
  return { take, seen, holds, close: () => crm.close() }
}

/** What one more discharge costs with ever more of them in the store. */
export const growth: Bench = async ({ quick, measure, progress }) => {
  const templates = await learnTemplates()
  // What is seeded need not go through a log that nobody replays.
  const database = await postgresDatabase(['wal_level=minimal', 'max_wal_senders=0'])
  const grown = (stored: number) => openGrown(database, templates, stored, progress)
  try {
    const small = await grown(10_000)
    for (const stored of quick ? [100_000] : [100_000, 1_000_000]) {
      const large = await grown(stored)
      const check = async () => {
        await small.take(50)
        await large.take(50)
        const visit = `V${String(familiar + 7).padStart(8, '0')}`
        deepStrictEqual(await large.seen(visit), await small.seen(visit))
        deepStrictEqual(await large.holds(), { count: stored, isReadable: true })
      }
      await measure({
        name: `one more discharge with ${stored.toLocaleString('en')} stored`,
        yardstick: 'with 10,000 stored',
        tells: 'cost',
        goal: 1.5,
        time: 'wall',
        count: 10,
        unit: 'discharges',
        check,
        ours: () => large.take(10),
        theirs: () => small.take(10),
      })
      await large.close()
    }
    await small.close()
  } finally {
    await database.close()
  }
}
