import { memoryStore } from '@hospital-crm/core'
import { storeConcurrencyContract, storeContract } from '@hospital-crm/core/testing'
import * as fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { pgliteEngine } from '../testing/pglite-engine.ts'
import { courses, expectSame } from '../testing/store-model.ts'
import { thing } from '../testing/thing.ts'

const { start, fresh, rowsRead, discard, stop } = pgliteEngine()
beforeAll(start, 60_000)
afterAll(stop)

storeContract(fresh, { name: 'the PGlite store' })

storeConcurrencyContract(
  async (workers) => {
    const store = await fresh()
    return { stores: Array(workers).fill(store), close: () => store.close() }
  },
  { name: 'the PGlite store shared by callers' },
)

describe('the PGlite store', () => {
  it('answers whatever is asked as the memory store does', { timeout: 60_000 }, async () => {
    const model = memoryStore()
    const store = await fresh()
    let nth = 0
    const same = fc.asyncProperty(courses, async (course) => {
      nth += 1
      await expectSame(course, model, store, `${nth}/`)
    })
    await fc.assert(same, { numRuns: 150 })
    await store.close()
  })

  it('knows no tenant of which nothing was written', async () => {
    const store = await fresh()
    expect(await store.commit('late', [thing('1', 7)])).toEqual(['conflict'])
    expect(await store.tenants(undefined, 9)).toEqual([])
    await store.close()
  })

  it('goes on after the host has thrown away what was prepared', async () => {
    const store = await fresh()
    expect(await store.commit('a', [thing('1', 0)])).toEqual(['done'])
    await discard()
    expect(await store.commit('a', [thing('1', 1)])).toEqual(['done'])
    await discard()
    const { records } = await store.load('a', [{ kind: 'thing', id: '1' }], [])
    expect(records[0]?.version).toBe(2)
    await store.close()
  })

  it('reads about as many rows as it gives, however many there are', async () => {
    const store = await fresh()
    const things = Array.from({ length: 2000 }, (_, n) => thing(`${n}`, 0))
    for (let at = 0; at < 2000; at += 500) await store.commit('a', things.slice(at, at + 500))
    const readBy = async (ask: () => Promise<unknown>) => {
      const before = await rowsRead()
      await ask()
      return (await rowsRead()) - before
    }
    const query = { index: 'of', equals: [['x', 'y']], limit: 10 }
    const { next = '' } = await store.list('a', 'thing', query)
    // Of each of the two values one page and one more, then the records of the page and one more.
    expect(await readBy(() => store.list('a', 'thing', { ...query, after: next }))).toBe(33)
    const down = { ...query, from: '1', to: '7', direction: 'descending' as const }
    expect(await readBy(() => store.list('a', 'thing', down))).toBe(33)
    // Every second thing meets it: passed over are so many of an index's entries, and their records.
    const where = [[['parity=0']]]
    expect(await readBy(() => store.list('a', 'thing', { ...query, where }))).toBeLessThan(110)
    const key = { kind: 'thing', id: '77' }
    expect(await readBy(() => store.load('a', [key], ['5/0']))).toBe(2)
    expect(await readBy(() => store.events('a', { after: 50, limit: 3 }))).toBe(3)
    expect(await readBy(() => store.events('a', { after: 0, limit: 3, of: key }))).toBe(1)
    expect(await readBy(() => store.commit('a', [thing('77', 1)]))).toBeLessThan(12)
    await store.close()
  })
})
