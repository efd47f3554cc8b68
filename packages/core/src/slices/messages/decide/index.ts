import { match } from 'ts-pattern'
import { localDay } from '../../../kernel/local-day.ts'
import { refuse } from '../../../kernel/refusal.ts'
import type { Context } from '../../../kernel/slice.ts'
import { withoutWords } from '../../../kernel/tree.ts'
import type { Message, MessageCommand, MessageEvent } from '../schema.ts'
import { afterQuietHours } from './quiet-hours.ts'
import { destinationOf } from './recipient.ts'

type Asked = Exclude<Message, { status: 'none' }>

const claimSeconds = 60
const retryMinutes = [1, 5, 30, 120, 720]

const later = (now: string, seconds: number) =>
  new Date(Date.parse(now) + seconds * 1000).toISOString()

export const decide = (message: Message, command: MessageCommand, context: Context<Message>) => {
  if (command.type === 'ask') return message.status === 'none' ? ask(command, context) : []
  if (message.status === 'none') return refuse('message.unknown', { message: context.id })
  return carryOn(message, command, context)
}

const ask = (
  { type: _, message: __, ...said }: Extract<MessageCommand, { type: 'ask' }>,
  { now }: Context<Message>,
): MessageEvent[] => [{ type: 'message.asked', ...said, notBefore: said.notBefore ?? now, at: now }]

const carryOn = (
  asked: Asked,
  command: Exclude<MessageCommand, { type: 'ask' }>,
  context: Context<Message>,
) =>
  match(command)
    .returnType<MessageEvent[]>()
    .with({ type: 'claim' }, ({ token }) => {
      if (isOver(asked)) return []
      const isRunning = asked.status === 'claimed' && (asked.claim?.expires ?? '') > context.now
      return isRunning ? [] : claim(asked, token, context)
    })
    .with({ type: 'close' }, ({ token, delivery }) =>
      asked.status === 'claimed' && asked.claim?.token === token
        ? close(asked, delivery, context.now)
        : refuse('message.claim-lost', { message: context.id }),
    )
    .with({ type: 'cancel' }, ({ reason }) =>
      isOver(asked) ? [] : [{ type: 'message.cancelled', at: context.now, reason }],
    )
    .with({ type: 'record-receipt' }, ({ arrived, code }) => {
      if (asked.status !== 'sent') return refuse('message.not-sent', { message: context.id })
      const { receipt } = asked
      if (receipt?.arrived || (receipt && !arrived && receipt.code === code)) return []
      const said = { arrived, ...(code !== undefined && { code }) }
      return [{ type: 'message.receipt-recorded', ...said, at: context.now }]
    })
    .exhaustive()

const isOver = ({ status }: Asked) => status !== 'asked' && status !== 'claimed'

/** Everything that may have changed since the message was asked for is looked at again here. */
const claim = (
  asked: Asked,
  token: string,
  { now, policy, other }: Context<Message>,
): MessageEvent[] => {
  if (asked.until !== undefined && asked.until < now) {
    return [{ type: 'message.skipped', at: now, reason: 'stale' }]
  }
  const day = localDay(policy.zone, now)
  const destination = destinationOf(asked, { day, channels: policy.channels.patients }, other)
  if ('cancelled' in destination) {
    return [{ type: 'message.cancelled', at: now, reason: destination.cancelled }]
  }
  if ('failed' in destination)
    return [{ type: 'message.failed', at: now, reason: destination.failed }]
  const quietUntil = 'patient' in asked.to ? afterQuietHours(policy, now) : now
  if (quietUntil > now) {
    return [{ type: 'message.deferred', notBefore: quietUntil, reason: 'quiet-hours' }]
  }
  const expires = later(now, claimSeconds)
  // Nobody looks a message up by its address, and words would outlast the person's erasure.
  const to = withoutWords(destination)
  return [{ type: 'message.claimed', token, expires, locale: policy.locale, ...to }]
}

const close = (
  { attempts }: Asked,
  { outcome, providerId }: Extract<MessageCommand, { type: 'close' }>['delivery'],
  now: string,
): MessageEvent[] =>
  match(outcome)
    .returnType<MessageEvent[]>()
    .with('sent', () => [
      { type: 'message.sent', at: now, ...(providerId !== undefined && { providerId }) },
    ])
    .with('rejected', () => [{ type: 'message.failed', at: now, reason: 'rejected' }])
    .with('try-later', 'unknown', (reason) => {
      const minutes = retryMinutes[attempts - 1]
      return minutes === undefined
        ? [{ type: 'message.failed', at: now, reason: `gave-up-after-${reason}` }]
        : [{ type: 'message.deferred', notBefore: later(now, minutes * 60), reason }]
    })
    .exhaustive()
