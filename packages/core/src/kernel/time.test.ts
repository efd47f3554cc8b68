import { describe, expect, it } from 'vitest'
import { memoryCipher } from '../memory/cipher.ts'
import { memoryStore } from '../memory/store.ts'
import type { Effect } from './effect.ts'
import { raise } from './flow.ts'
import type { Tick } from './tick.ts'
import { type Box, box, toyKernel } from './toy.fixture.ts'

const wakes: Tick = {
  name: 'wakes',
  kind: 'box',
  index: 'wake',
  equals: [],
  raise: ({ key: { id } }) => raise(box, id, { type: 'wake', box: id }),
}
const put = (id: string, more: object) => ({ type: 'put', box: id, thing: 'pen', ...more })
const stateOf = async ({ door }: ReturnType<typeof toyKernel>, id: string) =>
  (await door().get(box, id))?.state as Box & { things: string[] }

describe('ticks', () => {
  it('raise what is due by now, once, and leave what is to come', async () => {
    const kernel = toyKernel({ ticks: [wakes] })
    await kernel.found()
    await kernel.door().run(box, put('soon', { wake: '2026-03-02T00:00:30.000Z' }))
    await kernel.door().run(box, put('later', { wake: '2026-03-02T00:02:00.000Z' }))
    expect(await kernel.tick('a')).toBe(0)
    kernel.clock.pass(30)
    expect(await kernel.tick('a')).toBe(1)
    expect(await kernel.tick('a')).toBe(0)
    expect((await stateOf(kernel, 'soon')).things).toEqual(['pen', 'woken'])
    expect((await stateOf(kernel, 'later')).things).toEqual(['pen'])
  })

  it('are harmless from two workers at once, and cope with a thousand due', async () => {
    const store = memoryStore()
    const cipher = memoryCipher()
    const workers = [
      toyKernel({ ticks: [wakes] }, { store, cipher }),
      toyKernel({ ticks: [wakes] }, { store, cipher }),
    ]
    const [first, second] = workers as [ReturnType<typeof toyKernel>, ReturnType<typeof toyKernel>]
    await first.found()
    const wake = '2026-03-02T00:00:30.000Z'
    const ids = Array.from({ length: 1200 }, (_, n) => `b${n}`)
    await first
      .door()
      .runMany(ids.map((id) => ({ asks: [{ slice: box, input: put(id, { wake }) }] })))
    first.clock.pass(60)
    second.clock.pass(60)
    await Promise.all([first.tick('a'), second.tick('a')])
    const states = await first.door().getMany(box, ids)
    expect(states.every((seen) => JSON.stringify(seen?.state).split('woken').length === 2)).toBe(
      true,
    )
  })
})

describe('effects', () => {
  const effect = (perform: Effect['perform']): Effect => ({
    name: 'works',
    kind: 'box',
    index: 'work',
    equals: [],
    claim: ({ key: { id } }, token) => raise(box, id, { type: 'claim', box: id, token }),
    claimed: (state, token) => (state as { claim?: string }).claim === token,
    perform,
    close: (id, token) => raise(box, id, { type: 'close', box: id, token }),
  })
  const work = '2026-03-02T00:00:00.000Z'

  it('are performed between claim and close, with personal data opened', async () => {
    const seen: unknown[] = []
    const kernel = toyKernel({
      effects: [
        effect(async (_tenant, claimed) => {
          seen.push(...claimed)
          return claimed.map(() => null)
        }),
      ],
    })
    await kernel.found()
    await kernel.door().run(box, put('b1', { work, owner: '王秀英' }))
    expect(await kernel.perform('a')).toBe(1)
    expect(seen).toMatchObject([{ id: 'b1', state: { owner: '王秀英' } }])
    expect(await kernel.perform('a')).toBe(0)
    const log = await kernel.store.events('a', { after: 0, limit: 99 })
    expect(log.map(({ type }) => type)).toEqual(['box.filled', 'box.claimed', 'box.closed'])
  })

  it('leave the claim to whoever claims next when the performer dies', async () => {
    const store = memoryStore()
    const dies = toyKernel(
      { effects: [effect(() => Promise.reject(new Error('killed')))] },
      { store },
    )
    await dies.found()
    await dies.door().run(box, put('b1', { work }))
    await expect(dies.perform('a')).rejects.toThrow('killed')
    const done: string[] = []
    const lives = effect(async (_tenant, claimed) => {
      done.push(...claimed.map(({ id }) => id))
      return claimed.map(() => null)
    })
    const second = toyKernel({ effects: [lives] }, { store, cipher: dies.parts.cipher })
    expect(await second.perform('a')).toBe(1)
    expect(done).toEqual(['b1'])
  })

  it('refuse the late word of a performer whose claim another has taken', async () => {
    const kernel = toyKernel()
    await kernel.found()
    const door = kernel.door()
    await door.run(box, put('b1', { work }))
    await door.run(box, { type: 'claim', box: 'b1', token: 'one' })
    await door.run(box, { type: 'claim', box: 'b1', token: 'two' })
    await expect(door.run(box, { type: 'close', box: 'b1', token: 'one' })).rejects.toMatchObject({
      code: 'box.claim-lost',
    })
    expect(await door.run(box, { type: 'close', box: 'b1', token: 'two' })).toMatchObject({
      version: 4,
    })
  })
})

describe('a restoration', () => {
  it('puts a record back as an event of its own, findable as before', async () => {
    const kernel = toyKernel()
    await kernel.found()
    const door = kernel.door()
    await door.run(box, put('b1', { owner: '王秀英' }))
    await door.run(box, { type: 'put', box: 'b1', thing: 'ink', owner: '李娜' })
    const answer = await door.restore(box, 'b1', 1, { cause: 'undo' })
    expect(answer).toEqual({ id: 'b1', version: 3, events: ['box.restored'] })
    expect(await door.restore(box, 'b1', 1, { cause: 'undo' })).toEqual(answer)
    expect((await door.get(box, 'b1', { open: true }))?.state).toMatchObject({
      owner: '王秀英',
      things: ['pen'],
    })
    const equals = [await door.blind('name', '王秀英')]
    expect((await door.list(box, { index: 'owner', equals, limit: 5 })).items).toHaveLength(1)
    const [, , restored] = await door.history(box, 'b1')
    expect(restored).toMatchObject({
      type: 'box.restored',
      data: { before: { things: ['pen', 'ink'] } },
    })
  })

  it('goes back over an earlier restoration', async () => {
    const kernel = toyKernel()
    await kernel.found()
    const door = kernel.door()
    for (const thing of ['a', 'b', 'c']) await door.run(box, { type: 'put', box: 'b1', thing })
    await door.restore(box, 'b1', 1)
    await door.run(box, { type: 'put', box: 'b1', thing: 'd' })
    await door.restore(box, 'b1', 4)
    expect((await stateOf(kernel, 'b1')).things).toEqual(['a'])
    await door.restore(box, 'b1', 3)
    expect((await stateOf(kernel, 'b1')).things).toEqual(['a', 'b', 'c'])
  })

  it('refuses a version that is none', async () => {
    const kernel = toyKernel()
    await kernel.found()
    const door = kernel.door()
    await door.run(box, put('b1', {}))
    for (const version of [0, 1, 2]) {
      await expect(door.restore(box, 'b1', version)).rejects.toMatchObject({
        code: 'record.no-such-version',
      })
    }
  })
})
