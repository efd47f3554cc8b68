// Installs the packed tarballs into an empty project and runs them there under plain Node.
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const root = join(import.meta.dirname, '..')
const folder = join(root, '.cache', 'tarballs')
const project = mkdtempSync(join(tmpdir(), 'hospital-crm-smoke-'))

const tarballs = Object.fromEntries(
  readdirSync(folder).map((name) => [
    `@hospital-crm/${name.replace(/^hospital-crm-(\w+)-.*$/, '$1')}`,
    `file:${join(folder, name)}`,
  ]),
)
const { devDependencies } = JSON.parse(
  readFileSync(join(root, 'packages/adapters/package.json'), 'utf8'),
)
const peers = ['@electric-sql/pglite', 'kysely', 'pinyin-pro', 'libphonenumber-js']
const dependencies = {
  ...tarballs,
  ...Object.fromEntries(peers.map((name) => [name, devDependencies[name]])),
}
const manifest = { name: 'smoke', private: true, type: 'module', dependencies }
writeFileSync(join(project, 'package.json'), JSON.stringify(manifest))
writeFileSync(
  join(project, 'pnpm-workspace.yaml'),
  `overrides:\n${Object.entries(tarballs)
    .map(([name, path]) => `  '${name}': '${path}'\n`)
    .join('')}`,
)
const example = readFileSync(join(root, 'examples/ten-lines.ts'), 'utf8')
const script = example.replace('directory: string', 'directory').replace('export const', 'const')
writeFileSync(
  join(project, 'smoke.js'),
  `${script}\nconst items = await main('.')\nif (items.length !== 1) throw new Error('one task was due')\nconsole.log('the ten lines run from the tarballs')\n`,
)

const run = (command: string, args: readonly string[]) => {
  const { status } = spawnSync(command, args, { cwd: project, stdio: 'inherit' })
  if (status !== 0) process.exit(1)
}
run('pnpm', ['install', '--prefer-offline', '--reporter=silent'])
run(process.execPath, ['smoke.js'])
const sample = join(root, 'packages/rules/src/follow-up/scenarios/windows.json')
run('pnpm', ['exec', 'hospital-crm-rules', 'test', sample])
rmSync(project, { recursive: true })
