import { match } from 'ts-pattern'
import type { Round, RoundEvent } from './schema.ts'

export const evolve = (round: Round, event: RoundEvent): Round =>
  match(event)
    .returnType<Round>()
    .with({ type: 'round.planned' }, ({ type: _, at: __, ...planned }) => ({
      status: 'planned',
      ...planned,
    }))
    .with({ type: 'round.cancelled' }, () =>
      round.status === 'none' ? round : { ...round, status: 'cancelled' },
    )
    .exhaustive()
