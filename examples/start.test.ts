import { execFile } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { generateMonth } from './hospital-month/generator/index.ts'

const run = promisify(execFile)
const start = (...words: string[]) =>
  run(process.execPath, [join(import.meta.dirname, 'start.ts'), ...words]).catch(
    (failed: { code: number; stdout: string; stderr: string }) => failed,
  )
const lastLine = (text: string) => text.trim().split('\n').at(-1)

describe("npm start over a user's own files", () => {
  let directory: string
  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), 'hospital-crm-start-'))
  })
  afterAll(() => rm(directory, { recursive: true }))

  it('reads them once: the same command again changes nothing and prints the same digest', async () => {
    const month = generateMonth({
      seed: 5,
      month: '2026-03',
      discharges: 20,
      zone: 'Asia/Shanghai',
    })
    const file = join(directory, 'feed.hl7')
    await writeFile(file, Buffer.concat([...month.messages].map(({ bytes }) => bytes)))
    const words = ['--data', join(directory, 'data'), '--as-of', '2026-04-10', file]
    const first = await start(...words)
    const again = await start(...words)
    expect(lastLine(first.stdout)).toMatch(/^[1-9]\d* events, digest [0-9a-f]{64}$/)
    expect(lastLine(again.stdout)).toBe(lastLine(first.stdout))
  })

  it('says which file does not exist, and ends with code 2', async () => {
    const lost = join(directory, 'lost.hl7')
    const ended = await start('--data', join(directory, 'none'), lost)
    expect(ended).toMatchObject({ code: 2, stderr: `There is no such file: ${lost}\n` })
  })
})
