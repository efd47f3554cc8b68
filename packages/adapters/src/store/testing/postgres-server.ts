import type { TestProject } from 'vitest/node'
import { startPostgres } from './start-postgres.ts'

declare module 'vitest' {
  export interface ProvidedContext {
    /** A PostgreSQL server that lives as long as the run of tests. */
    readonly postgres: string
  }
}

/** Vitest's `globalSetup`: one real PostgreSQL for all test files. */
export const setup = async (project: Pick<TestProject, 'provide'>) => {
  const { connectionString, stop } = await startPostgres()
  project.provide('postgres', connectionString)
  return stop
}
