import { produce } from 'immer'
import { match } from 'ts-pattern'
import type { Referral, ReferralEvent } from './schema.ts'

export const evolve = (referral: Referral, event: ReferralEvent): Referral =>
  match(event)
    .returnType<Referral>()
    .with({ type: 'referral.recorded' }, ({ type: _, ...touch }) => ({
      status: 'touch',
      ...touch,
      confirmations: [],
    }))
    .with({ type: 'referral.confirmed' }, ({ type: _, visit, ...confirmation }) =>
      produce(referral, (draft) => {
        if (draft.status !== 'touch') return
        draft.confirmations.push(confirmation)
        if (visit !== undefined) draft.visit = visit
      }),
    )
    .with({ type: 'referral.withdrawn' }, ({ type: _, ...withdrawn }) =>
      referral.status === 'touch' ? { ...referral, withdrawn } : referral,
    )
    .with({ type: 'referral.number-used' }, ({ touch }) => ({ status: 'number', touch }))
    .with({ type: 'referral.number-released' }, () => ({ status: 'released' }))
    .exhaustive()
