import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Change, Happening, Store, Unit } from '../ports/store.ts'

/** Tests of a contract that an adapter does not fulfil, by full name, and why. */
export interface Skip {
  readonly reason: string
  readonly tests: readonly string[]
}

export interface StoreContractOptions {
  /** What the suite is called in the report. */
  readonly name?: string
  readonly skip?: readonly Skip[]
}

const at = '2026-03-02T00:00:00.000Z'

const change = (id: string, version: number, more: Partial<Change> = {}): Change => ({
  key: { kind: 'thing', id },
  version,
  state: { id, version },
  entries: [],
  ...more,
})
const event = (id: string, version: number, more: Partial<Happening> = {}): Happening => ({
  key: { kind: 'thing', id },
  version,
  type: 'thing.changed',
  at,
  actor: 'somebody',
  data: { version },
  ...more,
})
let count = 0
const unit = (more: Partial<Unit> = {}): Unit => {
  count += 1
  const cause = more.cause ?? `cause-${count}`
  return {
    cause,
    kept: { payloadHash: 'hash', answer: [cause] },
    reads: [],
    changes: [],
    events: [],
    ...more,
  }
}

/**
 * What every store must do, as tests. Call it in a test file with a factory of empty stores; each
 * test gets a fresh one and closes it. Concurrency cases want `storeConcurrencyContract` besides.
 */
