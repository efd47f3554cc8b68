import { spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout as pause } from 'node:timers/promises'
import { createCrm, followUp } from '@hospital-crm/core'
import { expect, inject, it } from 'vitest'
import { aesGcmCipher } from '../cipher/aes-gcm/index.ts'
import { postgresStore } from '../store/postgres/index.ts'
import { freshSchema } from '../store/testing/fresh-schema.ts'

const kills = 200
const workers = 3
const connectionString = inject('postgres')

it(`${workers} workers on one PostgreSQL, killed ${kills} times, lose nothing acknowledged and send nothing under two keys`, async () => {
  const { schema, drop } = freshSchema(connectionString)
  const folder = mkdtempSync(join(tmpdir(), 'hospital-crm-kills-'))
  const provider = join(folder, 'sent')
  // It is three in the afternoon, when patients may be written to, and time goes on from there.
  const offset = Date.parse('2026-03-02T07:00:00Z') - Date.now()

  /** A worker with numbers of its own; `next` is the first that it has not yet said. */
  const lanes = Array.from({ length: workers }, (_, lane) => ({ next: (lane + 1) * 1_000_000 }))
  const start = (lane: (typeof lanes)[number]) => {
    const file = join(import.meta.dirname, 'kill-worker.ts')
    const args = [file, connectionString, schema, provider, `${offset}`, `${lane.next}`]
    const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] })
    let said = 0
    createInterface({ input: child.stdout }).on('line', (line) => {
      lane.next = Number(line) + 1
      said += 1
    })
    let failed: number | null = null
    const ended = new Promise<void>((resolve) =>
      child.on('exit', (code) => {
        failed = code
        resolve()
      }),
    )
    return {
      lane,
      said: () => {
        if (failed !== null) throw new Error(`a worker ended by itself with code ${failed}`)
        return said
      },
      kill: async () => {
        child.kill('SIGKILL')
        await ended
      },
    }
  }
  const running = lanes.map(start)
  for (let killed = 0; killed < kills; killed += 1) {
    const at = killed % workers
    const victim = running[at]
    if (!victim) throw new RangeError('no such worker')
    while (victim.said() === 0) await pause(10)
    await pause(Math.random() * 300)
    await victim.kill()
    running[at] = start(victim.lane)
  }
  await Promise.all(running.map(({ kill }) => kill()))

  let passed = 0
  const crm = createCrm({
    store: await postgresStore({ connectionString, schema }),
    cipher: aesGcmCipher({ key: new Uint8Array(32).fill(7) }),
    clock: { now: () => new Date(Date.now() + offset + passed) },
  })
  const began = Date.now()
  while ((await crm.pump()).busy) await pause(100)
  expect(Date.now() - began).toBeLessThan(30_000)

  const survivor = start({ next: 9_000_000 })
  const acknowledged = lanes.flatMap(({ next }, lane) =>
    Array.from({ length: next - (lane + 1) * 1_000_000 }, (_, n) => (lane + 1) * 1_000_000 + n),
  )
  const told = () =>
    readFileSync(provider, 'utf8')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as [id: string, text: string])
  const idOf = (number: number) => `main/told:V${number}`
  const isAllTold = () => {
    const ids = new Set(told().map(([id]) => id))
    return acknowledged.every((number) => ids.has(idOf(number)))
  }
  // What a dead worker had claimed is free again within a minute.
  for (const until = Date.now() + 180_000; !isAllTold() && Date.now() < until; ) await pause(500)
  await survivor.kill()
  expect(isAllTold()).toBe(true)
  passed = 10 * 60_000
  while ((await crm.pump()).busy) await pause(100)

  expect(acknowledged.length).toBeGreaterThanOrEqual(kills)
  for (const number of acknowledged) {
    const found = await crm.encounters.get(`V${number}`)
    const patient = found?.state.status === 'discharged' ? found.state.patient : ''
    const followed = await crm.door.get(followUp, patient)
    const tasks = followed?.state.status === 'followed' ? followed.state.tasks : []
    expect(tasks.map(({ tier }) => tier).sort()).toEqual([1, 2, 3])
  }
  expect(await crm.parked()).toEqual([])
  const texts = new Map<string, Set<string>>()
  for (const [id, text] of told()) texts.set(id, (texts.get(id) ?? new Set()).add(text))
  expect([...texts.values()].filter(({ size }) => size > 1)).toEqual([])
  const twice = told().length - texts.size
  process.stdout.write(
    `${kills} kills, ${acknowledged.length} discharges acknowledged, ${texts.size} messages, ${twice} given to the provider again under their key\n`,
  )
  await crm.close()
  await drop()
  rmSync(folder, { recursive: true })
})
