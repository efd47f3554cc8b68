import { defineConfig } from 'vitest/config'
import { canarySeams } from './scripts/canary-seams.ts'

/** Tests that talk to a real PostgreSQL; only for them one is started. */
const withPostgres = [
  'packages/adapters/src/store/**/*.test.ts',
  'packages/adapters/src/intake/sql-view/**/*.test.ts',
  'packages/adapters/src/jobs/**/*.test.ts',
  'examples/*.test.ts',
]

export default defineConfig({
  plugins: [canarySeams()],
  test: {
    setupFiles: ['packages/core/src/canary-setup.fixture.ts'],
    restoreMocks: true,
    // Real servers, databases and child processes on a busy machine of two cores.
    testTimeout: 180_000,
    hookTimeout: 180_000,
    maxWorkers: 2,
    // A worker keeps what it has imported: to load the packages for every file takes longer than the tests.
    isolate: false,
    projects: [
      {
        extends: true,
        test: {
          name: 'alone',
          include: ['packages/*/src/**/*.test.ts', 'examples/**/*.test.ts', '*.test.ts'],
          exclude: ['**/node_modules/**', '**/dist/**', ...withPostgres],
        },
      },
      {
        extends: true,
        test: {
          name: 'postgres',
          include: withPostgres,
          globalSetup: ['packages/adapters/src/store/testing/postgres-server.ts'],
        },
      },
    ],
  },
})
