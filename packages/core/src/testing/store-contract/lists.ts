import { expect } from 'vitest'
import { change, event, type Suite, unit } from './samples.ts'

/** How a store must find records by their entries, and read its log. */
export const listCases = ({ holds, store }: Suite) => {
  const page = (index: string, more: object = {}) =>
    store().list('a', 'thing', { index, equals: [], limit: 10, ...more })

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
    await store().commit('a', [put('1', 0, '2026-03-09', '2026-03-16'), put('2', 0, '2026-03-10')])
    expect(await found()).toEqual([
      ['1', '2026-03-09'],
      ['2', '2026-03-10'],
      ['1', '2026-03-16'],
    ])
    await store().commit('a', [put('1', 1, '2026-03-16', '2026-03-11', '2026-03-11')])
    expect(await found()).toEqual([
      ['2', '2026-03-10'],
      ['1', '2026-03-11'],
      ['1', '2026-03-16'],
    ])
    await store().commit('a', [put('1', 2)])
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
      await store().commit('a', units)
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
    await store().commit('a', [
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
    await store().commit('a', [
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

  const told = (id: string, attributes?: readonly string[]) =>
    change(id, 0, {
      entries: [{ index: 'all', equals: [], order: id }],
      ...(attributes && { attributes }),
    })

  holds(
    'leaves out what does not meet a rule, and knows no better of what tells nothing',
    async () => {
      const changes = [
        told('both', ['owner=li', 'owner=wang', 'ward=eye']),
        told('none', []),
        told('odd', ['a"b\\c={},', '王=𠮷', '']),
        told('owner', ['owner=li']),
        told('unknown'),
        told('ward', ['ward=ear', 'ward=eye']),
      ]
      await store().commit('a', [unit({ changes })])
      const found = async (...where: string[][][]) =>
        (await page('all', { where })).items.map(({ key }) => key.id).join(' ')
      expect(await found([['owner=li']])).toBe('both owner unknown')
      expect(await found([['owner=zhao', 'owner=wang']])).toBe('both unknown')
      expect(await found([['owner=li'], ['ward=eye', 'ward=nose']])).toBe('both unknown')
      expect(await found([['owner=li']], [['ward=ear']])).toBe('both owner unknown ward')
      expect(await found([['a"b\\c={},']], [['王=𠮷']])).toBe('odd unknown')
      expect(await found([['']])).toBe('odd unknown')
      expect(await found([['owner'], ['owner=li']])).toBe('unknown')
      expect(await found([['owner=li'], []])).toBe('unknown')
      expect(await found()).toBe('unknown')
      expect(await found([['no']], [])).toBe('both none odd owner unknown ward')
    },
  )

  holds('goes by the attributes that a record has now', async () => {
    const put = (version: number, attributes?: string[]) =>
      unit({ changes: [{ ...told('1', attributes), version }] })
    const isFound = async () => (await page('all', { where: [[['owner=li']]] })).items.length === 1
    const seen: boolean[] = []
    for (const [version, attributes] of [['owner=li'], ['owner=wang'], undefined, []].entries()) {
      await store().commit('a', [put(version, attributes)])
      seen.push(await isFound())
    }
    expect(seen).toEqual([true, false, true, false])
    await store().commit('a', [put(4, ['owner=li']), put(5, ['owner=wang'])])
    expect(await isFound()).toBe(false)
  })

  holds('fills pages with what is shown, and tells nothing of the rest', async () => {
    const units = Array.from({ length: 60 }, (_, n) => {
      const id = `${100 + n}`
      const change = { ...told(id, [n % 10 === 0 ? 'owner=li' : 'owner=wang']) }
      return unit({ changes: [change] })
    })
    await store().commit('a', units)
    const where = [[['owner=li']]]
    for (const direction of ['ascending', 'descending'] as const) {
      const pages: string[][] = []
      let after: string | undefined
      do {
        const { items, next } = await page('all', {
          where,
          limit: 2,
          direction,
          ...(after && { after }),
        })
        pages.push(items.map(({ key }) => key.id))
        after = next
      } while (after !== undefined)
      const shown = [
        ['100', '110'],
        ['120', '130'],
        ['140', '150'],
      ]
      const turned = shown.map((ids) => ids.toReversed()).toReversed()
      expect(pages).toEqual(direction === 'ascending' ? shown : turned)
    }
    // The same pages and places as in a store that holds nothing else.
    const seen = units.filter((_, n) => n % 10 === 0)
    await store().commit(
      'b',
      seen.map((each) => unit({ changes: each.changes })),
    )
    const alone = await store().list('b', 'thing', { index: 'all', equals: [], limit: 4 })
    expect(await page('all', { where, limit: 4 })).toEqual(alone)
    expect(alone.next).toBeDefined()
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
    expect(new Set(await store().commit('a', units))).toEqual(new Set(['done']))
    const all = await store().events('a', { after: 0, limit: 100 })
    expect(all.map(({ position }) => position)).toEqual(units.map((_, n) => n + 1))
    expect(await store().events('a', { after: 20, limit: 3 })).toEqual(all.slice(20, 23))
    const of = { kind: 'thing', id: '1' }
    const own = all.filter(({ key }) => key.id === '1')
    expect(await store().events('a', { after: 0, limit: 100, of })).toEqual(own)
    expect(await store().events('a', { after: own[2]?.position ?? 0, limit: 2, of })).toEqual(
      own.slice(3, 5),
    )
    expect(all[4]).toEqual({
      ...event('1', 2, { data: { n: 4 } }),
      position: 5,
      cause: units[4]?.cause,
      place: 0,
    })
  })

  holds('refuses a cursor that is none', async () => {
    for (const after of ['', 'x', '{}', '["2026-03-01"]', '[1,2]']) {
      await expect(page('due', { after })).rejects.toMatchObject({ code: 'store.bad-cursor' })
    }
  })

  holds('closes twice without a word', async () => {
    await store().close()
    await store().close()
  })
}
