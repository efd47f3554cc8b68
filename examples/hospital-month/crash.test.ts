import { spawn } from 'node:child_process'
import { copyFileSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { aesGcmCipher } from '@hospital-crm/adapters/cipher/aes-gcm'
import { pgliteStore } from '@hospital-crm/adapters/store/pglite'
import { createCrm, followUp } from '@hospital-crm/core'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { crashMonth, steps } from './crash-month.ts'
import { logOf } from './reported.ts'

const kills = 20
const worker = join(import.meta.dirname, 'crash-worker.ts')

/** Small and repeatable; what it decides is only when to kill. */
const randomFrom = (seed: number) => {
  let state = seed
  return () => {
    state = (state * 1664525 + 1013904223) % 4294967296
    return state / 4294967296
  }
}

/** Runs the worker until it is done, or kills it some time after it has come so far; answers how far it said it came. */
const run = (directory: string, from: number, killAfter?: { steps: number; ms: number }) =>
  new Promise<{ step: number; killed: boolean }>((resolve, reject) => {
    const child = spawn(process.execPath, [worker, directory, `${from}`])
    let step = from
    let heard = ''
    let errors = ''
    child.stderr.on('data', (data: Buffer) => {
      errors += data.toString()
    })
    child.stdout.on('data', (data: Buffer) => {
      heard += data.toString()
      const lines = heard.split('\n')
      heard = lines.pop() ?? ''
      for (const line of lines) if (/^\d+$/.test(line)) step = Number(line)
      if (killAfter && step >= from + killAfter.steps) {
        setTimeout(() => child.kill('SIGKILL'), killAfter.ms)
      }
    })
    child.on('exit', (code, signal) => {
      if (signal === 'SIGKILL') resolve({ step, killed: true })
      else if (code === 0) resolve({ step, killed: false })
      else reject(new Error(errors))
    })
  })

/** What a run left: its facts by type, every task that was not cancelled, and what was planned more than once. */
const leftIn = async (directory: string) => {
  const store = await pgliteStore({ directory: join(directory, 'store') })
  const cipher = aesGcmCipher({ keyFile: join(directory, 'key') })
  const crm = createCrm({ store, cipher })
  const facts: Record<string, number> = {}
  const planned: string[] = []
  const patients = new Set<string>()
  for await (const { key, type, data } of logOf(crm)) {
    if (/^(hospital|staff|patient|encounter|intake|draw)\./.test(type)) {
      facts[type] = (facts[type] ?? 0) + 1
    }
    if (key.kind === 'follow-up') patients.add(key.id)
    if (type === 'follow-up.planned') {
      planned.push(`${key.id} ${(data as { task: { key: string } }).task.key}`)
    }
  }
  const tasks = await Promise.all(
    [...patients].map(async (patient) => {
      const known = await crm.door.get(followUp, patient)
      if (known?.state.status !== 'followed') return []
      return known.state.tasks
        .filter(({ state }) => state !== 'cancelled')
        .map(({ key, state, due, owner }) => ({ key, state, due, owner }))
    }),
  )
  const byKey = tasks.flat().sort((a, b) => (a.key < b.key ? -1 : 1))
  const twice = planned.filter((each, at) => planned.indexOf(each) !== at)
  const parked = await crm.parked()
  await crm.close()
  return { facts, tasks: byKey, twice, parked }
}

/**
 * What the provider was told, by key, which is all that it knows a message by: a kill between the sending and
 * its record sends it again under the same key. Reminders of tasks are left out, since a kill may put
 * a reminder off until its task is cancelled.
 */
const toldIn = (directory: string) => {
  const lines = readFileSync(join(directory, 'sent'), 'utf8').trim().split('\n')
  const all = lines.map((line) => JSON.parse(line) as [id: string, text: string])
  expect(new Set(all.map((each) => each.join())).size).toBe(new Map(all).size)
  return new Map(all.filter(([id]) => id.includes('told:')))
}

describe('an import that is killed again and again', () => {
  let folders: string[]
  beforeEach(() => {
    folders = ['whole', 'torn'].map((name) => mkdtempSync(join(tmpdir(), `hospital-crm-${name}-`)))
  })
  afterEach(() => {
    for (const folder of folders) rmSync(folder, { recursive: true, force: true })
  })

  it('loses nothing that was acknowledged, and plans and sends nothing twice', {
    timeout: 600_000,
  }, async () => {
    const [whole = '', torn = ''] = folders
    const random = randomFrom(20)
    let step = 0
    let killed = 0
    while (killed < kills) {
      const killAfter = { steps: Math.floor(random() * 2), ms: Math.floor(random() * 120) }
      const ran = await run(torn, step, killAfter)
      step = ran.step
      if (!ran.killed) break
      killed += 1
    }
    await run(torn, step)
    // Of the same key, since the key decides what is drawn.
    copyFileSync(join(torn, 'key'), join(whole, 'key'))
    await run(whole, 0)
    expect(killed).toBe(kills)
    const [expected, survived] = [await leftIn(whole), await leftIn(torn)]
    expect(survived).toEqual(expected)
    expect(expected).toMatchObject({ twice: [], parked: [] })
    expect(expected.tasks.length).toBeGreaterThan(150)
    const [said, saidAgain] = [toldIn(whole), toldIn(torn)]
    expect(saidAgain).toEqual(said)
    expect(said.size).toBeGreaterThan(60)
    expect(steps(crashMonth())).toBeGreaterThan(kills)
  })
})
