import { match, P } from 'ts-pattern'
import { refuse } from '../../kernel/refusal.ts'
import type { Context } from '../../kernel/slice.ts'
import { canonical } from '../../kernel/tree.ts'
import type { Subscription, SubscriptionCommand, SubscriptionEvent } from './schema.ts'

export const decide = (
  known: Subscription,
  command: SubscriptionCommand,
  { id }: Context<Subscription>,
) =>
  match([known, command])
    .returnType<SubscriptionEvent[]>()
    .with([{ status: 'none' }, { type: 'subscribe' }], ([, { subscription: _, ...wish }]) => [
      { ...wish, type: 'subscription.made' },
    ])
    .with([{ status: 'none' }, P.any], () => refuse('subscription.unknown', { subscription: id }))
    .with([{ status: 'ended' }, { type: 'end' }], () => [])
    .with([{ status: 'ended' }, P.any], () => refuse('subscription.ended', { subscription: id }))
    .with([{ to: P.string }, { type: 'subscribe' }], ([was, { subscription: _, ...wish }]) => {
      const before = { channel: was.channel, to: was.to, types: was.types, type: wish.type }
      const isSame = canonical(before) === canonical(wish)
      return isSame ? [] : [{ ...wish, type: 'subscription.changed' }]
    })
    .with([{ status: 'live' }, { type: 'suspend' }], ([, { reason }]) => [
      { type: 'subscription.suspended', reason },
    ])
    .with([{ status: 'suspended' }, { type: 'resume' }], () => [{ type: 'subscription.resumed' }])
    .with([P.any, { type: P.union('suspend', 'resume') }], () => [])
    .with([P.any, { type: 'end' }], () => [{ type: 'subscription.ended' }])
    .exhaustive()
