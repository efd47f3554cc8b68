import { execFile } from 'node:child_process'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { describe, expect, it } from 'vitest'
import { runCaseFile } from '../cases/run-case-file.ts'

const folder = join(import.meta.dirname, 'scenarios')
const outside = join(import.meta.dirname, '../../../../../shared/samples/follow-up.json')
const files = [
  ...readdirSync(folder).map((name) => join(folder, name)),
  ...(existsSync(outside) ? [outside] : []),
]
const results = files.map((file) => ({
  name: file.split('/').at(-1),
  cases: runCaseFile(JSON.parse(readFileSync(file, 'utf8'))),
}))

describe.each(results)('the cases of $name', ({ cases }) => {
  it.each(cases)('$scenario $id', ({ differences }) => {
    expect(differences).toEqual([])
  })

  it('have an id each', () => {
    const ids = cases.map(({ id }) => id)
    expect(ids).toEqual([...new Set(ids)])
  })
})

const command = join(import.meta.dirname, '../cli/main.ts')

it.each(['UTC', 'America/Los_Angeles', 'Asia/Shanghai', 'Pacific/Kiritimati'])(
  'all pass from the command line of a process in %s',
  async (TZ) => {
    const env = { ...process.env, TZ }
    const ran = await promisify(execFile)(process.execPath, [command, 'test', ...files], { env })
    const count = results.flatMap(({ cases }) => cases).length
    expect(ran.stdout.trim().split('\n').at(-1)).toBe(`${count} passed, 0 failed`)
  },
)

it('has at least ninety cases of its own', () => {
  expect(results.flatMap(({ cases }) => cases).length).toBeGreaterThanOrEqual(90)
})
