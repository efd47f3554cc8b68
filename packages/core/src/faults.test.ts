import { describe, expect, it } from 'vitest'
import { createCrm } from './create-crm.ts'
import { calls, methodsOf } from './every-method.fixture.ts'
import {
  type Bench,
  expectSame,
  filled,
  isDocumented,
  type Place,
  type Run,
  runOn,
  selfSufficient,
} from './faults.fixture.ts'
import { type Fault, faults, faultyStore } from './faulty-store.fixture.ts'
import { copyOf, surroundings } from './filled-hospital.fixture.ts'
import { box, toyKernel } from './kernel/toy.fixture.ts'
import { memoryStore } from './memory/store.ts'

/** The error of the driver below, which no caller can have made up. */
const reset = Object.assign(new Error('the connection was reset'), { code: 'ECONNRESET' })
const placed = async (): Promise<Place> => ({ ...(await copyOf(filled)), around: surroundings() })
const still = new Map<string, Promise<Place>>()
const bench: Bench<Fault> = {
  renew: (name, isReading) => {
    const place = (isReading && still.get(name)) || placed()
    if (isReading) still.set(name, place)
    return place
  },
  spoil: ({ store }, { call, fault, meanwhile }) => {
    const failing = { ...(call && { call }), ...(fault && { fault }), meanwhile, error: reset }
    const { store: faulty, calls, reconnect } = faultyStore(store, failing)
    return { store: faulty, calls, mend: reconnect }
  },
  deadly: ['lost', 'dropped'],
}

/** What a method gives, and leaves behind, when nothing goes wrong. */
const clean = new Map<string, Run>()
for (const name of Object.keys(calls)) clean.set(name, await runOn(bench, name))

const points = [...clean].map(([name, { asked }]) => [name, asked, asked * faults.length] as const)
const total = points.reduce((sum, [, , count]) => sum + count, 0)

describe(`over a store that fails, at ${total} points, a method of the crm`, () => {
  it('is every method there is', () => {
    expect(Object.keys(calls).sort()).toEqual(methodsOf(createCrm()).sort())
    const failing = [...clean].filter(([, { first }]) => first.error)
    expect(failing.map(([name, { first }]) => [name, String(first.error)])).toEqual([])
  })

  it.each(points)(
    '%s ends the same with each of its %i calls gone wrong in each way: %i points',
    async (name, asked, count) => {
      const { seen: seenOf, first, isReading } = clean.get(name) as Run
      const expected = seenOf(first)
      let seen = 0
      for (const fault of faults) {
        for (let at = 1; at <= asked; at += 1) {
          const point = `${name}, call ${at} ${fault}`
          const found = await runOn(bench, name, { at, fault, isReading })
          const { error } = found.first
          // Who was only kept waiting is told no error.
          if (!error || fault === 'slow') expectSame(point, found.seen(found.first), expected)
          else expect([point, error === reset || isDocumented(error)]).toEqual([point, true])
          expectSame(`${point}, again`, found.seen(found.last), expected)
          seen += 1
        }
      }
      expect([seen, seen > 0]).toEqual([count, !selfSufficient.includes(name)])
    },
  )
})

describe('a call made twice at once', () => {
  /** A box that has become another, which is looked for only when the first has been seen. */
  const moved = async () => {
    const store = memoryStore()
    const other = toyKernel({}, { store })
    await other.found()
    const state = { status: 'box', things: [], into: 'b2' }
    const changes = [{ key: { kind: 'box', id: 'b1' }, version: 0, state, entries: [] }]
    await store.commit('a', [{ cause: 'moved', reads: [], changes, events: [] }])
    return { store, other }
  }
  const put = { type: 'put', box: 'b1', thing: 'pen' }

  it('is not refused for what it has done itself, wherever the other overtakes it', async () => {
    for (let call = 1; ; call += 1) {
      const { store, other } = await moved()
      const ask = ({ door }: typeof other) => door().run(box, put, { cause: 'k' })
      const answers: unknown[] = []
      const meanwhile = async () => answers.push(await ask(other))
      const slow = faultyStore(store, { call, fault: 'slow', meanwhile })
      const { cipher } = other.parts
      answers.push(await ask(toyKernel({}, { store: slow.store, cipher })))
      if (slow.calls() < call) return expect(call).toBeGreaterThan(4)
      expect(answers).toEqual([answers[0], answers[0]])
      expect(answers[0]).toMatchObject({ id: 'b2', version: 1 })
    }
  })
})
