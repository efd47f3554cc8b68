import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { stringify } from 'yaml'
import { program } from './program.ts'

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
  const [out, err]: string[][] = [[], []]
  const status = program({
    read: (path) => (path === '-' ? input : readFileSync(path, 'utf8')),
    print: (line) => out?.push(line),
    complain: (line) => err?.push(line),
  })(['node', 'hospital-crm-rules', ...args])
  return { status, lines: (out ?? []).join('\n').split('\n'), stderr: (err ?? []).join('\n') }
}

const good = write('good.json', JSON.stringify(one))
const failing = write('failing.json', JSON.stringify(one).replace('"2026-03-09"', '"2026-03-08"'))
const unknown = write('unknown.json', JSON.stringify({ ...one, author: 'me' }, null, 2))
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

  it('refuses a file with its line, path and reason, runs the others, and exits 2', () => {
    const { status, lines, stderr } = run(['test', unknown, twice, broken, failing, good])
    expect(status).toBe(2)
    expect(lines.at(-1)).toBe('1 passed, 1 failed')
    expect(stderr).toContain(`${unknown}:${lineWith(unknown, '"author"')}: author: unknown key`)
    expect(stderr).toContain(`${twice}:1: scenarios.0.cases.0.id: the key stands there twice`)
    expect(stderr).toContain(`${broken}:1: `)
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

  it('asks for a file where none is named, and for a verb there is', () => {
    expect(run(['test']).status).toBe(2)
    expect(run(['frobnicate']).status).toBe(2)
    expect(run(['--help']).status).toBe(0)
  })

  it('prints JSON for a program', () => {
    const { status, lines } = run(['test', '--json', failing, broken])
    expect(status).toBe(2)
    expect(JSON.parse(lines[0] ?? '')).toMatchObject({
      passed: 0,
      failed: 1,
      failing: [{ file: failing, id: 'W01' }],
      refused: [expect.stringContaining(broken)],
    })
  })

  it('runs as a command of its own, with its exit code', () => {
    const main = join(import.meta.dirname, 'main.ts')
    const { status, stdout } = spawnSync(process.execPath, [main, 'test', '-'], {
      encoding: 'utf8',
      input: JSON.stringify(one),
    })
    expect({ status, stdout }).toEqual({ status: 0, stdout: '1 passed, 0 failed\n' })
  })

  it('minds no reader that stops before all is said', async () => {
    const command = spawn(process.execPath, [join(import.meta.dirname, 'main.ts'), '--help'])
    command.stdout.destroy()
    const complaints: string[] = []
    command.stderr.on('data', (data) => complaints.push(`${data}`))
    expect(await once(command, 'close')).toEqual([0, null])
    expect(complaints).toEqual([])
  })
})

const examples = join(import.meta.dirname, '../../../../examples/rules')
const first = join(examples, 'follow-up-tier.yaml')
const second = join(examples, 'follow-up-tier-2.yaml')
const cases = join(examples, 'follow-up-tier-cases.yaml')
const lineWith = (path: string, words: string) =>
  readFileSync(path, 'utf8')
    .split('\n')
    .findIndex((line) => line.includes(words)) + 1

