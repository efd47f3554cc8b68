import { randomUUID } from 'node:crypto'
import { readFileSync, readlinkSync } from 'node:fs'
import { hostname } from 'node:os'

/** Who holds a directory, as its lock file says it. */
export interface Owner {
  readonly pid: number
  /** When the process started, in the kernel's own ticks; empty where the system does not tell. */
  readonly started: string
  readonly host: string
  /** Boot and process namespace in which the pid means something; empty where the system does not tell. */
  readonly realm: string
  /** Different for every lock ever taken. */
  readonly token: string
}

const tell = (read: () => string): string => {
  try {
    return read().trim()
  } catch {
    return ''
  }
}

/** The fields of /proc/<pid>/stat after the command's name, which may itself hold spaces and brackets. */
const statOf = (pid: number) =>
  tell(() => readFileSync(`/proc/${pid}/stat`, 'utf8').replace(/^.*\) /s, '')).split(' ')
const startOf = (pid: number) => statOf(pid)[19] ?? ''
const realmHere = () =>
  tell(
    () =>
      `${readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()} ${readlinkSync('/proc/self/ns/pid')}`,
  )

/** This process as the owner of one more lock. */
export const ownerHere = (): Owner => ({
  pid: process.pid,
  started: startOf(process.pid),
  host: hostname(),
  realm: realmHere(),
  token: randomUUID(),
})

const exists = (pid: number) => {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code !== 'ESRCH'
  }
}

/**
 * Whether an owner may still be at work. Another host cannot be asked, so its owner counts as living;
 * this host under another boot or process namespace is this host, or this container, started anew.
 */
export const mayLive = ({ pid, started, host, realm }: Owner): boolean => {
  if (host !== hostname()) return true
  if (realm !== realmHere()) return false
  if (!exists(pid)) return false
  const [state] = statOf(pid)
  // Killed and not yet collected by its parent: nothing of it runs any more.
  if (state === 'Z' || state === 'X') return false
  return started === startOf(pid)
}
