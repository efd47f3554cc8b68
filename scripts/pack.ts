// Packs the three packages as they would be published, and looks at the tarballs: publint, and attw for types.
import { spawnSync } from 'node:child_process'
import { mkdirSync, readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'

const folder = join(import.meta.dirname, '..', '.cache', 'tarballs')

const run = (args: readonly string[], cwd?: string) => {
  const { status, stdout } = spawnSync('pnpm', args, {
    cwd,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  if (status === 0) return
  console.error(stdout)
  process.exit(1)
}

rmSync(folder, { recursive: true, force: true })
mkdirSync(folder, { recursive: true })
for (const name of ['rules', 'core', 'adapters']) {
  run(['pack', '--pack-destination', folder], join('packages', name))
}
for (const tarball of readdirSync(folder)) {
  run(['exec', 'publint', '--strict', join(folder, tarball)])
  run(['exec', 'attw', '--profile', 'esm-only', '--format', 'ascii', join(folder, tarball)])
  console.log(`${tarball} is fit to be published`)
}
