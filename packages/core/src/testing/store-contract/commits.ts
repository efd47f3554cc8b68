import { expect } from 'vitest'
import type { Store } from '../../ports/store.ts'
import { change, event, type Suite, unit } from './samples.ts'

const load = async (store: Store, tenant: string, id: string) =>
  (await store.load(tenant, [{ kind: 'thing', id }], [])).records[0]

/** What a store must keep, refuse and answer again. */
export const commitCases = ({ holds, store }: Suite) => {
  holds('has nothing at first, and says so in the order asked', async () => {
    const { records, kept } = await store().load('a', [{ kind: 'thing', id: '1' }], ['c'])
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
    expect(await store().commit('a', [first, unit({ changes: [change('2', 0)] })])).toEqual([
      'done',
      'done',
    ])
    const ids = ['2', 'none', '1']
    const { records } = await store().load(
      'a',
      ids.map((id) => ({ kind: 'thing', id })),
      [],
    )
    expect(records.map((record) => record?.key.id)).toEqual(['2', undefined, '1'])
    expect(records[2]).toEqual({ key: { kind: 'thing', id: '1' }, version: 1, state })
  })

  holds('refuses a change of a version that is no more, and writes nothing of it', async () => {
    await store().commit('a', [unit({ changes: [change('1', 0)] })])
    const late = unit({
      changes: [change('2', 0), change('1', 0, { state: 'late' })],
      events: [event('1', 1)],
    })
    expect(await store().commit('a', [late])).toEqual(['conflict'])
    expect(await load(store(), 'a', '2')).toBeUndefined()
    expect(await load(store(), 'a', '1')).toMatchObject({ version: 1, state: { version: 0 } })
    expect(await store().events('a', { after: 0, limit: 10 })).toEqual([])
    const { kept } = await store().load('a', [], [late.cause])
    expect(kept).toEqual([undefined])
  })

  holds('refuses a unit that read what has changed or come into being since', async () => {
    await store().commit('a', [unit({ changes: [change('1', 0)] })])
    const read = (id: string, version: number) =>
      unit({ reads: [{ key: { kind: 'thing', id }, version }], changes: [change('2', 0)] })
    expect(await store().commit('a', [read('1', 0)])).toEqual(['conflict'])
    expect(await store().commit('a', [read('3', 1)])).toEqual(['conflict'])
    expect(await store().commit('a', [read('1', 1)])).toEqual(['done'])
  })

  holds('commits units of one call as if one after the other', async () => {
    const units = [
      unit({ changes: [change('1', 0)], events: [event('1', 1)] }),
      unit({ changes: [change('1', 1)], events: [event('1', 2), event('1', 2)] }),
      unit({ changes: [change('1', 1)], events: [event('1', 2)] }),
      unit({ changes: [change('1', 2)], events: [event('1', 3)] }),
    ]
    expect(await store().commit('a', units)).toEqual(['done', 'done', 'conflict', 'done'])
    expect(await load(store(), 'a', '1')).toMatchObject({ version: 3, state: { version: 2 } })
    const log = await store().events('a', { after: 0, limit: 10 })
    expect(log.map(({ cause, place, position }) => [cause, place, position])).toEqual([
      [units[0]?.cause, 0, 1],
      [units[1]?.cause, 0, 2],
      [units[1]?.cause, 1, 3],
      [units[3]?.cause, 0, 4],
    ])
  })

  holds('answers a cause again with the answer it kept, before it looks at versions', async () => {
    const kept = { payloadHash: 'h1', answer: [{ id: '1' }] }
    const first = unit({ cause: 'c', kept, changes: [change('1', 0)], events: [event('1', 1)] })
    expect(await store().commit('a', [first])).toEqual(['done'])
    const again = { ...first, kept: { payloadHash: 'h2', answer: [] } }
    expect(await store().commit('a', [again, again])).toEqual([
      { duplicateOf: kept },
      { duplicateOf: kept },
    ])
    expect((await store().load('a', [], ['none', 'c'])).kept).toEqual([undefined, kept])
    expect(await load(store(), 'a', '1')).toMatchObject({ version: 1 })
  })

  holds('answers a cause given twice in one call', async () => {
    const twice = unit({ cause: 'c', changes: [change('1', 0)] })
    const [first, second] = await store().commit('a', [twice, twice])
    expect([first, second]).toEqual(['done', { duplicateOf: twice.kept }])
  })

  holds('keeps a cause that changed nothing, and none where none is to be kept', async () => {
    const quiet = unit({ cause: 'quiet' })
    const { kept: _, ...housekeeping } = unit({ cause: 'house', changes: [change('1', 0)] })
    expect(await store().commit('a', [quiet, housekeeping])).toEqual(['done', 'done'])
    expect((await store().load('a', [], ['quiet', 'house'])).kept).toEqual([quiet.kept, undefined])
    const next = { ...housekeeping, changes: [change('1', 1)] }
    expect(await store().commit('a', [next])).toEqual(['done'])
  })

  holds('keeps tenants apart in everything', async () => {
    const entries = [{ index: 'all', equals: [], order: '1' }]
    const first = unit({
      cause: 'c',
      changes: [change('1', 0, { entries })],
      events: [event('1', 1)],
    })
    expect(await store().commit('a', [first])).toEqual(['done'])
    expect(await load(store(), 'b', '1')).toBeUndefined()
    expect((await store().load('b', [], ['c'])).kept).toEqual([undefined])
    expect(
      (await store().list('b', 'thing', { index: 'all', equals: [], limit: 9 })).items,
    ).toEqual([])
    expect(await store().events('b', { after: 0, limit: 9 })).toEqual([])
    expect(await store().commit('b', [first])).toEqual(['done'])
    expect(
      (await store().events('b', { after: 0, limit: 9 })).map(({ position }) => position),
    ).toEqual([1])
  })

  holds('names the tenants that have committed, in order and in pages', async () => {
    for (const tenant of ['c', 'a', 'b']) await store().commit(tenant, [unit()])
    await store().load('never', [], [])
    expect(await store().tenants(undefined, 2)).toEqual(['a', 'b'])
    expect(await store().tenants('b', 2)).toEqual(['c'])
  })
}
