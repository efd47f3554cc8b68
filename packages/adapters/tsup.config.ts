import { readFileSync } from 'node:fs'
import { defineConfig } from 'tsup'

const { exports } = JSON.parse(readFileSync('package.json', 'utf8')) as {
  exports: Record<string, string>
}

/** What `tsc` has checked and declared before; only bundled here. */
const typesOf = (source: string) => [
  source.replace('./src/', '').replace(/\.ts$/, ''),
  source.replace('./', '../../.cache/types/packages/adapters/').replace(/\.ts$/, '.d.ts'),
]

export default defineConfig({
  entry: Object.values(exports),
  format: 'esm',
  dts: { entry: Object.fromEntries(Object.values(exports).map(typesOf)) },
  clean: true,
})
