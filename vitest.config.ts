import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['packages/*/src/**/*.test.ts', 'examples/**/*.test.ts', '*.test.ts'],
    globalSetup: ['packages/adapters/src/store/testing/postgres-server.ts'],
    restoreMocks: true,
    // Real servers, databases and child processes on a busy machine of two cores.
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
})
