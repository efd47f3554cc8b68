import { spawnSync } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'

const howTo = join(import.meta.dirname, '../../docs/how-to')
const main = join(import.meta.dirname, '../../packages/rules/src/cli/main.ts')

/** Every `$ pnpm rules …` of a page with the lines that it shows below. */
const shown = readdirSync(howTo)
  .filter((page) => page.endsWith('.md'))
  .flatMap((page) => {
    const blocks = readFileSync(join(howTo, page), 'utf8').matchAll(
      /^```console\n([\s\S]*?)^```$/gm,
    )
    return [...blocks].flatMap(([, block = '']) =>
      block
        .split(/^\$ /m)
        .slice(1)
        .map((one) => {
          const [command = '', ...lines] = one.trimEnd().split('\n')
          return { page, command, lines }
        }),
    )
  })
  .filter(({ command }) => command.startsWith('pnpm rules '))

it.each(shown)('$page: $command prints what the page shows', ({ command, lines }) => {
  const args = command.replace('pnpm rules ', '').split(' ')
  const { stdout, stderr } = spawnSync(process.execPath, [main, ...args], {
    cwd: import.meta.dirname,
    encoding: 'utf8',
  })
  expect((stdout + stderr).trimEnd().split('\n')).toEqual(lines)
})

it('shows some', () => {
  expect(shown.length).toBeGreaterThan(5)
})