describe('a rule book on the command line', () => {
  it('is tested by the fixtures it carries, and a case file by its cases', () => {
    expect(run(['test', first, second, cases])).toMatchObject({
      status: 0,
      lines: ['8 passed, 0 failed'],
    })
  })

  it('fails with what was decided instead', () => {
    const wrong = readFileSync(cases, 'utf8').replace(
      'expect: { outcome: 7 }',
      'expect: { outcome: 3, ruleId: old }',
    )
    const path = write('wrong.yaml', wrong)
    expect(run(['test', path])).toMatchObject({
      status: 1,
      lines: [
        `${path}: the day before the 65th birthday`,
        '  outcome: expected 3, got 7',
        '  ruleId: expected "old", got "young"',
        '2 passed, 1 failed',
      ],
    })
  })

  it.each([
    ['table: first-call', 'table: last-call', 'cases.0.table'],
    ['age: 64', 'weight: 64', 'cases.1.facts.weight'],
    ['age: 64', 'age: old', 'cases.1.facts.age'],
    ['expect: { outcome: 7 }', 'expect: {}', 'cases.1.expect'],
    ['op: lt, value: 65', 'op: lt, value: x', 'tables.first-call.rows.1.when.1'],
    ['op: lt, value: 65', 'op: le, value: 65', 'tables.first-call.rows.2'],
  ])('refuses a case file where %s became %s: nothing would be tested', (from, to, path) => {
    const text = readFileSync(cases, 'utf8').replace(from, to)
    const { status, stderr } = run(['test', write('refused.yaml', text)])
    expect(status).toBe(2)
    expect(stderr).toContain(`: ${path}`)
  })

  it('is checked: every finding with file, line and path, and an example', () => {
    expect(run(['check', first, cases])).toMatchObject({
      status: 0,
      lines: [
        `${first}:${lineWith(first, '- kind')}: warning missing-unhandled sets.0: livesAlone may be ` +
          'missing, and nothing asks whether it is; every test of it then fails; for example livesAlone nothing',
        '0 errors, 1 warnings',
      ],
    })
    const text = readFileSync(cases, 'utf8').replace('op: ge, value: 65', 'op: gt, value: 65')
    const gap = write('gap.yaml', text)
    expect(run(['check', gap]).lines[0]).toBe(
      `${gap}:${lineWith(gap, 'rows:')}: warning gap tables.first-call.rows: no rule holds here; ` +
        'for example ward "surgery", age 65',
    )
    const overlap = write('overlap.yaml', text.replace('op: gt, value: 65', 'op: gt, value: 60'))
    const { status, lines } = run(['check', '--json', overlap])
    expect(status).toBe(1)
    expect(JSON.parse(lines[0] ?? '').findings[0]).toMatchObject({
      code: 'overlap',
      line: lineWith(overlap, 'id: old'),
      path: 'tables.first-call.rows.2',
      rule: 'old',
    })
  })

  it('is explained for facts from standard input', () => {
    const facts = JSON.stringify({ age: 80, livesAlone: true, ward: 'surgery' })
    const { status, lines } = run(['explain', first, '--facts', '-'], facts)
    expect(status).toBe(0)
    expect(lines[0]).toContain('by frail-alone')
    expect(lines).toContain('    ✗ ward eq "icu": is "surgery"')
    expect(lines).toContain('        ✓ age in years ge 75: is 80')
    const [explained] = JSON.parse(
      run(['explain', first, '--json', '--facts', '-'], facts).lines[0] ?? '',
    )
    expect(explained).toMatchObject({ ruleId: 'frail-alone', facts: JSON.parse(facts) })
    expect(run(['explain', first, '--facts', '-'], '{"age": "80"}')).toMatchObject({
      status: 2,
      stderr: '-:1: age: a integer expected',
    })
  })

  it('says what its tests leave out, and exits 1 until nothing is', () => {
    const { status, lines } = run(['coverage', first])
    expect(status).toBe(1)
    expect(lines).toContain('  never hit: operated')
    expect(lines).toContain('  untested: livesAlone nothing')
  })

  it('differs from another version in plain words', () => {
    expect(run(['diff', first, second])).toMatchObject({
      status: 1,
      lines: [
        'the condition frail is now age is at least 70 and livesAlone is true, was age is at least 75 and livesAlone is true',
        'follow-up-tier: validFrom is "2026-07-01", was "2026-01-01"',
        'follow-up-tier: operated is gone; it said {"tier":"standard","contactOnDays":[3,14,30]} when ward is "surgery"',
      ],
    })
    expect(run(['diff', first, first])).toMatchObject({ status: 0, lines: [''] })
  })

  it('is simulated over past facts: who would be decided otherwise', () => {
    const past = write(
      'past.csv',
      'name,age,livesAlone,ward\nV1,72,true,medicine\nV2,80,true,medicine\nV3,50,,surgery\n',
    )
    const { status, lines } = run(['simulate', first, second, '--facts', past])
    expect(status).toBe(1)
    expect(lines.map((line) => line.split(' ')[0])).toEqual(['V1:', 'V3:', '2'])
    expect(run(['simulate', first, first, '--facts', past])).toMatchObject({
      status: 0,
      lines: ['0 of 3 decisions would be others'],
    })
  })

  it('is published as JSON Schema, and emitted as a module', () => {
    expect(run(['schema']).lines).toContain('decision-cases')
    const schema = JSON.parse(run(['schema', 'decision-cases']).lines.join('\n'))
    expect(schema.properties.format).toMatchObject({ const: 'decision-cases/1' })
    expect(run(['schema', 'nothing']).status).toBe(2)
    expect(run(['emit', cases]).lines.join('\n')).toContain('export const create')
  })

  it('refuses to guess which set is meant', () => {
    const two = readFileSync(cases, 'utf8')
    const table = two.slice(two.indexOf('  first-call:'), two.indexOf('cases:'))
    const both = two.replace('cases:', `${table.replaceAll('first-call', 'other')}cases:`)
    const path = write('two.yaml', both)
    expect(run(['emit', path])).toMatchObject({
      status: 2,
      stderr: `${path}:1: name one set of first-call@1, other@1`,
    })
    expect(run(['emit', path, '--set', 'other']).status).toBe(0)
  })
})
