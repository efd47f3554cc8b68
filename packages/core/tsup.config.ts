import { defineConfig } from 'tsup'

/** What `tsc` has checked and declared before; only bundled here. */
const types = '../../.cache/types/packages/core/src'

export default defineConfig({
  entry: ['src/index.ts', 'src/testing/index.ts'],
  format: 'esm',
  dts: { entry: { index: `${types}/index.d.ts`, 'testing/index': `${types}/testing/index.d.ts` } },
  clean: true,
})
