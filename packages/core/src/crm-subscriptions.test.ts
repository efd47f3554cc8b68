import { describe, expect, it } from 'vitest'
import { createCrm } from './create-crm.ts'
import { packOf, refusalOf, testCrm } from './hospital.fixture.ts'
import { memoryChannel } from './memory/channel.ts'
import type { Delivery, OutgoingMessage } from './ports/channel.ts'

const wish = { channel: 'hook', to: 'https://his.example/hook', types: ['staff.unit-defined'] }

/** A hospital that tells by a channel which answers as it is told to; what arrived, by the unit it is about. */
const telling = async () => {
  const receiver: { answer: (message: OutgoingMessage) => Delivery['outcome'] } = {
    answer: () => 'sent',
  }
  const tries: string[] = []
  const unitOf = ({ text }: OutgoingMessage) => JSON.parse(text).subject.replace('staff/unit:', '')
  const hook = memoryChannel('hook', (message) => {
    tries.push(unitOf(message))
    return { outcome: receiver.answer(message) }
  })
  const made = await testCrm({ channels: [hook] })
  const define = async (...units: string[]) => {
    for (const unit of units)
      await made.crm.staff.defineUnit(unit, { kind: 'department', name: unit })
  }
  const arrived = () => hook.sent.map(unitOf)
  const answerFor = (unit: string, outcome: Delivery['outcome']) => {
    receiver.answer = (message) => (unitOf(message) === unit ? outcome : 'sent')
  }
  return { ...made, receiver, hook, tries, define, arrived, unitOf, answerFor }
}

