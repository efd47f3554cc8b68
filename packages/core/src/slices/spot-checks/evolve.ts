import { match } from 'ts-pattern'
import type { SpotCheck, SpotCheckEvent } from './schema.ts'

export const evolve = (check: SpotCheck, event: SpotCheckEvent): SpotCheck =>
  match(event)
    .returnType<SpotCheck>()
    .with({ type: 'spot-check.asked' }, ({ type: _, at, ...asked }) => ({
      status: 'asked',
      ...asked,
      askedAt: at,
    }))
    .with({ type: 'spot-check.recorded' }, ({ type: _, at, ...said }) => ({
      status: 'recorded',
      ...said,
      askedAt: check.status === 'none' ? at : check.askedAt,
      recordedAt: at,
    }))
    .exhaustive()
