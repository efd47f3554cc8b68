// A command within the host's own transaction: docs/how-to/write-in-your-own-transaction.md
import { join } from 'node:path'
import { aesGcmCipher } from '@hospital-crm/adapters/cipher/aes-gcm'
import { type PostgresStore, postgresStore } from '@hospital-crm/adapters/store/postgres'
import { type Crm, createCrm, Refusal } from '@hospital-crm/core'
import { xuzhouPack } from '@hospital-crm/rules'
import pg from 'pg'

interface Ward {
  readonly pool: pg.Pool
  readonly store: PostgresStore
  readonly crm: Crm
}

// #region within
/** A patient goes home: the host's bed is free, and the crm has its follow-ups. Both, or neither. */
const goHome = async ({ pool, store, crm }: Ward, visit: string, patient: string) => {
  const client = await pool.connect()
  try {
    await client.query('begin')
    await client.query('update beds set visit = null where visit = $1', [visit])
    const inside = crm.for({ store: await store.within(client) })
    const left = { patient, at: new Date().toISOString(), attending: 'li' }
    await inside.encounters.discharge(visit, left, { cause: `home:${visit}` })
    await client.query('commit')
  } catch (error) {
    await client.query('rollback')
    throw error
  } finally {
    client.release()
  }
}
// #endregion within

// #region again
/** Does all of it again where a transaction that ran beside it was in the way. */
const untilDone = async (work: () => Promise<void>): Promise<void> => {
  for (let tries = 1; ; tries += 1) {
    try {
      return await work()
    } catch (error) {
      const isLost = error instanceof Refusal && error.code === 'store.transaction-lost'
      if (!isLost || tries === 5) throw error
    }
  }
}
// #endregion again

/** One patient goes home, and one whom the crm does not know stays. Answers the beds and the follow-ups then. */
export const main = async (connectionString: string, directory: string) => {
  const pool = new pg.Pool({ connectionString })
  const store = await postgresStore({ pool, schema: 'own_transaction' })
  const crm = createCrm({ store, cipher: aesGcmCipher({ keyFile: join(directory, 'key') }) })
  await crm.hospitals.open({ name: 'Own', zone: 'Asia/Shanghai', pack: xuzhouPack })
  const { id: patient } = await crm.patients.register({ name: '王秀英' })
  await pool.query('create table beds (bed text, visit text)')
  await pool.query(`insert into beds values ('A1', 'V1'), ('A2', 'V2')`)

  await untilDone(() => goHome({ pool, store, crm }, 'V1', patient))
  const refused = await goHome({ pool, store, crm }, 'V2', 'nobody').catch((error) => error.code)

  const { rows: beds } = await pool.query('select bed, visit from beds order by bed')
  const followed = await crm.followUps.of(patient)
  const tasks = followed?.state.status === 'followed' ? followed.state.tasks : []
  await crm.close()
  await pool.end()
  return { beds, tasks: tasks.map(({ visit, tier }) => [visit, tier]), refused }
}
