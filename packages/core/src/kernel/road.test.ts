import { describe, expect, it } from 'vitest'
import { memoryStore } from '../memory/store.ts'
import type { Store } from '../ports/store.ts'
import { Refusal } from './refusal.ts'
import { box, shelf, toyKernel } from './toy.fixture.ts'

const put = (name: string, thing: string, more = {}) => ({ type: 'put', box: name, thing, ...more })
const things = async (kernel: ReturnType<typeof toyKernel>, id: string) => {
  const seen = await kernel.door().get(box, id)
  return seen?.state.status === 'box' ? seen.state.things : undefined
}
const refusalOf = async (piece: Promise<unknown>) => {
  const error = await piece.then(
    () => undefined,
    (thrown: unknown) => thrown,
  )
  return error instanceof Refusal ? [error.code, error.details] : error
}

describe('the road', () => {
  it('answers with the record, its version and what happened', async () => {
    const kernel = toyKernel()
    await kernel.found()
    const answer = await kernel.door().run(box, put('b1', 'pen'))
    expect(answer).toEqual({ id: 'b1', version: 1, events: ['box.filled'] })
    expect(await things(kernel, 'b1')).toEqual(['pen'])
  })

  it('refuses a malformed command with paths and without values', async () => {
    const kernel = toyKernel()
    await kernel.found()
    const refusal = await refusalOf(
      kernel.door().run(box, put('b1', 'pen', { owner: 17, more: 'secret' })),
    )
    expect(refusal).toEqual(['command.malformed', { slice: 'box', paths: expect.any(Array) }])
    expect(JSON.stringify(refusal)).not.toMatch(/secret|17/)
    expect(JSON.stringify(refusal)).toMatch(/owner/)
  })

  it('refuses a tenant that was never founded', async () => {
    const kernel = toyKernel({}, { founded: false })
    expect(await refusalOf(kernel.door().run(box, put('b1', 'pen')))).toEqual([
      'tenant.unknown',
      { tenant: 'a' },
    ])
    expect(await kernel.store.tenants(undefined, 9)).toEqual([])
  })

  it('answers the same cause the same, and refuses it with another payload', async () => {
    const kernel = toyKernel()
    await kernel.found()
    const door = kernel.door()
    const first = await door.run(box, put('b1', 'pen'), { cause: 'k' })
    await door.run(box, put('b1', 'ink'))
    const reordered = { thing: 'pen', box: 'b1', type: 'put' }
    expect(await door.run(box, reordered, { cause: 'k' })).toEqual(first)
    expect(await refusalOf(door.run(box, put('b1', 'cap'), { cause: 'k' }))).toEqual([
      'cause.reused',
      { cause: 'host:k' },
    ])
    expect(await things(kernel, 'b1')).toEqual(['pen', 'ink'])
  })

  it('holds one cause to its plain payload, though it is sealed differently each time', async () => {
    const kernel = toyKernel()
    await kernel.found()
    const door = kernel.door()
    const first = await door.run(box, put('b1', 'pen', { owner: '王秀英' }), { cause: 'k' })
    expect(await door.run(box, put('b1', 'pen', { owner: '王秀英' }), { cause: 'k' })).toEqual(
      first,
    )
    const other = door.run(box, put('b1', 'pen', { owner: '王秀兰' }), { cause: 'k' })
    expect((await refusalOf(other)) as unknown[]).toEqual(['cause.reused', { cause: 'host:k' }])
  })

  it('keeps a cause to its tenant', async () => {
    const kernel = toyKernel()
    await kernel.found('a')
    await kernel.found('b')
    await kernel.door().run(box, put('b1', 'pen'), { cause: 'k' })
    const other = await kernel.door(undefined, 'b').run(box, put('b1', 'ink'), { cause: 'k' })
    expect(other.version).toBe(1)
  })

  it('lets a refused command be tried again under its cause', async () => {
    const kernel = toyKernel()
    await kernel.found()
    const door = kernel.door()
    const move = { type: 'move', from: 'b1', to: 'b2', thing: 'pen' }
    expect(await refusalOf(door.run(box, move, { cause: 'k' }))).toEqual(['box.has-it-not', {}])
    await door.run(box, put('b1', 'pen'))
    expect(await door.run(box, move, { cause: 'k' })).toMatchObject({ id: 'b1', version: 2 })
  })

  it('changes two records of one command together', async () => {
    const kernel = toyKernel()
    await kernel.found()
    const door = kernel.door()
    await door.run(box, put('b1', 'pen'))
    await door.run(box, { type: 'move', from: 'b1', to: 'b2', thing: 'pen' })
    expect([await things(kernel, 'b1'), await things(kernel, 'b2')]).toEqual([[], ['pen']])
  })

  it('follows what a record says it became, however long the chain', async () => {
    const kernel = toyKernel()
    await kernel.found()
    const become = (id: string, into: string) => ({
      cause: `link-${id}`,
      reads: [],
      changes: [
        {
          key: { kind: 'box', id },
          version: 0,
          state: { status: 'box', things: [], into },
          entries: [],
        },
      ],
      events: [],
    })
    await kernel.store.commit(
      'a',
      ['b1', 'b2', 'b3'].map((id, n) => become(id, `b${n + 2}`)),
    )
    expect(await kernel.door().run(box, put('b1', 'pen'))).toMatchObject({ id: 'b4' })
  })

  it('decides a batch in order, each on what the ones before it left', async () => {
    const kernel = toyKernel()
    await kernel.found()
    const inputs = [
      put('b1', 'pen'),
      put('b1', 'pen'),
      { type: 'move', from: 'b1', to: 'b2', thing: 'pen' },
      put('b1', 'ink'),
    ]
    const outcomes = await kernel
      .door()
      .runMany(inputs.map((input) => ({ asks: [{ slice: box, input }] })))
    expect(outcomes.map((outcome) => (outcome instanceof Refusal ? outcome.code : 'done'))).toEqual(
      ['done', 'box.has-it', 'done', 'done'],
    )
    expect([await things(kernel, 'b1'), await things(kernel, 'b2')]).toEqual([['ink'], ['pen']])
  })

  it('commits the commands of one request together or not at all', async () => {
    const kernel = toyKernel()
    await kernel.found()
    const door = kernel.door()
    const [refused] = await door.runMany([
      {
        asks: [
          { slice: box, input: put('b1', 'pen') },
          { slice: box, input: put('b1', 'pen') },
        ],
      },
    ])
    expect(refused).toMatchObject({ code: 'box.has-it' })
    expect(await things(kernel, 'b1')).toBeUndefined()
    const bound = { type: 'add', thing: 'label' }
    const [done] = await door.runMany([
      {
        asks: [
          { slice: box, input: put('b1', 'pen') },
          { slice: shelf, input: bound, bind: { shelf: 0 } },
        ],
      },
    ])
    expect(done).toMatchObject({ answers: [{ id: 'b1' }, { id: 'b1', events: ['shelf.added'] }] })
  })

  it('decides again when a record it read was changed before its commit', async () => {
    const inner = memoryStore()
    let disturb = async () => {}
    const store: Store = {
      ...inner,
      commit: async (tenant, units) => {
        const meanwhile = disturb
        disturb = async () => {}
        await meanwhile()
        return inner.commit(tenant, units)
      },
    }
    const kernel = toyKernel({}, { store })
    const other = toyKernel({}, { store: inner, cipher: kernel.parts.cipher })
    await kernel.found()
    disturb = async () =>
      void (await other.door().run(shelf, { type: 'add', shelf: 's', thing: 'book' }))
    await kernel.door().run(box, { type: 'count', box: 'b1', other: 's' })
    expect(await things(kernel, 'b1')).toEqual(['b1+1'])
    disturb = async () => void (await other.door().run(box, put('b2', 'pen')))
    expect(await refusalOf(kernel.door().run(box, put('b2', 'pen')))).toEqual(['box.has-it', {}])
  })

  it('says so when others are faster every time', async () => {
    const inner = memoryStore()
    let stubborn = false
    const store: Store = {
      ...inner,
      commit: async (tenant, units) =>
        stubborn ? units.map(() => 'conflict' as const) : inner.commit(tenant, units),
    }
    const kernel = toyKernel({}, { store })
    await kernel.found()
    stubborn = true
    expect(await refusalOf(kernel.door().run(box, put('b1', 'pen')))).toEqual([
      'store.contended',
      {},
    ])
  })
})
