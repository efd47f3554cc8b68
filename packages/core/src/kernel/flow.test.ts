import { describe, expect, it } from 'vitest'
import { memoryStore } from '../memory/store.ts'
import type { Store } from '../ports/store.ts'
import { flow, raise } from './flow.ts'
import { takeLease } from './lease.ts'
import { givenUpAfter, type Parked, parkedKind, redrive } from './parked.ts'
import { box, shelf, toyKernel } from './toy.fixture.ts'

type Filled = { type: 'box.filled'; thing: string }

const copies = flow<Filled>('copies', 'box.filled', ({ key, event }) => [
  raise(shelf, key.id, { type: 'add', shelf: key.id, thing: event.thing }),
  raise(shelf, 'all', { type: 'add', shelf: 'all', thing: `${key.id}/${event.thing}` }),
])
const put = (id: string, thing: string, more = {}) => ({ type: 'put', box: id, thing, ...more })
const on = async ({ door }: ReturnType<typeof toyKernel>, id: string) =>
  (await door().get(shelf, id))?.state.things

/** A store that dies for good at its nth call, before or after doing what it was asked. */
const dying = (inner: Store, call: number, when: 'before' | 'after'): Store => {
  let calls = 0
  const wrap =
    <Args extends unknown[], T>(method: (...args: Args) => Promise<T>) =>
    async (...args: Args): Promise<T> => {
      calls += 1
      if (calls > call || (calls === call && when === 'before'))
        throw new Error('the store is gone')
      const answer = await method(...args)
      if (calls === call) throw new Error('the store is gone')
      return answer
    }
  const { load, commit, list, events } = inner
  return {
    ...inner,
    load: wrap(load),
    commit: wrap(commit),
    list: wrap(list),
    events: wrap(events),
  }
}

