import { produce } from 'immer'
import { match } from 'ts-pattern'
import type { Message, MessageEvent } from './schema.ts'

type Asked = Exclude<Message, { status: 'none' }>
type Later = Exclude<MessageEvent, { type: 'message.asked' }>

export const evolve = (message: Message, event: MessageEvent): Message => {
  if (event.type === 'message.asked') {
    const { type: _, at: askedAt, ...content } = event
    return { status: 'asked', ...content, askedAt, attempts: 0 }
  }
  return produce(message, (draft) => {
    if (draft.status !== 'none') change(draft, event)
  })
}

const change = (asked: Asked, event: Later): void =>
  match(event)
    .with({ type: 'message.claimed' }, ({ type: _, ...claim }) => {
      Object.assign(asked, { status: 'claimed', claim, attempts: asked.attempts + 1 })
    })
    .with({ type: 'message.deferred' }, ({ notBefore }) => {
      asked.status = 'asked'
      asked.notBefore = notBefore
      delete asked.claim
    })
    .with({ type: 'message.sent' }, ({ at, providerId }) => {
      asked.status = 'sent'
      asked.closedAt = at
      if (providerId !== undefined) asked.providerId = providerId
    })
    .with({ type: 'message.receipt-recorded' }, ({ type: _, ...receipt }) => {
      asked.receipt = receipt
    })
    .with({ type: 'message.failed' }, ({ at, reason }) => {
      Object.assign(asked, { status: 'failed', closedAt: at, reason })
    })
    .with({ type: 'message.cancelled' }, ({ at, reason }) => {
      Object.assign(asked, { status: 'cancelled', closedAt: at, reason })
    })
    .with({ type: 'message.skipped' }, ({ at, reason }) => {
      Object.assign(asked, { status: 'skipped', closedAt: at, reason })
    })
    .exhaustive()
