import { execFile } from 'node:child_process'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { describe, expect, it } from 'vitest'
import { FollowUpScenarios } from '../cases/follow-up-scenarios.ts'
import { runFollowUpScenarios } from '../cases/run-follow-up-scenarios.ts'

const folder = join(import.meta.dirname, 'scenarios')
const outside = join(import.meta.dirname, '../../../../../shared/samples/follow-up.json')
const files = [
  ...readdirSync(folder).map((name) => join(folder, name)),
  ...(existsSync(outside) ? [outside] : []),
]
const chapters = files.flatMap((path) => {
  const file = JSON.parse(readFileSync(path, 'utf8')) as FollowUpScenarios
  return file.scenarios.map((scenario) => ({ file, scenario, name: path.split('/').at(-1) }))
})

describe.each(chapters)('$name, $scenario.title', ({ file, scenario }) => {
  it('is well-formed, its cases have an id each', () => {
    expect(FollowUpScenarios.safeParse(file).error).toBeUndefined()
    const ids = scenario.cases.map(({ id }) => id)
    expect(ids).toEqual([...new Set(ids)])
  })

  it.each(scenario.cases)('$id $note', (one) => {
    // A copy of its own: plans are compiled once per object, and no case shall profit from another.
    const alone = structuredClone({ ...file, scenarios: [{ ...scenario, cases: [one] }] })
    expect(runFollowUpScenarios(alone).flatMap(({ differences }) => differences)).toEqual([])
  })
})

const count = chapters.flatMap(({ scenario }) => scenario.cases).length
const command = join(import.meta.dirname, '../cli/main.ts')

it.each(['UTC', 'America/Los_Angeles', 'Asia/Shanghai', 'Pacific/Kiritimati'])(
  'all pass from the command line of a process in %s',
  async (TZ) => {
    const env = { ...process.env, TZ }
    const ran = await promisify(execFile)(process.execPath, [command, 'test', ...files], { env })
    expect(ran.stdout.trim().split('\n').at(-1)).toBe(`${count} passed, 0 failed`)
  },
)

it('has at least ninety cases of its own', () => {
  expect(count).toBeGreaterThanOrEqual(90)
})
