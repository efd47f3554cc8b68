// The whole check: the tests in one lane and the steps that build on each other in another, side by side.
// Ends with `N passed, N failed`: every test and every step counts once.
import { spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const report = mkdtempSync(join(tmpdir(), 'hospital-crm-check-'))
const results = join(report, 'vitest.json')
const only = process.argv.slice(2)

type Step = readonly [name: string, command: readonly string[]]

const tests: readonly Step[] = [
  [
    'vitest',
    [
      'exec',
      'vitest',
      'run',
      '--reporter=default',
      '--reporter=json',
      `--outputFile.json=${results}`,
    ],
  ],
]
const build: readonly Step[] = [
  ['biome', ['exec', 'biome', 'ci', '.']],
  ['tsc', ['exec', 'tsc']],
  ['tsup', ['-r', '--filter', './packages/*', 'run', 'build']],
  ['pack', ['exec', 'node', 'scripts/pack.ts']],
  ['knip', ['exec', 'knip']],
  ['smoke', ['exec', 'node', 'scripts/smoke.ts']],
  ['typedoc', ['exec', 'typedoc']],
]

/** Runs a command and answers whether it went well and what it said; the tests say it at once. */
const run = (name: string, command: readonly string[]) =>
  new Promise<{ said: string; isFine: boolean }>((resolve) => {
    const child = spawn('pnpm', command, { shell: process.platform === 'win32' })
    let said = ''
    const hear = (data: Buffer) => {
      if (name === 'vitest') process.stdout.write(data)
      else said += data.toString()
    }
    child.stdout.on('data', hear)
    child.stderr.on('data', hear)
    child.on('error', (error) => resolve({ said: error.message, isFine: false }))
    child.on('close', (code) => resolve({ said, isFine: code === 0 }))
  })

let passed = 0
let failed = 0
const lane = async (steps: readonly Step[]) => {
  for (const [name, command] of steps) {
    if (only.length > 0 && !only.includes(name)) continue
    const began = Date.now()
    console.log(`… ${name}`)
    const { said, isFine } = await run(name, command)
    const seconds = ((Date.now() - began) / 1000).toFixed(1)
    console.log(`${isFine ? '' : said}${isFine ? '✓' : '✗'} ${name} (${seconds} s)`)
    if (isFine) passed += 1
    else failed += 1
    if (name === 'vitest') {
      const { numPassedTests, numFailedTests } = JSON.parse(readFileSync(results, 'utf8'))
      passed += numPassedTests
      failed += numFailedTests
    }
  }
}

await Promise.all([lane(tests), lane(build)])
rmSync(report, { recursive: true })
console.log(`${passed} passed, ${failed} failed`)
process.exit(failed === 0 && passed > 0 ? 0 : 1)
