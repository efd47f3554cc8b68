import { describe, expect, it } from 'vitest'
import { memoryChannel } from '../../memory/channel.ts'
import type { Channel } from '../../ports/channel.ts'
import type { Json } from '../../ports/store.ts'
import { sending } from './index.ts'

const write = (locale: string, template: string, params: Readonly<Record<string, unknown>>) => {
  if (!('visit' in params)) throw new TypeError('a value is missing')
  return `${locale} ${template} ${params.visit}`
}
const claimed = (id: string, said: object = {}, claim: object = {}) => ({
  id,
  state: {
    template: 'due',
    params: { visit: 'V1' },
    claim: { channel: 'sms', address: '139', locale: 'zh-CN', ...claim },
    ...said,
  } as Json,
})
const perform = async (channels: readonly Channel[], ...items: ReturnType<typeof claimed>[]) =>
  (await sending(channels, write).perform('main', items)).map(
    (outcome) => (outcome as { outcome: string }).outcome,
  )

describe('claimed messages', () => {
  it('leave by the channel each was claimed for, under their own ids and in their order', async () => {
    const [sms, email] = [memoryChannel('sms'), memoryChannel('email')]
    const outcomes = await perform(
      [sms, email],
      claimed('a'),
      claimed('b', {}, { channel: 'email', address: 'x@y' }),
      claimed('c', { params: { visit: 'V2' } }),
    )
    expect(outcomes).toEqual(['sent', 'sent', 'sent'])
    expect(sms.sent).toMatchObject([
      { id: 'main/a', to: '139', text: 'zh-CN due V1', params: { visit: 'V1' } },
      { id: 'main/c', to: '139', text: 'zh-CN due V2', locale: 'zh-CN' },
    ])
    expect(email.sent.map(({ id, to }) => [id, to])).toEqual([['main/b', 'x@y']])
  })

  it('to an inbox are there already', async () => {
    expect(await perform([], claimed('a', {}, { channel: 'inbox', address: undefined }))).toEqual([
      'sent',
    ])
  })

  it('for a channel that this worker does not have cannot be sent', async () => {
    expect(await perform([memoryChannel('email')], claimed('a'))).toEqual(['rejected'])
  })

  it('that say nothing because a value is missing fail alone', async () => {
    const sms = memoryChannel('sms')
    const outcomes = await perform([sms], claimed('a'), claimed('b', { params: {} }), claimed('c'))
    expect(outcomes).toEqual(['sent', 'rejected', 'sent'])
    expect(sms.sent.map(({ id }) => id)).toEqual(['main/a', 'main/c'])
  })

  it('to somebody erased since the claim go nowhere', async () => {
    const sms = memoryChannel('sms')
    expect(await perform([sms], claimed('a', {}, { address: null }), claimed('b'))).toEqual([
      'rejected',
      'sent',
    ])
    expect(sms.sent.map(({ id }) => id)).toEqual(['main/b'])
  })

  it('may have left when the channel breaks or says too little', async () => {
    const broken: Channel = { name: 'sms', send: () => Promise.reject(new Error('gone')) }
    expect(await perform([broken], claimed('a'), claimed('b'))).toEqual(['unknown', 'unknown'])
    const silent: Channel = { name: 'sms', send: async () => [{ outcome: 'sent' }] }
    expect(await perform([silent], claimed('a'), claimed('b'))).toEqual(['sent', 'unknown'])
  })
})
