import { match, P } from 'ts-pattern'
import { refuse } from '../../kernel/refusal.ts'
import type { Context } from '../../kernel/slice.ts'
import type { Payee, PayeeCommand, PayeeEvent } from './schema.ts'

const ways = { own: 'unverified-account', 'third-person': 'third-person', cash: 'cash' } as const

export const decide = (payee: Payee, command: PayeeCommand, { actor, now }: Context<Payee>) =>
  match([payee, command])
    .returnType<PayeeEvent[]>()
    .with([P.any, { type: 'name-account' }], ([, { type: _, ...said }]) => [
      { type: 'payee.account-named', ...said, payout: ways[said.holder], by: actor.id },
    ])
    .with([{ status: 'none' }, { type: 'verify-account' }], () => refuse('payee.no-account'))
    .with([{ status: 'payee' }, { type: 'verify-account' }], ([known]) => {
      if (known.payout === 'own-account') return []
      if (known.holder !== 'own') return refuse('payee.not-own-account')
      if (known.namedBy === actor.id) return refuse('payee.one-person')
      if (known.payee === actor.id) return refuse('payee.own-word')
      return [{ type: 'payee.account-verified', by: actor.id, at: now }]
    })
    .exhaustive()
