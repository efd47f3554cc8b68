// The whole check, one step after another. Ends with `N passed, N failed`: every test and every step counts once.
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const report = mkdtempSync(join(tmpdir(), 'hospital-crm-check-'))
const results = join(report, 'vitest.json')
const only = process.argv.slice(2)

const steps: [name: string, command: string[]][] = [
  ['biome', ['biome', 'ci', '.']],
  ['tsc', ['tsc', '--noEmit']],
  [
    'vitest',
    ['vitest', 'run', '--reporter=default', '--reporter=json', `--outputFile.json=${results}`],
  ],
  ['tsup', ['-r', '--filter', './packages/*', 'run', 'build']],
  ['pack', ['node', 'scripts/pack.ts']],
  ['knip', ['knip']],
  ['smoke', ['node', 'scripts/smoke.ts']],
  ['typedoc', ['typedoc']],
]

let passed = 0
let failed = 0
for (const [name, command] of steps) {
  if (only.length > 0 && !only.includes(name)) continue
  const began = Date.now()
  const inPackages = command[0] === '-r'
  const args = inPackages ? command : ['exec', ...command]
  const { status } = spawnSync('pnpm', args, {
    stdio: 'inherit',
    shell: process.platform === 'win32',
  })
  console.log(
    `${status === 0 ? '✓' : '✗'} ${name} (${((Date.now() - began) / 1000).toFixed(1)} s)\n`,
  )
  if (status === 0) passed += 1
  else failed += 1
  if (name === 'vitest') {
    const { numPassedTests, numFailedTests } = JSON.parse(readFileSync(results, 'utf8'))
    passed += numPassedTests
    failed += numFailedTests
  }
}
rmSync(report, { recursive: true })
console.log(`${passed} passed, ${failed} failed`)
process.exit(failed === 0 && passed > 0 ? 0 : 1)
