import { type Crm, createCrm, memoryCipher } from '@hospital-crm/core'
import { xuzhouPack } from '@hospital-crm/rules'
import type { Bench } from './measure.ts'
import { type Database, postgresDatabase } from './yardstick/database.ts'
import { dischargeMessage } from './yardstick/discharge-message.ts'
import { seedOpenTasks } from './yardstick/open-tasks.ts'

const due = 1000
/** Local noons after a discharge on 1 March when something is due of it: windows, deadlines, escalations. */
const days = ['09', '10', '12', '16', '17', '19']
const noon = (day: string) => new Date(`2026-03-${day}T04:00:00Z`)

/** So many discharges of one local day. */
const discharges = Array.from({ length: due }, (_, nth) =>
  dischargeMessage((nth % 900) + 1440 * Math.floor(nth / 900)),
)

/** A crm over a thousand discharges, beside so many open tasks of which nothing is due. */
const openTicking = async (
  database: Database,
  others: number,
  progress: (text: string) => void,
) => {
  const schema = `ticking_${others}`
  const store = await database.store(schema)
  if (others > 0) await seedOpenTasks(database, schema, others, progress)
  let now = noon('02')
  const cipher = { ...memoryCipher(), durable: true }
  const crm: Crm = createCrm({ store, cipher, clock: { now: () => now } })
  await crm.hospitals.open({ name: 'Bench', zone: 'Asia/Shanghai', pack: xuzhouPack })
  await crm.intakes.take(discharges)
  await crm.work()
  const waiting = [...days]
  const tick = async () => {
    now = noon(waiting.shift() ?? '')
    const raised = await crm.tick()
    if (raised < due) throw new Error(`${raised} of ${due} were due`)
  }
  return { tick, close: () => crm.close() }
}

/** A thousand follow-ups fall due among ever more that do not. */
export const ticking: Bench = async ({ quick, measure, progress }) => {
  const database = await postgresDatabase(['wal_level=minimal', 'max_wal_senders=0'])
  try {
    const most = quick ? 100_000 : 1_000_000
    const small = await openTicking(database, 0, progress)
    const large = await openTicking(database, most, progress)
    await measure({
      name: `1,000 due among ${most.toLocaleString('en')} open tasks`,
      yardstick: '1,000 due among none',
      tells: 'cost',
      goal: 1.5,
      rounds: 5,
      time: 'wall',
      count: due,
      unit: 'follow-ups',
      check: () => undefined,
      ours: large.tick,
      theirs: small.tick,
    })
    await small.close()
    await large.close()
  } finally {
    await database.close()
  }
}
