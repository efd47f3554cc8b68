import { mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { createCrm, type Store } from '@hospital-crm/core'
import { expect, inject, it } from 'vitest'
import { aesGcmCipher } from '../cipher/aes-gcm/index.ts'
import { postgresStore } from '../store/postgres/index.ts'
import { startChild } from '../store/testing/child.ts'
import { freshSchema } from '../store/testing/fresh-schema.ts'
import { notedIn, notedProvider } from './noted-provider.fixture.ts'

const kills = 200
const workers = 3
const connectionString = inject('postgres')
const tenant = 'main'

/** Whether a worker holds the tenant's log. */
const isHeld = async (store: Store) => {
  const { records } = await store.load(tenant, [{ kind: 'lease', id: 'pump' }], [])
  const state = records[0]?.state as { holder?: string } | undefined
  return (state?.holder ?? '') !== ''
}

const logOf = async (store: Store) => {
  const log = []
  for (;;) {
    const page = await store.events(tenant, { after: log.length, limit: 10_000 })
    if (page.length === 0) return log
    log.push(...page)
  }
}

it(`${workers} workers on one PostgreSQL, killed ${kills} times, lose nothing acknowledged and send nothing twice but under its key`, async () => {
  const { schema, drop } = freshSchema(connectionString)
  const folder = mkdtempSync(join(tmpdir(), 'hospital-crm-kills-'))
  const file = join(folder, 'sent')
  // It is three in the afternoon, when patients may be written to, and time goes on from there.
  const offset = Date.parse('2026-03-02T07:00:00Z') - Date.now()
  const acknowledged: number[] = []
  /** A worker that goes on behind the last number it is known to have said. */
  const start = (from: number) => {
    const args = [connectionString, schema, file, `${offset}`, `${from}`]
    const child = startChild('../../jobs/kill-worker.ts', ...args)
    const busy = async () => {
      if ((await child.next()) === '') throw new Error('a worker ended by itself')
    }
    const kill = async () => {
      const said = (await child.kill()).map(Number)
      acknowledged.push(...said)
      return (said.at(-1) ?? from - 1) + 1
    }
    return { busy, kill }
  }
  const running = Array.from({ length: workers }, (_, lane) => start((lane + 1) * 1_000_000))
  let killed = 0
  const size = () => statSync(file, { throwIfNoEntry: false })?.size ?? 0
  while (killed < kills - workers) {
    const victim = running.shift() as (typeof running)[number]
    await victim.busy()
    // Every other one dies when the provider has just been given something, before that is written down.
    if (killed % 2 === 0) await pause(Math.random() * 300)
    else for (const before = size(); size() === before; ) await pause(1)
    running.push(start(await victim.kill()))
    killed += 1
  }

  let passed = 0
  const store = await postgresStore({ connectionString, schema })
  const crm = createCrm({
    store,
    cipher: aesGcmCipher({ key: new Uint8Array(32).fill(7) }),
    clock: { now: () => new Date(Date.now() + offset + passed) },
    channels: [notedProvider(file)],
  })
  // The last ones die together, and one of them with the log in its hands.
  for (let isOrphaned = false; !isOrphaned; ) {
    for (const { busy } of running) await busy()
    while (!(await isHeld(store))) await pause(1)
    const next = await Promise.all(running.map(({ kill }) => kill()))
    killed += workers
    isOrphaned = await isHeld(store)
    if (!isOrphaned) running.splice(0, workers, ...next.map(start))
  }
  const died = Date.now()
  while ((await crm.pump()).busy) await pause(100)
  const tookOver = Date.now() - died
  expect(tookOver).toBeLessThan(30_000)

  // What a dead worker had claimed is free again within a minute.
  for (let turns = 0; turns < 3; turns += 1) {
    passed += 10 * 60_000
    await crm.work()
  }
  expect(acknowledged.length).toBeGreaterThanOrEqual(killed)
  expect(new Set(acknowledged).size).toBe(acknowledged.length)
  for (const number of acknowledged) {
    const visit = `V${number}`
    const found = await crm.encounters.get(visit)
    const patient = found?.state.status === 'discharged' ? found.state.patient : ''
    const followed = await crm.followUps.of(patient)
    const tasks = followed?.state.status === 'followed' ? followed.state.tasks : []
    expect([visit, tasks.map(({ tier }) => tier).sort()]).toEqual([visit, [1, 2, 3]])
    const message = await crm.messages.get(`told:${visit}`)
    expect([visit, message?.state.status]).toEqual([visit, 'sent'])
  }
  expect(await crm.parked()).toEqual([])
  const log = await logOf(store)
  expect(log.map(({ position }) => position)).toEqual(log.map((_, at) => at + 1))
  expect(new Set(log.map(({ cause, place }) => `${cause}/${place}`)).size).toBe(log.length)

  const given = notedIn(file)
  const texts = new Map(given)
  for (const [id, text] of given) expect([id, text]).toEqual([id, texts.get(id)])
  const ids = new Set(log.map(({ key }) => `${tenant}/${key.id}`))
  expect([...texts.keys()].filter((id) => !ids.has(id))).toEqual([])
  const sent = await Promise.all(
    [...texts.keys()].map((id) => crm.messages.get(id.slice(tenant.length + 1))),
  )
  expect(new Set(sent.map((message) => message?.state.status))).toEqual(new Set(['sent']))
  for (const number of acknowledged) expect(texts.has(`${tenant}/told:V${number}`)).toBe(true)
  process.stdout.write(
    `${killed} kills, ${acknowledged.length} discharges acknowledged, ${log.length} events, ` +
      `${texts.size} messages, ${given.length - texts.size} given to the provider again under their key, ` +
      `the log taken over after ${(tookOver / 1000).toFixed(1)} s\n`,
  )
  await crm.close()
  await drop()
  rmSync(folder, { recursive: true })
})