export const storeContract = (
  create: () => Store | Promise<Store>,
  { name = 'a store', skip = [] }: StoreContractOptions = {},
) => {
  const skipped = new Set(skip.flatMap(({ tests }) => tests))
  const holds = (title: string, check: () => Promise<void>) =>
    // biome-ignore lint/suspicious/noSkippedTests: a named skip, with its reason beside it
    skipped.has(title) ? it.skip(title) : it(title, check)

  describe(name, () => {
    let store: Store
    beforeEach(async () => {
      store = await create()
    })
    afterEach(() => store.close())
    const load = async (tenant: string, id: string) =>
      (await store.load(tenant, [{ kind: 'thing', id }], [])).records[0]
    const page = (index: string, more: object = {}) =>
      store.list('a', 'thing', { index, equals: [], limit: 10, ...more })

    holds('has nothing at first, and says so in the order asked', async () => {
      const { records, kept } = await store.load('a', [{ kind: 'thing', id: '1' }], ['c'])
      expect(records).toEqual([undefined])
      expect(kept).toEqual([undefined])
    })

    holds('gives back what was committed, equal and in the order asked', async () => {
      const state = {
        text: '王秀英 "\\ \n 𠮷',
        number: 0.1,
        deep: { list: [1, null, true] },
        empty: {},
      }
      const first = unit({ changes: [change('1', 0, { state })] })
      expect(await store.commit('a', [first, unit({ changes: [change('2', 0)] })])).toEqual([
        'done',
        'done',
      ])
      const ids = ['2', 'none', '1']
      const { records } = await store.load(
        'a',
        ids.map((id) => ({ kind: 'thing', id })),
        [],
      )
      expect(records.map((record) => record?.key.id)).toEqual(['2', undefined, '1'])
      expect(records[2]).toEqual({ key: { kind: 'thing', id: '1' }, version: 1, state })
    })

    holds('refuses a change of a version that is no more, and writes nothing of it', async () => {
      await store.commit('a', [unit({ changes: [change('1', 0)] })])
      const late = unit({
        changes: [change('2', 0), change('1', 0, { state: 'late' })],
        events: [event('1', 1)],
      })
      expect(await store.commit('a', [late])).toEqual(['conflict'])
      expect(await load('a', '2')).toBeUndefined()
      expect(await load('a', '1')).toMatchObject({ version: 1, state: { version: 0 } })
      expect(await store.events('a', { after: 0, limit: 10 })).toEqual([])
      const { kept } = await store.load('a', [], [late.cause])
      expect(kept).toEqual([undefined])
    })

    holds('refuses a unit that read what has changed or come into being since', async () => {
      await store.commit('a', [unit({ changes: [change('1', 0)] })])
      const read = (id: string, version: number) =>
        unit({ reads: [{ key: { kind: 'thing', id }, version }], changes: [change('2', 0)] })
      expect(await store.commit('a', [read('1', 0)])).toEqual(['conflict'])
      expect(await store.commit('a', [read('3', 1)])).toEqual(['conflict'])
      expect(await store.commit('a', [read('1', 1)])).toEqual(['done'])
    })

    holds('commits units of one call as if one after the other', async () => {
      const units = [
        unit({ changes: [change('1', 0)], events: [event('1', 1)] }),
        unit({ changes: [change('1', 1)], events: [event('1', 2), event('1', 2)] }),
        unit({ changes: [change('1', 1)], events: [event('1', 2)] }),
        unit({ changes: [change('1', 2)], events: [event('1', 3)] }),
      ]
      expect(await store.commit('a', units)).toEqual(['done', 'done', 'conflict', 'done'])
      expect(await load('a', '1')).toMatchObject({ version: 3, state: { version: 2 } })
      const log = await store.events('a', { after: 0, limit: 10 })
      expect(log.map(({ cause, place, position }) => [cause, place, position])).toEqual([
        [units[0]?.cause, 0, 1],
        [units[1]?.cause, 0, 2],
        [units[1]?.cause, 1, 3],
        [units[3]?.cause, 0, 4],
      ])
    })

    holds(
      'answers a cause again with the answer it kept, before it looks at versions',
      async () => {
        const kept = { payloadHash: 'h1', answer: [{ id: '1' }] }
        const first = unit({ cause: 'c', kept, changes: [change('1', 0)], events: [event('1', 1)] })
        expect(await store.commit('a', [first])).toEqual(['done'])
        const again = { ...first, kept: { payloadHash: 'h2', answer: [] } }
        expect(await store.commit('a', [again, again])).toEqual([
          { duplicateOf: kept },
          { duplicateOf: kept },
        ])
        expect((await store.load('a', [], ['none', 'c'])).kept).toEqual([undefined, kept])
        expect(await load('a', '1')).toMatchObject({ version: 1 })
      },
    )

    holds('answers a cause given twice in one call', async () => {
      const twice = unit({ cause: 'c', changes: [change('1', 0)] })
      const [first, second] = await store.commit('a', [twice, twice])
      expect([first, second]).toEqual(['done', { duplicateOf: twice.kept }])
    })

    holds('keeps a cause that changed nothing, and none where none is to be kept', async () => {
      const quiet = unit({ cause: 'quiet' })
      const { kept: _, ...housekeeping } = unit({ cause: 'house', changes: [change('1', 0)] })
      expect(await store.commit('a', [quiet, housekeeping])).toEqual(['done', 'done'])
      expect((await store.load('a', [], ['quiet', 'house'])).kept).toEqual([quiet.kept, undefined])
      const next = { ...housekeeping, changes: [change('1', 1)] }
      expect(await store.commit('a', [next])).toEqual(['done'])
    })

    holds('keeps tenants apart in everything', async () => {
      const entries = [{ index: 'all', equals: [], order: '1' }]
      const first = unit({
        cause: 'c',
        changes: [change('1', 0, { entries })],
        events: [event('1', 1)],
      })
      expect(await store.commit('a', [first])).toEqual(['done'])
      expect(await load('b', '1')).toBeUndefined()
      expect((await store.load('b', [], ['c'])).kept).toEqual([undefined])
      expect(
        (await store.list('b', 'thing', { index: 'all', equals: [], limit: 9 })).items,
      ).toEqual([])
      expect(await store.events('b', { after: 0, limit: 9 })).toEqual([])
      expect(await store.commit('b', [first])).toEqual(['done'])
      expect(
        (await store.events('b', { after: 0, limit: 9 })).map(({ position }) => position),
      ).toEqual([1])
    })

    holds('names the tenants that have committed, in order and in pages', async () => {
      for (const tenant of ['c', 'a', 'b']) await store.commit(tenant, [unit()])
      await store.load('never', [], [])
      expect(await store.tenants(undefined, 2)).toEqual(['a', 'b'])
      expect(await store.tenants('b', 2)).toEqual(['c'])
    })

    holds('finds records by the entries they have now', async () => {
      const put = (id: string, version: number, ...orders: string[]) =>
        unit({
          changes: [
            change(id, version, {
              entries: orders.map((order) => ({ index: 'due', equals: ['x', 'y'], order })),
            }),
          ],
        })
      const found = async () => {
        const { items } = await page('due', { equals: [['x'], ['y']] })
        return items.map(({ key, order }) => [key.id, order])
      }
      await store.commit('a', [put('1', 0, '2026-03-09', '2026-03-16'), put('2', 0, '2026-03-10')])
      expect(await found()).toEqual([
        ['1', '2026-03-09'],
        ['2', '2026-03-10'],
        ['1', '2026-03-16'],
      ])
      await store.commit('a', [put('1', 1, '2026-03-16', '2026-03-11', '2026-03-11')])
      expect(await found()).toEqual([
        ['2', '2026-03-10'],
        ['1', '2026-03-11'],
        ['1', '2026-03-16'],
      ])
      await store.commit('a', [put('1', 2)])
      expect(await found()).toEqual([['2', '2026-03-10']])
    })

    holds(
      'lists the union of short lists of values, each entry once, whole pages in order',
      async () => {
        const owners = ['li', 'wang', 'zhao']
        const units = Array.from({ length: 30 }, (_, n) => {
          const order = `2026-03-${String((n % 10) + 1).padStart(2, '0')}`
          const owner = owners[n % 3] ?? ''
          const entries = [
            { index: 'owner', equals: [owner], order },
            ...(n === 0 ? [{ index: 'owner', equals: ['wang'], order }] : []),
          ]
          return unit({ changes: [change(`r${String(n).padStart(2, '0')}`, 0, { entries })] })
        })
        await store.commit('a', units)
        for (const direction of ['ascending', 'descending'] as const) {
          const seen: string[] = []
          let after: string | undefined
          do {
            const query = { equals: [['li', 'wang']], limit: 7, direction, ...(after && { after }) }
            const { items, next } = await page('owner', query)
            expect(items.length).toBe(next === undefined ? items.length : 7)
            seen.push(...items.map(({ key, order }) => `${order} ${key.id}`))
            after = next
          } while (after !== undefined)
          expect(seen.length).toBe(20)
          expect(new Set(seen).size).toBe(20)
          const sorted = [...seen].sort()
          expect(seen).toEqual(direction === 'ascending' ? sorted : sorted.reverse())
        }
      },
    )

    holds('bounds a list inclusively, by code point', async () => {
      const orders = ['', '10', '9', 'Z', 'a', '\uffee', '𠮷']
      await store.commit('a', [
        unit({
          changes: orders.map((order, n) =>
            change(`${n}`, 0, { entries: [{ index: 'o', equals: [], order }] }),
          ),
        }),
      ])
      const listed = async (more: object) => (await page('o', more)).items.map(({ order }) => order)
      expect(await listed({})).toEqual(orders)
      expect(await listed({ from: '10', to: 'a' })).toEqual(['10', '9', 'Z', 'a'])
      expect(await listed({ to: '9', direction: 'descending' })).toEqual(['9', '10', ''])
      expect(await listed({ from: 'b' })).toEqual(['\uffee', '𠮷'])
    })

    holds('tells values and indexes of entries apart, whatever is in them', async () => {
      const entry = (equals: string[], index = 'i') => ({ index, equals, order: 'o' })
      await store.commit('a', [
        unit({ changes: [change('1', 0, { entries: [entry(['a', 'bc'])] })] }),
        unit({ changes: [change('2', 0, { entries: [entry(['ab', 'c'])] })] }),
        unit({ changes: [change('3', 0, { entries: [entry(['', ''])] })] }),
        unit({ changes: [change('4', 0, { entries: [entry(['a', 'bc'], 'j')] })] }),
        unit({ changes: [change("5'", 0, { entries: [entry(["a'|", '"%_'])] })] }),
      ])
      const ids = async (equals: string[][]) =>
        (await page('i', { equals })).items.map(({ key }) => key.id)
      expect(await ids([['a'], ['bc']])).toEqual(['1'])
      expect(await ids([['ab'], ['c']])).toEqual(['2'])
      expect(await ids([[''], ['']])).toEqual(['3'])
      expect(await ids([["a'|"], ['"%_']])).toEqual(["5'"])
      expect(await ids([['abc'], ['']])).toEqual([])
    })

    holds('reads the log in one order, whole and by record, in pages', async () => {
      const units = Array.from({ length: 25 }, (_, n) => {
        const id = `${n % 3}`
        const version = Math.floor(n / 3)
        return unit({
          changes: [change(id, version)],
          events: [event(id, version + 1, { data: { n } })],
        })
      })
      expect(new Set(await store.commit('a', units))).toEqual(new Set(['done']))
      const all = await store.events('a', { after: 0, limit: 100 })
      expect(all.map(({ position }) => position)).toEqual(units.map((_, n) => n + 1))
      expect(await store.events('a', { after: 20, limit: 3 })).toEqual(all.slice(20, 23))
      const of = { kind: 'thing', id: '1' }
      const own = all.filter(({ key }) => key.id === '1')
      expect(await store.events('a', { after: 0, limit: 100, of })).toEqual(own)
      expect(await store.events('a', { after: own[2]?.position ?? 0, limit: 2, of })).toEqual(
        own.slice(3, 5),
      )
      expect(all[4]).toEqual({
        ...event('1', 2, { data: { n: 4 } }),
        position: 5,
        cause: units[4]?.cause,
        place: 0,
      })
    })

    holds('closes twice without a word', async () => {
      await store.close()
      await store.close()
    })
  })
}