describe('flows', () => {
  it('have run when the command returns', async () => {
    const kernel = toyKernel({ flows: [copies] })
    await kernel.found()
    await kernel.door().run(box, put('b1', 'pen'))
    expect([await on(kernel, 'b1'), await on(kernel, 'all')]).toEqual([['pen'], ['b1/pen']])
  })

  it('do nothing a second time, however often the pump goes', async () => {
    const kernel = toyKernel({ flows: [copies] })
    await kernel.found()
    await kernel.door().run(box, put('b1', 'pen'))
    expect(await kernel.pump('a')).toMatchObject({ busy: false, events: 3 })
    expect(await kernel.pump('a')).toMatchObject({ busy: false, events: 0 })
    expect(await on(kernel, 'all')).toEqual(['b1/pen'])
  })

  it('are finished by the pump after a crash at any call of the store', async () => {
    let finished = 0
    for (const when of ['before', 'after'] as const) {
      for (let call = 1; ; call += 1) {
        const store = memoryStore()
        const healthy = toyKernel({ flows: [copies] }, { store })
        await healthy.found()
        const { cipher } = healthy.parts
        const mortal = toyKernel({ flows: [copies] }, { store: dying(store, call, when), cipher })
        const command = () => mortal.door().run(box, put('b1', 'pen'), { cause: 'k' })
        const survived = await command().then(
          () => true,
          () => false,
        )
        await healthy.door().run(box, put('b1', 'pen'), { cause: 'k' })
        await healthy.pump('a')
        expect([await on(healthy, 'b1'), await on(healthy, 'all')]).toEqual([['pen'], ['b1/pen']])
        const log = await store.events('a', { after: 0, limit: 99 })
        expect(log.map(({ type }) => type)).toEqual(['box.filled', 'shelf.added', 'shelf.added'])
        finished += 1
        const calls = survived && call > 8
        if (calls) break
      }
    }
    expect(finished).toBeGreaterThan(10)
  })

  it('reach every record that a look-up finds: the first page at once, the rest by the pump', async () => {
    const marks = flow<Filled>(
      'marks',
      'box.filled',
      ({ event }, found) =>
        event.thing === 'bell'
          ? found.map(({ key }) =>
              raise(shelf, key.id, { type: 'add', shelf: key.id, thing: 'rung' }),
            )
          : [],
      ({ event }) =>
        event.thing === 'bell' ? { kind: 'box', index: 'keeper', equals: [['kim']] } : undefined,
    )
    const kernel = toyKernel({ flows: [marks] })
    await kernel.found()
    const ids = Array.from({ length: 450 }, (_, n) => `b${String(n).padStart(3, '0')}`)
    const requests = ids.map((id) => ({
      asks: [{ slice: box, input: put(id, 'pen', { keeper: 'kim' }) }],
    }))
    await kernel.door().runMany(requests)
    await kernel.door().run(box, put('bell', 'bell'))
    const rung = async () => (await kernel.door().getMany(shelf, ids)).filter(Boolean).length
    expect(await rung()).toBe(200)
    await kernel.pump('a')
    expect(await rung()).toBe(450)
    const all = await kernel.door().getMany(shelf, ids)
    expect(all.every((each) => each?.state.things.length === 1)).toBe(true)
  })

  const parked = async ({ store }: ReturnType<typeof toyKernel>, status: string) => {
    const query = { index: 'status', equals: [[status]], limit: 9 }
    const { items } = await store.list('a', parkedKind, query)
    return items.map(({ state }) => state as unknown as Parked)
  }
  const hour = async (kernel: ReturnType<typeof toyKernel>) => {
    for (let minute = 0; minute < 60; minute += 1) {
      kernel.clock.pass(60)
      await kernel.pump('a')
    }
  }

  it('keep a refused command apart, try it again with growing pauses, and give up in the log', async () => {
    const poisons = flow<Filled>('poisons', 'box.filled', ({ key, event }) => [
      raise(shelf, key.id, {
        type: 'add',
        shelf: key.id,
        thing: event.thing === 'bad' ? 'poison' : event.thing,
      }),
    ])
    const kernel = toyKernel({ flows: [poisons] })
    await kernel.found()
    await kernel.door().run(box, put('b1', 'bad'))
    await kernel.door().run(box, put('b2', 'good'))
    expect(await on(kernel, 'b2')).toEqual(['good'])
    expect(await parked(kernel, 'retrying')).toMatchObject([{ tries: 1, code: 'shelf.no-poison' }])
    await kernel.pump('a')
    expect(await parked(kernel, 'retrying')).toMatchObject([{ tries: 1 }])
    await hour(kernel)
    expect(await parked(kernel, 'retrying')).toEqual([])
    expect(await parked(kernel, 'parked')).toMatchObject([{ tries: givenUpAfter }])
    const log = await kernel.store.events('a', { after: 0, limit: 99 })
    expect(log.filter(({ type }) => type === 'parked.given-up')).toHaveLength(1)
  })

  const fragile = () => {
    const state = { broken: true }
    const breaks = flow<Filled>('fragile', 'box.filled', ({ key, event }) => {
      if (state.broken) throw new TypeError('a fault in a vendor’s flow')
      return [raise(shelf, key.id, { type: 'add', shelf: key.id, thing: event.thing })]
    })
    return { state, kernel: toyKernel({ flows: [breaks] }) }
  }

  it('park an event whose flow throws, and run it once it no longer does', async () => {
    const { state, kernel } = fragile()
    await kernel.found()
    expect(await kernel.door().run(box, put('b1', 'pen'))).toMatchObject({ version: 1 })
    expect(await on(kernel, 'b1')).toBeUndefined()
    state.broken = false
    kernel.clock.pass(120)
    await kernel.pump('a')
    expect(await on(kernel, 'b1')).toEqual(['pen'])
    await kernel.pump('a')
    expect(await on(kernel, 'b1')).toEqual(['pen'])
    expect(await parked(kernel, 'retrying')).toEqual([])
  })

  it('run again where they failed, though another worker has passed the event meanwhile', async () => {
    const { state, kernel } = fragile()
    await kernel.found()
    await kernel.door().run(box, put('b1', 'pen'))
    const other = toyKernel({ flows: [...kernel.parts.flows] }, { store: kernel.store })
    await other.pump('a')
    state.broken = false
    kernel.clock.pass(120)
    await kernel.pump('a')
    expect(await on(kernel, 'b1')).toEqual(['pen'])
  })

  it('can be redriven after they were given up', async () => {
    const { state, kernel } = fragile()
    await kernel.found()
    await kernel.door().run(box, put('b1', 'pen'))
    await hour(kernel)
    const [{ cause = '' } = {}] = await parked(kernel, 'parked')
    state.broken = false
    await kernel.pump('a')
    expect(await on(kernel, 'b1')).toBeUndefined()
    await redrive(kernel.store, 'a', cause, kernel.clock.now())
    await kernel.pump('a')
    expect(await on(kernel, 'b1')).toEqual(['pen'])
    expect(await parked(kernel, 'parked')).toEqual([])
  })

  it.each(['keys', 'decide', 'evolve', 'entries'] as const)(
    'hold up nothing else when a slice they command throws in its `%s`',
    async (part) => {
      const throwing = (...[first, second]: readonly unknown[]) => {
        const isBad = JSON.stringify([first, second]).includes('"bad"')
        if (isBad) throw new TypeError('李小明')
        const own = shelf[part as 'keys'] as ((...args: readonly unknown[]) => never) | undefined
        return own?.(first, second) ?? ([] as never)
      }
      const broken = { ...shelf, [part]: throwing }
      const fills = flow<Filled>('fills', 'box.filled', ({ key, event }) => [
        raise(broken, key.id, { type: 'add', shelf: key.id, thing: event.thing }),
      ])
      const kernel = toyKernel({ flows: [fills] })
      const told: unknown[] = []
      const warn = (...line: unknown[]) => void told.push(line)
      Object.assign(kernel.parts, { logger: { info: warn, warn } })
      await kernel.found()
      await kernel.door().runMany(
        ['bad', 'good'].map((thing, nth) => ({
          asks: [{ slice: box, input: put(`b${nth}`, thing) }],
        })),
      )
      await kernel.pump('a')
      expect(await on(kernel, 'b0')).toBeUndefined()
      expect(await on(kernel, 'b1')).toEqual(['good'])
      expect(await parked(kernel, 'retrying')).toMatchObject([{ tries: 1, code: 'command.failed' }])
      expect(JSON.stringify(told)).toContain('flow.test.ts')
      expect(JSON.stringify(told)).not.toContain('李小明')
    },
  )

  it('let one worker at the log, and another once the first has died', async () => {
    const store = memoryStore()
    const first = toyKernel({ flows: [copies] }, { store })
    await first.found()
    await first.door().run(box, put('b1', 'pen'))
    const lease = await takeLease(first.parts, 'a', 'pump')
    const second = toyKernel({ flows: [copies] }, { store })
    expect(await second.pump('a')).toMatchObject({ busy: true })
    second.clock.pass(21)
    expect(await second.pump('a')).toMatchObject({ busy: false })
    expect(await lease?.advance(99)).toBe(false)
  })
})
