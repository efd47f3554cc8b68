import { policy, sealed, start } from '../../hospital.fixture.ts'
import { specify } from '../../testing/specify.ts'
import { message } from './index.ts'
import type { Message, MessageEvent, Recipient } from './schema.ts'

type Pack = Parameters<typeof policy>[0]

/** Persons and staff that a claim may look at, by `kind/id`. */
export const world = (records: Readonly<Record<string, object>>) =>
  Object.entries(records).map(([address, state]) => {
    const [kind = '', ...id] = address.split('/')
    return { key: { kind, id: id.join('/') }, state }
  })

export const given = (
  records: Readonly<Record<string, object>> = {},
  now = start,
  pack: Pack = {},
) => specify(message, { now, policy: policy(pack), others: world(records) })

export const phone = sealed('phone', '13800138000')
const { words: _, ...address } = phone

/** The telephone as a message keeps it: nobody finds the message by it. */
export { address }
export const alive = { status: 'person', phones: [phone], consents: {} }
export const to: Recipient = { patient: 'p' }

const content = { purpose: 'clinical', template: 'follow-up.due', params: { visit: 'v' } }

export const ask = (said: object = {}) => ({ type: 'ask', message: 'm', to, ...content, ...said })
export const claim = (token = 't1') => ({ type: 'claim', message: 'm', token })
export const close = (outcome: string, token = 't1', said: object = {}) => ({
  type: 'close',
  message: 'm',
  token,
  delivery: { outcome, ...said },
})
export const cancel = { type: 'cancel', message: 'm', reason: 'completed' }

export const asked = (said: object = {}): MessageEvent => ({
  type: 'message.asked',
  to,
  ...content,
  notBefore: start,
  at: start,
  ...said,
})
export const claimed = (said: object = {}): MessageEvent => ({
  type: 'message.claimed',
  token: 't1',
  expires: '2026-03-02T02:01:00.000Z',
  locale: 'zh-CN',
  recipient: 'patient/p',
  channel: 'sms',
  address,
  ...said,
})
export const deferred = (notBefore: string, reason: string): MessageEvent =>
  ({ type: 'message.deferred', notBefore, reason }) as MessageEvent
export const ended = (
  how: 'failed' | 'cancelled' | 'skipped',
  reason: string,
  at = start,
): MessageEvent => ({ type: `message.${how}`, at, reason })
export const sent = (at = start): MessageEvent => ({ type: 'message.sent', at })

export const stateAfter = (...events: MessageEvent[]) =>
  events.reduce<Message>(message.evolve, message.initial)
