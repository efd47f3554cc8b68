import { produce } from 'immer'
import { match } from 'ts-pattern'
import type { ClaimEvent, ClaimRecord, KnownClaim } from './schema.ts'

const changed = (claim: ClaimRecord, change: (draft: KnownClaim) => void): ClaimRecord =>
  produce(claim, (draft) => {
    if (draft.status !== 'none') change(draft)
  })

export const evolve = (claim: ClaimRecord, event: ClaimEvent): ClaimRecord =>
  match(event)
    .returnType<ClaimRecord>()
    .with({ type: 'claim.recorded' }, ({ type: _, ...said }) => ({
      status: 'open',
      ...said,
      kept: [],
    }))
    .with({ type: 'claim.accepted' }, () =>
      changed(claim, (draft) => {
        draft.status = 'accepted'
      }),
    )
    .with({ type: 'claim.decided' }, ({ outcome }) =>
      changed(claim, (draft) => {
        draft.status = outcome
      }),
    )
    .with({ type: 'claim.kept' }, ({ type: _, ...kept }) =>
      changed(claim, (draft) => void draft.kept.push(kept)),
    )
    .exhaustive()
