import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it, vi } from 'vitest'
import { stringify } from 'yaml'

vi.setConfig({ testTimeout: 60_000 })

const main = join(import.meta.dirname, 'main.ts')
const windows = join(import.meta.dirname, '../follow-up/scenarios/windows.json')
const file = JSON.parse(readFileSync(windows, 'utf8'))
const [scenario] = file.scenarios
const one = { ...file, scenarios: [{ ...scenario, cases: scenario.cases.slice(0, 1) }] }
const folder = mkdtempSync(join(tmpdir(), 'cases-'))

const write = (name: string, text: string) => {
  const path = join(folder, name)
  writeFileSync(path, text)
  return path
}

const run = (args: string[], input = '') => {
  const { status, stdout, stderr } = spawnSync(process.execPath, [main, ...args], {
    encoding: 'utf8',
    input,
  })
  return { status, stderr, lines: stdout.trimEnd().split('\n') }
}

const good = write('good.json', JSON.stringify(one))
const failing = write('failing.json', JSON.stringify(one).replace('"2026-03-09"', '"2026-03-08"'))
const unknown = write('unknown.json', JSON.stringify({ ...one, author: 'me' }))
const twice = write(
  'twice.json',
  JSON.stringify(one).replace('"id":"W01"', '"id":"W01","id":"W02"'),
)
const broken = write('broken.json', '{"format":')

describe('hospital-crm-rules test', () => {
  it('counts what passed and exits 0', () => {
    expect(run(['test', good])).toMatchObject({ status: 0, lines: ['1 passed, 0 failed'] })
  })

  it('prints each failing case with what differed, and exits 1', () => {
    const { status, lines } = run(['test', good, failing])
    expect(status).toBe(1)
    expect(lines).toEqual([
      `${failing}: W W01`,
      '  asOf 2026-03-03T00:00:00+08:00 visit V1 tier 1 due: expected "2026-03-08", got "2026-03-09"',
      '1 passed, 1 failed',
    ])
  })

  it('refuses a file with its path and reason, runs the others, and exits 2', () => {
    const { status, lines, stderr } = run(['test', unknown, twice, broken, failing, good])
    expect(status).toBe(2)
    expect(lines.at(-1)).toBe('1 passed, 1 failed')
    expect(stderr).toContain(`${unknown}: author: unknown key`)
    expect(stderr).toContain(`${twice}: scenarios.0.cases.0.id: the key stands there twice`)
    expect(stderr).toContain(`${broken}: `)
  })

  it('refuses a file that is not there, and says so', () => {
    const { status, stderr, lines } = run(['test', join(folder, 'nowhere.json')])
    expect(status).toBe(2)
    expect(stderr).toContain('nowhere.json: ENOENT')
    expect(lines).toEqual(['0 passed, 0 failed'])
  })

  it('reads standard input for -, JSON or YAML', () => {
    expect(run(['test', '-'], JSON.stringify(one))).toMatchObject({ status: 0 })
    expect(run(['test', '-'], stringify(one))).toMatchObject({ status: 0 })
  })

  it('reads YAML by its ending', () => {
    expect(run(['test', write('good.yaml', stringify(one))])).toMatchObject({ status: 0 })
  })

  it('asks for a file where none is named', () => {
    expect(run(['test']).status).toBe(2)
  })
})
