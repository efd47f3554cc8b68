import { readFileSync } from 'node:fs'
import { defineConfig } from 'tsup'

const { exports } = JSON.parse(readFileSync('package.json', 'utf8')) as {
  exports: Record<string, string>
}

export default defineConfig({
  entry: Object.values(exports),
  format: 'esm',
  dts: true,
  clean: true,
})
