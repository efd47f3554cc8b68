import { defineConfig } from 'tsup'

export default defineConfig({
  entry: ['src/index.ts', 'src/engine/evaluator.ts', 'src/cli/main.ts'],
  format: 'esm',
  dts: true,
  clean: true,
})
