import { closeSync, fdatasyncSync, fsyncSync, openSync } from 'node:fs'
import { PGlite } from '@electric-sql/pglite'

/** What PGlite's file system is made of, as far as it is needed here. */
interface Files {
  readonly mounts?: unknown
  lookupPath(path: string): { node: { mount: { type: Mounted; opts: { root?: string } } } }
}
interface Opened {
  readonly nfd?: number
  readonly node: object
}
interface Mounted {
  realPath(node: object): string
  stream_ops: { fsync?: (opened: Opened) => number; open?: unknown }
}

const flushFolder = (path: string) => {
  const folder = openSync(path, 'r')
  try {
    fsyncSync(folder)
  } finally {
    closeSync(folder)
  }
}

/**
 * PGlite 0.5 asks the operating system never to put a commit on the disk: its way to Node's files knows
 * no fsync. Gives it one, so that a commit outlives a power cut; false where its inside looks different.
 */
const makeFlush = (module: unknown): boolean => {
  const files = (module as { FS?: Files } | undefined)?.FS
  const mounted = files?.lookupPath('/pglite/data').node.mount.type
  if (!mounted?.stream_ops?.open || typeof mounted.realPath !== 'function') return false
  mounted.stream_ops.fsync = (opened) => {
    if (opened.nfd === undefined) flushFolder(mounted.realPath(opened.node))
    else fdatasyncSync(opened.nfd)
    return 0
  }
  return true
}

/** Opens a directory so that commits are flushed: not with `-F`, and by the one call that reaches Node. */
export const openFlushing = async (
  dataDir: string,
): Promise<{ readonly database: PGlite; readonly flushes: boolean }> => {
  const params = PGlite.defaultStartParams.filter((param) => param !== '-F')
  const startParams = [...params, '-c', 'wal_sync_method=fsync']
  const database = await PGlite.create({ dataDir, startParams, relaxedDurability: false })
  return { database, flushes: makeFlush(database.Module) }
}
