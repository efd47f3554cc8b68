import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chownSync, existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { freePort } from './free-port.ts'
import { withClient } from './fresh-schema.ts'

const installed = (file: string, name: string) => {
  if (existsSync(file)) return file
  throw new Error(`${file} is missing, and this soak needs it: apt-get install ${name}`)
}

const idOf = (flag: '-u' | '-g') =>
  Number(execFileSync('id', [flag, 'postgres'], { encoding: 'utf8' }))
/** As root these servers refuse to run, so the user of Debian's packages runs them. */
const runAs = () => (process.getuid?.() === 0 ? { uid: idOf('-u'), gid: idOf('-g') } : {})

const folderOf = () => {
  const folder = mkdtempSync(join(tmpdir(), 'hospital-crm-debian-'))
  const { uid, gid } = runAs()
  if (uid !== undefined && gid !== undefined) chownSync(folder, uid, gid)
  return folder
}

const isAnswering = (connectionString: string) =>
  withClient(connectionString, (client) => client.query('select 1')).then(
    () => true,
    () => false,
  )

/** Runs a server until it is stopped; ready when it answers. */
const serve = async (
  folder: string,
  connectionString: string,
  file: string,
  args: readonly string[],
) => {
  const server: ChildProcess = spawn(file, args, { cwd: folder, stdio: 'ignore', ...runAs() })
  const ended = once(server, 'exit')
  while (!(await isAnswering(connectionString))) {
    if (server.exitCode !== null) throw new Error(`${file} ended with ${server.exitCode}`)
    await pause(50)
  }
  const stop = async () => {
    server.kill('SIGINT')
    await ended
    rmSync(folder, { recursive: true })
  }
  return { connectionString, stop }
}

/** The PostgreSQL of Debian's package `postgresql-15`, in a folder of its own. */
export const startPostgres15 = async () => {
  const of = (name: string) => installed(`/usr/lib/postgresql/15/bin/${name}`, 'postgresql-15')
  const folder = folderOf()
  const port = await freePort()
  const data = join(folder, 'data')
  const initdb = ['-D', data, '-U', 'postgres', '--auth=trust', '--encoding=UTF8', '--no-sync']
  execFileSync(of('initdb'), initdb, { cwd: folder, stdio: 'ignore', ...runAs() })
  const settings = ['listen_addresses=127.0.0.1', 'unix_socket_directories=']
  const args = ['-D', data, '-p', `${port}`, ...settings.flatMap((setting) => ['-c', setting])]
  const connectionString = `postgres://postgres:password@127.0.0.1:${port}/postgres`
  return serve(folder, connectionString, of('postgres'), args)
}

/** Debian's `pgbouncer` before a server, for the users named: every transaction may get another session. */
export const startPgbouncer = async (connectionString: string, users: readonly string[]) => {
  const file = installed('/usr/sbin/pgbouncer', 'pgbouncer')
  const folder = folderOf()
  const port = await freePort()
  const behind = new URL(connectionString)
  const list = join(folder, 'users')
  writeFileSync(list, users.map((user) => `"${user}" "password"\n`).join(''))
  const settings = join(folder, 'pgbouncer.ini')
  writeFileSync(
    settings,
    `[databases]
* = host=${behind.hostname} port=${behind.port}
[pgbouncer]
listen_addr = 127.0.0.1
listen_port = ${port}
unix_socket_dir =
auth_type = trust
auth_file = ${list}
admin_users = postgres
pool_mode = transaction
default_pool_size = 4
`,
  )
  behind.port = `${port}`
  return serve(folder, behind.href, file, [settings])
}
