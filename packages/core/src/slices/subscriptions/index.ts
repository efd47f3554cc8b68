import type { CommandOptions, Door } from '../../kernel/door.ts'
import type { Feed } from '../../kernel/feed.ts'
import { raise } from '../../kernel/flow.ts'
import { type Paging, page } from '../../kernel/paging.ts'
import type { Input, Slice } from '../../kernel/slice.ts'
import type { Channel } from '../../ports/channel.ts'
import type { Entry } from '../../ports/store.ts'
import { decide } from './decide.ts'
import { evolve } from './evolve.ts'
import { Subscription, SubscriptionCommand, SubscriptionEvent } from './schema.ts'

export const subscription: Slice<Subscription, SubscriptionCommand, SubscriptionEvent> = {
  name: 'subscription',
  state: Subscription,
  command: SubscriptionCommand,
  event: SubscriptionEvent,
  initial: { status: 'none' },
  keys: (command) => [command.subscription],
  decide,
  evolve,
  lists: { status: ['status'] },
  entries: (state, id): Entry[] =>
    state.status === 'none' ? [] : [{ index: 'status', equals: [state.status], order: id }],
}

type Wish = Omit<Input<typeof SubscriptionCommand, 'subscribe'>, 'subscription'>

export const subscriptions = (door: Door) => ({
  /**
   * Asks that somebody be told, by a channel, of events of some types (`encounter.discharged`,
   * `encounter.*`, `*`) that happen from now on; again, with other wishes, changes them. They learn ids,
   * so whoever may do this is one who may read the log. Of one that has ended: `subscription.ended`.
   */
  subscribe: (id: string, wish: Wish, options?: CommandOptions) =>
    door.run(subscription, { type: 'subscribe', subscription: id, ...wish }, options),

  /** Tells nothing for a while; what happens meanwhile is told after `resume`. */
  suspend: (id: string, input: { readonly reason: string }, options?: CommandOptions) =>
    door.run(subscription, { type: 'suspend', subscription: id, ...input }, options),

  resume: (id: string, options?: CommandOptions) =>
    door.run(subscription, { type: 'resume', subscription: id }, options),

  /** Tells nothing any more. Final. */
  end: (id: string, options?: CommandOptions) =>
    door.run(subscription, { type: 'end', subscription: id }, options),

  get: (id: string) => door.get(subscription, id),

  list: (status: 'live' | 'suspended' | 'ended', paging: Paging = {}) =>
    door.list(subscription, { index: 'status', equals: [[status]], ...page(paging) }, paging),
})

/** Tells subscribers by the host's channels, each event as JSON under its own id. */
export const changesFeed = (channels: readonly Channel[]): Feed => ({
  name: 'changes',
  kind: subscription.name,
  index: 'status',
  equals: [['live']],
  wish: (state) => {
    const { channel, to, types } = state as Extract<Subscription, { status: 'live' }>
    const way = channels.find(({ name }) => name === channel)
    return (
      way && {
        types,
        tell: (events) =>
          way.send(
            events.map((event) => {
              return { id: event.id, to, subject: event.type, text: JSON.stringify(event) }
            }),
          ),
      }
    )
  },
  rejected: (id) =>
    raise(subscription, id, { type: 'suspend', subscription: id, reason: 'rejected' }),
})
