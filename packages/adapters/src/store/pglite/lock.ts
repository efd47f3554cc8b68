import {
  linkSync,
  mkdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { setTimeout as pause } from 'node:timers/promises'
import { Refusal } from '@hospital-crm/core'
import { mayLive, type Owner, ownerHere } from './owner.ts'

const codeOf = (error: unknown) => (error as NodeJS.ErrnoException).code

const read = (path: string): Owner | 'absent' | 'unreadable' => {
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as Owner
  } catch (error) {
    return codeOf(error) === 'ENOENT' ? 'absent' : 'unreadable'
  }
}

const draftOf = (path: string, { token }: Owner) => `${path}.${token}.draft`

const placePlainly = (path: string, text: string): boolean => {
  try {
    writeFileSync(path, text, { flag: 'wx' })
    return true
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return false
    throw error
  }
}

/** Puts a file there with all its content at once, unless one is there. */
const place = (path: string, owner: Owner): boolean => {
  const draft = draftOf(path, owner)
  const text = JSON.stringify(owner)
  try {
    writeFileSync(draft, text)
    linkSync(draft, path)
    return true
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return false
    if (!/^(EPERM|ENOSYS|ENOTSUP|EOPNOTSUPP)$/.test(codeOf(error) ?? '')) throw error
    // A file system without hard links: for an instant the file may be seen empty.
    return placePlainly(path, text)
  } finally {
    rmSync(draft, { force: true })
  }
}

const release = (path: string, { token }: Owner) => {
  const held = read(path)
  if (typeof held === 'object' && held.token === token) rmSync(path, { force: true })
}

/**
 * Tries to hold `path`. A dead owner's file may be replaced only by who holds the lock named after that
 * owner's token, so of several that find it dead one replaces it; should that one die on the way, its own
 * lock is taken over likewise. Gives who holds the path instead when that is somebody else.
 */
const take = (path: string, owner: Owner): 'held' | 'again' | Owner | 'unreadable' => {
  if (place(path, owner)) return 'held'
  const found = read(path)
  if (found === 'absent') return 'again'
  if (found === 'unreadable' || mayLive(found)) return found
  const guard = `${path}.${found.token}`
  if (take(guard, owner) !== 'held') return 'again'
  try {
    const still = read(path)
    if (typeof still !== 'object' || still.token !== found.token) return 'again'
    const draft = draftOf(path, owner)
    writeFileSync(draft, JSON.stringify(owner))
    renameSync(draft, path)
    return 'held'
  } finally {
    release(guard, owner)
  }
}

const refuseLocked = (directory: string, path: string, held: Owner | 'unreadable' | 'again') => {
  const pid = typeof held === 'object' ? held.pid : null
  const host = typeof held === 'object' ? held.host : null
  const remedy =
    pid === process.pid
      ? 'This process has it open already: share that store, or close it first.'
      : `Two processes on one directory lose data. End process ${pid ?? '(unknown)'} on ${host ?? 'its host'}, or let both use PostgreSQL. If no such process exists any more, delete ${path}.`
  throw new Refusal('store.locked', { directory, lock: path, pid, host, remedy })
}

/**
 * Makes the directory, and holds it for this process alone by a file beside it. Gives the directory's one
 * true path, and the way to let go, which the end of the process does by itself.
 */
export const lockDirectory = async (
  directory: string,
): Promise<{ readonly path: string; readonly release: () => void }> => {
  mkdirSync(directory, { recursive: true })
  const path = realpathSync(directory)
  const lock = `${path}.lock`
  const owner = ownerHere()
  let taken = take(lock, owner)
  for (let wait = 5; taken !== 'held' && wait < 1000; wait *= 2) {
    if (typeof taken === 'object') break
    await pause(wait)
    taken = take(lock, owner)
  }
  if (taken !== 'held') refuseLocked(path, lock, taken)
  const letGo = () => {
    process.off('exit', letGo)
    release(lock, owner)
  }
  process.on('exit', letGo)
  return { path, release: letGo }
}