describe('a subscriber', () => {
  it('is told of what they asked for, from then on, in order and once', async () => {
    const { crm, hook, define, arrived } = await telling()
    await define('before')
    await crm.subscriptions.subscribe('his', wish)
    await define('a', 'b')
    await crm.staff.enrol('li', {})
    expect(await crm.tell()).toBe(2)
    await define('c')
    expect((await crm.work()).told).toBe(1)
    expect(await crm.tell()).toBe(0)
    expect(arrived()).toEqual(['a', 'b', 'c'])
    const [first] = hook.sent
    const { events } = await crm.door.changes({ types: wish.types })
    const [, told] = events
    expect(first).toEqual({
      id: told?.id,
      to: wish.to,
      subject: 'staff.unit-defined',
      text: JSON.stringify(told),
    })
  })

  it('is told of many, page by page, and of nothing when only others were meant', async () => {
    const { crm, define, arrived } = await telling()
    await crm.subscriptions.subscribe('his', wish)
    const units = Array.from({ length: 450 }, (_, at) => `u${at}`)
    await define(...units)
    for (let turn = 0; turn < 3; turn += 1) await crm.tell()
    expect(arrived()).toEqual(units)
    for (let at = 0; at < 600; at += 1) await crm.staff.enrol(`s${at}`, {})
    await define('last')
    await crm.tell()
    expect(arrived().at(-1)).toBe('last')
  })

  it('that is not there is told later, in order, and of nothing twice that arrived', async () => {
    const { crm, clock, store, tries, define, arrived, answerFor } = await telling()
    await crm.subscriptions.subscribe('his', wish)
    await define('a', 'b', 'c')
    answerFor('b', 'try-later')
    await crm.work()
    expect(arrived()).toEqual(['a', 'c'])
    const before = tries.length
    await crm.work()
    expect(tries).toHaveLength(before)
    answerFor('', 'sent')
    await crm.work()
    expect(arrived()).toEqual(['a', 'c'])
    clock.pass(61)
    await crm.work()
    expect(arrived()).toEqual(['a', 'c', 'b'])
    const waiting = { index: 'status', equals: [['resending', 'parked']], limit: 9 }
    expect(await store.list('main', 'parked', waiting)).toEqual({ items: [] })
    await define('d')
    await crm.work()
    expect(arrived()).toEqual(['a', 'c', 'b', 'd'])
  })

  it('that never takes one event is told the others, and that one when it is redriven', async () => {
    const { crm, clock, define, arrived, answerFor } = await telling()
    await crm.subscriptions.subscribe('his', wish)
    await define('poison', 'b')
    answerFor('poison', 'unknown')
    for (let turn = 0; turn < 12; turn += 1) {
      await crm.work()
      clock.pass(150 * 60)
    }
    expect(arrived()).toEqual(['b'])
    const [letter, ...others] = await crm.parked()
    expect(letter).toMatchObject({
      cause: expect.stringMatching(/^feed:changes:his:\d+$/),
      code: 'unknown',
      tries: 12,
    })
    expect(others).toEqual([])
    await crm.redrive(letter?.cause ?? '')
    await crm.work()
    expect(arrived()).toEqual(['b'])
    clock.pass(3600)
    answerFor('', 'sent')
    await crm.work()
    expect(arrived()).toEqual(['b', 'poison'])
    expect(await crm.parked()).toEqual([])
    await crm.work()
    expect(arrived()).toHaveLength(2)
  })

  it('to whom nothing will ever arrive is suspended, and told all of it when resumed', async () => {
    const { crm, define, arrived, receiver } = await telling()
    await crm.subscriptions.subscribe('his', wish)
    await define('a')
    receiver.answer = () => 'rejected'
    await crm.work()
    await define('b')
    await crm.work()
    const { items } = await crm.subscriptions.list('suspended')
    expect(items).toMatchObject([{ id: 'his', state: { reason: 'rejected' } }])
    receiver.answer = () => 'sent'
    await crm.subscriptions.subscribe('his', { ...wish, to: 'https://his.example/new' })
    await crm.work()
    expect(arrived()).toEqual([])
    await crm.subscriptions.resume('his')
    await crm.work()
    expect(arrived()).toEqual(['a', 'b'])
  })

  it('does not wait for another one, nor for one of another hospital', async () => {
    const { crm, receiver, define, hook } = await telling()
    const east = crm.for({ tenant: 'east' })
    await east.hospitals.open({ name: 'East', zone: 'Asia/Shanghai', pack: packOf() })
    for (const desk of [crm, east])
      for (const to of ['dead', 'fine']) await desk.subscriptions.subscribe(to, { ...wish, to })
    receiver.answer = ({ to }) => (to === 'dead' ? 'try-later' : 'sent')
    await define('a')
    await east.staff.defineUnit('e', { kind: 'department', name: 'e' })
    await crm.work()
    const sources = hook.sent.map(({ to, text }) => [to, JSON.parse(text).source])
    expect(sources).toEqual([
      ['fine', '/tenants/east'],
      ['fine', '/tenants/main'],
    ])
  })

  it('is told by one of two workers, and by the other when the first has died', async () => {
    const { crm, clock, store, cipher, hook, define, arrived, receiver } = await telling()
    await crm.subscriptions.subscribe('his', wish)
    await define('a')
    const dying = memoryChannel('hook')
    const stuck = createCrm({
      ...{ store, cipher, clock },
      channels: [{ ...dying, send: () => new Promise(() => {}) }],
    })
    void stuck.tell()
    await crm.pump()
    expect(await crm.tell()).toBe(0)
    clock.pass(61)
    expect(await crm.tell()).toBe(1)
    expect([arrived(), hook.sent.length]).toEqual([['a'], 1])
    receiver.answer = () => {
      throw new Error('broken')
    }
    await define('b')
    expect(await crm.tell()).toBe(0)
  })

  it('waits for a worker that has the channel', async () => {
    const { crm, clock, store, cipher, define, arrived } = await telling()
    await crm.subscriptions.subscribe('his', wish)
    await define('a')
    await createCrm({ store, cipher, clock }).work()
    expect(arrived()).toEqual([])
    await crm.work()
    expect(arrived()).toEqual(['a'])
  })
})

describe('a subscription', () => {
  it('may be asked for again, changed, ended, and not begun anew', async () => {
    const { crm } = await telling()
    const subscribe = (more = {}) => crm.subscriptions.subscribe('his', { ...wish, ...more })
    expect((await subscribe()).events).toEqual(['subscription.made'])
    expect((await subscribe()).events).toEqual([])
    expect((await subscribe({ types: ['*'] })).events).toEqual(['subscription.changed'])
    expect((await crm.subscriptions.resume('his')).events).toEqual([])
    expect((await crm.subscriptions.end('his')).events).toEqual(['subscription.ended'])
    expect((await crm.subscriptions.end('his')).events).toEqual([])
    expect(await refusalOf(subscribe())).toBe('subscription.ended')
    expect(await refusalOf(crm.subscriptions.end('other'))).toBe('subscription.unknown')
    expect(await refusalOf(subscribe({ types: ['Anything'] }))).toBe('command.malformed')
  })
})
