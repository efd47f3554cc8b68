import type { OutgoingMessage } from '@hospital-crm/core'
import { describe, expect, it } from 'vitest'
import { type Attempt, type LaneOptions, outsideKey, sendInLanes } from './lanes.ts'

const message = (id: string, to = 'one'): OutgoingMessage => ({ id, to, text: id })

/** Lanes that write down what happens on them; `answer` may hold a message back. */
const opened = (
  answer: (message: OutgoingMessage) => Attempt | Promise<Attempt> = () => ({ outcome: 'sent' }),
  options: LaneOptions = {},
) => {
  const happened: string[] = []
  let busy = 0
  let busiest = 0
  const open = () => {
    happened.push('open')
    return {
      send: async (each: OutgoingMessage) => {
        busy += 1
        busiest = Math.max(busiest, busy)
        await new Promise<void>((soon) => setImmediate(soon))
        happened.push(each.id)
        busy -= 1
        return answer(each)
      },
      close: () => void happened.push('close'),
    }
  }
  return { send: sendInLanes('test', open, options), happened, busiest: () => busiest }
}

describe('messages in lanes', () => {
  it('go out to several addresses at once, and to one in their order', async () => {
    const { send, happened, busiest } = opened(undefined, { width: 3 })
    const batch = ['a1', 'b1', 'a2', 'c1', 'd1', 'b2', 'a3'].map((id) => message(id, id[0]))
    expect(await send(batch)).toEqual(batch.map(() => ({ outcome: 'sent' })))
    expect(busiest()).toBe(3)
    const to = (address: string) =>
      happened.filter((each) => /\d/.test(each) && each[0] === address).join(' ')
    expect([...'abcd'].map(to)).toEqual(['a1 a2 a3', 'b1 b2', 'c1', 'd1'])
    expect(happened.filter((each) => each === 'close')).toHaveLength(3)
  })

  it('are answered in the order they were given', async () => {
    const { send } = opened(({ id }) => ({ outcome: 'sent', providerId: `p-${id}` }))
    const ids = ['x', 'y', 'z', 'y2', 'x2']
    const deliveries = await send(ids.map((id) => message(id, id[0])))
    expect(deliveries.map(({ providerId }) => providerId)).toEqual(ids.map((id) => `p-${id}`))
  })

  it('that left are not sent again, those that did not are', async () => {
    const answers: Attempt[] = [{ outcome: 'unknown' }, { outcome: 'sent', providerId: 'p' }]
    const { send, happened } = opened(() => answers.shift() ?? { outcome: 'rejected' })
    expect(await send([message('m')])).toEqual([{ outcome: 'unknown' }])
    for (const _ of [1, 2]) {
      expect(await send([message('m')])).toEqual([{ outcome: 'sent', providerId: 'p' }])
    }
    expect(happened.filter((each) => each === 'm')).toHaveLength(2)
  })

  it('of two hospitals that use one id both leave', async () => {
    const { send } = opened(({ to }) => ({ outcome: 'sent', providerId: to }))
    for (const to of ['one', 'two']) {
      expect(await send([message('m', to)])).toEqual([{ outcome: 'sent', providerId: to }])
    }
  })

  it('that are on their way are waited for, not sent beside themselves', async () => {
    const { send, happened } = opened()
    const both = await Promise.all([send([message('m')]), send([message('m'), message('m')])])
    expect(both.flat()).toEqual(Array(3).fill({ outcome: 'sent' }))
    expect(happened.filter((each) => each === 'm')).toHaveLength(1)
  })

  it('are not begun when the time is over', async () => {
    const { send, happened } = opened(undefined, { within: 0 })
    expect(await send([message('a'), message('b', 'two')])).toEqual([
      { outcome: 'try-later' },
      { outcome: 'try-later' },
    ])
    expect(happened.toSorted()).toEqual(['close', 'close', 'open', 'open'])
  })

  it('on a lane that breaks may have left, and those behind go on', async () => {
    const { send } = opened(({ id }) => {
      if (id === 'a') throw new Error('15400000001')
      return { outcome: 'sent' }
    })
    expect(await send([message('a'), message('b')])).toEqual([
      { outcome: 'unknown' },
      { outcome: 'sent' },
    ])
  })

  it('that did not leave are logged by id and code, never by more', async () => {
    const logged: unknown[] = []
    const log = (...line: unknown[]) => logged.push(line)
    const logger = { info: log, warn: log }
    const codes = ['isv.X-1', undefined, '15400000001', 'a b', 'x'.repeat(65)]
    const { send } = opened(
      ({ id }) => {
        const code = codes[Number(id)]
        return { outcome: 'try-later', ...(code !== undefined && { code }) }
      },
      { logger },
    )
    const deliveries = await send(codes.map((_, at) => message(String(at), '15400000002')))
    expect(deliveries).toEqual(codes.map(() => ({ outcome: 'try-later' })))
    expect(logged.flat().filter((each) => typeof each === 'object')).toEqual(
      ['isv.X-1', ...Array(4).fill('unnamed')].map((code, at) => {
        return { channel: 'test', message: String(at), outcome: 'try-later', code }
      }),
    )
  })
})

it('knows a message outside by a key of its own that tells nothing of it', () => {
  const due = message('due:V1#1/three/1')
  expect(outsideKey(due)).toMatch(/^[0-9a-f]{32}$/)
  expect(outsideKey(due)).toBe(outsideKey({ ...due, subject: 'again' }))
  const others = [due, { ...due, id: 'x' }, { ...due, to: 'x' }, { ...due, text: 'x' }]
  expect(new Set(others.map(outsideKey)).size).toBe(4)
})
