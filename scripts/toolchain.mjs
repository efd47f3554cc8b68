// Runs `start` or `check` with Node ≥ 22.18 and pnpm, installing the workspace first.
// A machine that has both downloads neither; any other gets them from npm for this run alone.
import { spawnSync } from 'node:child_process'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = join(dirname(fileURLToPath(import.meta.url)), '..')
const [script, ...args] =
  JSON.parse(process.env.HOSPITAL_CRM_ARGV ?? 'null') ?? process.argv.slice(2)
const scripts = { start: 'examples/start.ts', check: 'scripts/check.ts' }
const shell = process.platform === 'win32'

const atLeast = (version, major, minor) => {
  const [a = 0, b = 0] = version.split('.').map(Number)
  return a > major || (a === major && b >= minor)
}
const run = (command, rest, options) =>
  spawnSync(command, rest, { stdio: 'inherit', shell, ...options }).status ?? 1

const pnpm = spawnSync('pnpm', ['--version'], { cwd: root, encoding: 'utf8', shell })
const ready =
  atLeast(process.versions.node, 22, 18) && pnpm.status === 0 && atLeast(pnpm.stdout.trim(), 11, 0)

if (!ready) {
  if (process.env.HOSPITAL_CRM_ARGV) {
    console.error('npx could not bring Node 24 and pnpm 12. Install them and run this again.')
    process.exit(1)
  }
  const env = { ...process.env, HOSPITAL_CRM_ARGV: JSON.stringify([script, ...args]) }
  const again = 'node scripts/toolchain.mjs'
  process.exit(
    run('npx', ['--yes', '-p', 'node@24', '-p', 'pnpm@12', '-c', again], { cwd: root, env }),
  )
}

const install = [
  'install',
  '--frozen-lockfile',
  '--prefer-offline',
  '--reporter=append-only',
  '--loglevel=warn',
]
const installed = run('pnpm', install, { cwd: root })
if (installed !== 0) process.exit(installed)

const cwd = script === 'start' ? (process.env.INIT_CWD ?? process.cwd()) : root
process.exit(run(process.execPath, [join(root, scripts[script]), ...args], { cwd, shell: false }))
