import { defineConfig } from 'tsup'

export default defineConfig({
  entry: ['src/index.ts', 'src/engine/evaluator.ts', 'src/cli/main.ts'],
  format: 'esm',
  /** What `tsc` has checked and declared before; only bundled here. */
  dts: { entry: { index: '../../.cache/types/packages/rules/src/index.d.ts' } },
  clean: true,
})
