import { type ChildProcess, fork } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { join } from 'node:path'
import { aesGcmCipher } from '@hospital-crm/adapters/cipher/aes-gcm'
import { postgresStore } from '@hospital-crm/adapters/store/postgres'
import { createCrm } from '@hospital-crm/core'
import { xuzhouPack } from '@hospital-crm/rules'
import { startPostgres } from '../packages/adapters/src/store/testing/start-postgres.ts'
import type { Bench } from './measure.ts'

const tenants = Array.from({ length: 16 }, (_, nth) => `hospital ${nth}`)
const messages = 10
/** Three in the afternoon, when patients may be written to. */
const now = '2026-03-02T07:00:00Z'

/** What a process says when it has started, or done what it was told. */
const answerOf = async (worker: ChildProcess) => {
  const [sent] = await once(worker, 'message')
  return Number(sent)
}

/** Hospitals in a schema of their own, and processes that work for all of them at once. */
const openSide = async (connectionString: string, processes: number, takesMs: number) => {
  const schema = `takes_${takesMs}_by_${processes}`
  const key = randomBytes(32)
  const store = await postgresStore({ connectionString, schema })
  const crm = createCrm({
    store,
    cipher: aesGcmCipher({ key }),
    clock: { now: () => new Date(now) },
  })
  const patients = new Map<string, string>()
  for (const tenant of tenants) {
    const of = crm.for({ tenant })
    await of.hospitals.open({ name: tenant, zone: 'Asia/Shanghai', pack: xuzhouPack })
    patients.set(tenant, (await of.patients.register({ phones: ['15400000003'] })).id)
  }
  const file = join(import.meta.dirname, 'yardstick', 'turn-worker.ts')
  const args = [connectionString, schema, key.toString('hex'), `${takesMs}`, now]
  const workers = Array.from({ length: processes }, () => fork(file, args))
  await Promise.all(workers.map(answerOf))
  let asked = 0
  return {
    /** Makes messages due to every hospital's patient. */
    ask: async () => {
      asked += 1
      const askOf = async (tenant: string) => {
        for (let nth = 0; nth < messages; nth += 1) {
          await crm.for({ tenant }).messages.ask(`${asked}.${nth}`, {
            to: { patient: patients.get(tenant) ?? '' },
            purpose: 'clinical',
            template: 'follow-up.due',
            params: { visit: `V${asked}`, tier: 1, due: '2026-03-09' },
          })
        }
      }
      await Promise.all(tenants.map(askOf))
    },
    work: async () => {
      const done = workers.map(answerOf)
      for (const worker of workers) worker.send('work')
      const sent = (await Promise.all(done)).reduce((sum, each) => sum + each)
      if (sent !== tenants.length * messages) throw new Error(`${sent} messages were sent`)
    },
    close: async () => {
      for (const worker of workers) worker.kill()
      await crm.close()
    },
  }
}

/** Turns of work for many hospitals by two processes, against the same turns by one. */
export const workers: Bench = async ({ measure }) => {
  const { connectionString, stop } = await startPostgres()
  for (const takesMs of [20, 0]) {
    const two = await openSide(connectionString, 2, takesMs)
    const one = await openSide(connectionString, 1, takesMs)
    const askBoth = async () => {
      await one.ask()
      await two.ask()
    }
    await measure({
      name: `two workers, a channel that takes ${takesMs} ms`,
      yardstick: 'one worker',
      tells: 'speed',
      ...(takesMs > 0 && { goal: 1.7 }),
      time: 'wall',
      rounds: 9,
      count: tenants.length * messages,
      unit: 'messages',
      check: async () => {
        await askBoth()
        await two.work()
        await one.work()
        await two.ask()
      },
      ours: two.work,
      handOver: askBoth,
      theirs: one.work,
    })
    await two.close()
    await one.close()
  }
  await stop()
}
