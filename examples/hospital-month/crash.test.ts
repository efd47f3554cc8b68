import { spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { aesGcmCipher } from '@hospital-crm/adapters/cipher/aes-gcm'
import { pgliteStore } from '@hospital-crm/adapters/store/pglite'
import { createCrm } from '@hospital-crm/core'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { crashMonth, steps } from './crash-month.ts'
import { digestOf } from './digest.ts'

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

const countsIn = async (directory: string) => {
  const store = await pgliteStore({ directory: join(directory, 'store') })
  const cipher = aesGcmCipher({ keyFile: join(directory, 'key') })
  const crm = createCrm({ store, cipher })
  const { counts } = await digestOf(crm)
  const parked = await crm.parked()
  await crm.close()
  return { counts, parked }
}

const sentIn = (directory: string) =>
  readFileSync(join(directory, 'sent'), 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as [id: string, text: string])

describe('an import that is killed again and again', () => {
  let folders: string[]
  beforeEach(() => {
    folders = ['whole', 'torn'].map((name) => mkdtempSync(join(tmpdir(), `hospital-crm-${name}-`)))
  })
  afterEach(() => {
    for (const folder of folders) rmSync(folder, { recursive: true, force: true })
  })

  it('loses nothing that was acknowledged, and plans and sends nothing twice', {
    timeout: 240_000,
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
    await run(whole, 0)
    expect(killed).toBe(kills)
    const [expected, survived] = [await countsIn(whole), await countsIn(torn)]
    const { 'message.claimed': _, ...once } = expected.counts
    expect(survived.counts).toMatchObject(once)
    expect(Object.keys(survived.counts).sort()).toEqual(Object.keys(expected.counts).sort())
    expect(survived.parked).toEqual([])
    const [said, saidAgain] = [new Map(sentIn(whole)), new Map(sentIn(torn))]
    expect(saidAgain).toEqual(said)
    expect(said.size).toBeGreaterThan(60)
    expect(steps(crashMonth())).toBeGreaterThan(kills)
  })
})
