import { match } from 'ts-pattern'
import type { Payee, PayeeEvent } from './schema.ts'

export const evolve = (payee: Payee, event: PayeeEvent): Payee =>
  match(event)
    .returnType<Payee>()
    .with({ type: 'payee.account-named' }, ({ type: _, by, ...named }) => ({
      status: 'payee',
      ...named,
      namedBy: by,
    }))
    .with({ type: 'payee.account-verified' }, ({ by, at }) =>
      payee.status === 'payee'
        ? { ...payee, payout: 'own-account', verifiedBy: by, verifiedAt: at }
        : payee,
    )
    .exhaustive()
