import { defineConfig } from 'vitest/config'

// What takes minutes: `pnpm soak`. It fails where a server it needs is absent, and never skips.
export default defineConfig({
  test: {
    include: ['**/*.soak.ts'],
    exclude: ['**/node_modules/**', '**/dist/**'],
    globalSetup: ['packages/adapters/src/store/testing/postgres-server.ts'],
    testTimeout: 3_600_000,
    hookTimeout: 120_000,
    fileParallelism: false,
  },
})
