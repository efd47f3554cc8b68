import { match } from 'ts-pattern'
import type { ReleaseEvent, ReleaseRecord } from './schema.ts'

export const evolve = (_: ReleaseRecord, event: ReleaseEvent): ReleaseRecord =>
  match(event)
    .returnType<ReleaseRecord>()
    .with({ type: 'release.proposed' }, ({ type: __, ...asked }) => ({
      status: 'proposed',
      ...asked,
    }))
    .with({ type: 'release.given' }, ({ given }) => ({ status: 'given', release: given }))
    .exhaustive()
