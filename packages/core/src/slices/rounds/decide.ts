import { match, P } from 'ts-pattern'
import { refuse } from '../../kernel/refusal.ts'
import type { Context } from '../../kernel/slice.ts'
import type { Round, RoundCommand, RoundEvent } from './schema.ts'

export const decide = (round: Round, command: RoundCommand, { now, id }: Context<Round>) =>
  match([round, command])
    .returnType<RoundEvent[]>()
    .with([P.any, { type: 'plan' }], ([, { type: _, ...said }]) => [
      { type: 'round.planned', ...said, at: now },
    ])
    .with([{ status: 'planned' }, { type: 'cancel' }], () => [{ type: 'round.cancelled', at: now }])
    .with([{ status: 'cancelled' }, { type: 'cancel' }], () => [])
    .with([{ status: 'none' }, { type: 'cancel' }], () => refuse('round.unknown', { round: id }))
    .exhaustive()
