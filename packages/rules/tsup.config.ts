import { defineConfig } from 'tsup'

/** What `tsc` has checked and declared before; only bundled here. */
const types = '../../.cache/types/packages/rules/src'

export default defineConfig({
  entry: ['src/index.ts', 'src/engine/evaluator.ts', 'src/cli/main.ts'],
  format: 'esm',
  dts: {
    entry: {
      index: `${types}/index.d.ts`,
      'engine/evaluator': `${types}/engine/evaluator.d.ts`,
    },
  },
  clean: true,
})
