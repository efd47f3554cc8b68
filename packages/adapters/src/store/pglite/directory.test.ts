import { cpSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startChild } from '../testing/child.ts'
import { thing } from '../testing/thing.ts'
import { openFlushing } from './flush.ts'
import { pgliteStore } from './index.ts'

describe('a PGlite store in a directory', { timeout: 60_000 }, () => {
  let folder: string
  let empty: string
  let count = 0
  // Making a database takes seconds, copying one does not.
  const copy = () => {
    count += 1
    const directory = join(folder, `${count}`)
    cpSync(empty, directory, { recursive: true })
    return directory
  }
  const log = async (directory: string) => {
    const store = await pgliteStore({ directory })
    const events = await store.events('a', { after: 0, limit: 1_000_000 })
    const ids = events.map(({ key }) => key.id)
    const { records } = await store.load(
      'a',
      ids.map((id) => ({ kind: 'thing', id })),
      [],
    )
    await store.close()
    expect(records).not.toContain(undefined)
    return ids
  }
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'hospital-crm-pglite-'))
    empty = join(folder, 'deep', 'empty')
    const store = await pgliteStore({ directory: empty })
    expect(store.durable).toBe(true)
    await store.close()
  }, 60_000)
  afterAll(() => rmSync(folder, { recursive: true }))

  it('has everything when it is opened again', async () => {
    const directory = copy()
    const store = await pgliteStore({ directory })
    await store.commit('a', [thing('1', 0), thing('2', 0), thing('1', 1)])
    await store.close()
    const again = await pgliteStore({ directory })
    const keys = [{ kind: 'thing', id: '1' }]
    const { records, kept } = await again.load('a', keys, ['1/1'])
    expect(records[0]).toMatchObject({ version: 2, state: { version: 1 } })
    expect(kept[0]).toEqual({ payloadHash: 'hash', answer: ['1/1'] })
    const { items } = await again.list('a', 'thing', { index: 'of', equals: [['x']], limit: 9 })
    expect(items.map(({ key }) => key.id)).toEqual(['1', '2'])
    expect(await again.commit('a', [thing('1', 1)])).toMatchObject([{ duplicateOf: kept[0] }])
    expect(await again.commit('a', [thing('1', 2)])).toEqual(['done'])
    expect(await again.events('a', { after: 3, limit: 9 })).toMatchObject([{ position: 4 }])
    await again.close()
  })

  it('is refused to a second opening in this process, under whatever name', async () => {
    const directory = copy()
    const store = await pgliteStore({ directory })
    symlinkSync(directory, `${directory}-link`)
    const second = pgliteStore({ directory: `${directory}-link` })
    await expect(second).rejects.toMatchObject({ code: 'store.locked', details: { directory } })
    expect(await store.commit('a', [thing('1', 0)])).toEqual(['done'])
    await store.close()
    expect(await log(`${directory}-link`)).toEqual(['1'])
  })

  it('is refused to a second process, and loses nothing of the first when that is killed', async () => {
    const directory = copy()
    let known: string[] = []
    for (let round = 0; round < 2; round += 1) {
      const child = startChild('directory-worker.ts', directory)
      expect(await child.next()).toBe('open')
      const held = expect.objectContaining({ pid: child.pid })
      await expect(pgliteStore({ directory })).rejects.toMatchObject({ details: held })
      for (let n = 0; n < 20; n += 1) await child.next()
      const said = await child.kill()
      const done = said.filter((line) => line.startsWith('done ')).map((line) => line.slice(5))
      expect(done.length).toBeGreaterThanOrEqual(20)
      const found = await log(directory)
      expect(found).toEqual(expect.arrayContaining([...known, ...done]))
      known = found
    }
  })

  it('is swept of what was deleted when it is opened', async () => {
    const directory = copy()
    const store = await pgliteStore({ directory })
    await store.commit('a', [thing('1', 0)])
    await store.close()
    await log(directory)
    const { database } = await openFlushing(directory)
    // What a vacuum has counted; it is 0, or less before the first one, where none has passed since.
    const { rows } = await database.query(`select relname as name, reltuples::int as counted
      from pg_class where relname in ('entries', 'records') order by relname`)
    expect(rows).toEqual([
      { name: 'entries', counted: 2 },
      { name: 'records', counted: 1 },
    ])
    await database.close()
  })

  it('puts every commit on the disk, so that it outlives a power cut', async () => {
    const { database: engine, flushes } = await openFlushing(copy())
    expect(flushes).toBe(true)
    const { stream_ops: ways } = engine.Module.FS.lookupPath('/pglite/data', {}).node.mount.type
    const flush = ways.fsync
    let flushed = 0
    ways.fsync = (opened: unknown) => {
      flushed += 1
      return flush(opened)
    }
    await engine.exec('create table t (a int)')
    const before = flushed
    for (let n = 0; n < 5; n += 1) await engine.query('insert into t values ($1)', [n])
    expect(flushed - before).toBe(5)
    await engine.close()
  })
})
