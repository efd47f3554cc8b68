// The workers of a host: docs/how-to/run-workers.md
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { aesGcmCipher } from '@hospital-crm/adapters/cipher/aes-gcm'
import { inProcessJobs } from '@hospital-crm/adapters/jobs/in-process'
import { postgresStore } from '@hospital-crm/adapters/store/postgres'
import { type Channel, createCrm, flow, type Logger, memoryChannel } from '@hospital-crm/core'
import { xuzhouPack } from '@hospital-crm/rules'
import { setClock } from './hospital-month/set-clock.ts'

const logger: Logger = { info: () => {}, warn: (fields, text) => console.warn(text, fields) }

interface Worker {
  readonly connectionString: string
  readonly keyFile: string
  readonly channels: readonly Channel[]
}

/** Three in the afternoon, when patients may be written to. */
const clock = setClock('2026-03-02T07:00:00Z')

// #region worker
/** What every process of the host does: the same database, the same key, its own channels. */
const openWorker = async ({ connectionString, keyFile, channels }: Worker) =>
  createCrm({
    store: await postgresStore({ connectionString, schema: 'workers_example' }),
    cipher: aesGcmCipher({ keyFile }),
    channels,
    logger,
    clock,
  })
// #endregion worker

/** Two workers share twenty messages. Answers the ids in the order in which they left. */
export const main = async (connectionString: string, directory: string) => {
  const left: string[] = []
  const sms = () =>
    memoryChannel('sms', ({ id }) => {
      left.push(id)
      return { outcome: 'sent' }
    })
  const keyFile = join(directory, 'key')
  const open = () => openWorker({ connectionString, keyFile, channels: [sms()] })
  const [desk, night] = [await open(), await open()]
  await desk.hospitals.open({ name: 'Two workers', zone: 'Asia/Shanghai', pack: xuzhouPack })
  const { id: patient } = await desk.patients.register({ phones: ['15400000003'] })
  for (let n = 1; n <= 20; n += 1) {
    const params = { visit: `V${n}`, tier: 1, due: '2026-03-09' }
    const said = { purpose: 'clinical', template: 'follow-up.due', params }
    await desk.messages.ask(`m${n}`, { to: { patient }, ...said })
  }
  // #region two
  const working = [desk, night].map((crm) => inProcessJobs(crm, { everyMs: 20, logger }))
  while (left.length < 20) await pause(5)
  await Promise.all(working.map((jobs) => jobs.stop()))
  await Promise.all([desk.close(), night.close()])
  // #endregion two
  return left
}

/** A flow that fails until it is mended, and what an operator sees and does. Answers the parked causes. */
export const parkedAndRedriven = async (print: (line: string) => void = console.log) => {
  let isBroken = true
  const registry = flow('registry', 'patient.registered', () => {
    if (isBroken) throw new Error('a mistake in a flow of our own')
    return []
  })
  const now = setClock('2026-03-02T07:00:00Z')
  const crm = createCrm({ extensions: [{ flows: [registry] }], clock: now })
  await crm.hospitals.open({ name: 'Parked', zone: 'Asia/Shanghai', pack: xuzhouPack })
  await crm.patients.register({ name: '赵明' })
  for (const minute of ['01', '05', '14', '30']) {
    now.set(`2026-03-02T07:${minute}:00Z`)
    await crm.work()
  }
  // #region parked
  const parked = await crm.parked()
  for (const { cause, code, tries } of parked) print(`${cause}: ${code}, ${tries} tries`)
  // … the mistake is found, and the mended version is running
  isBroken = false
  for (const { cause } of parked) await crm.redrive(cause)
  await crm.work()
  // #endregion parked
  return { parked, after: await crm.parked() }
}
