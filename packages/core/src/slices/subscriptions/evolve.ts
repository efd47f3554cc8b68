import { match } from 'ts-pattern'
import type { Subscription, SubscriptionEvent } from './schema.ts'

export const evolve = (known: Subscription, event: SubscriptionEvent): Subscription =>
  match(event)
    .returnType<Subscription>()
    .with({ type: 'subscription.made' }, ({ type: _, ...wish }) => ({ status: 'live', ...wish }))
    .with({ type: 'subscription.changed' }, ({ type: _, ...wish }) =>
      known.status === 'none' ? known : { ...known, ...wish },
    )
    .with({ type: 'subscription.suspended' }, ({ reason }) =>
      known.status === 'none' ? known : { ...known, status: 'suspended', reason },
    )
    .with({ type: 'subscription.resumed' }, () => {
      if (known.status === 'none') return known
      const { reason: _, ...rest } = known
      return { ...rest, status: 'live' }
    })
    .with({ type: 'subscription.ended' }, () =>
      known.status === 'none' ? known : { ...known, status: 'ended' },
    )
    .exhaustive()
