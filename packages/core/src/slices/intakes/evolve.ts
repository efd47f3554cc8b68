import { produce } from 'immer'
import { match } from 'ts-pattern'
import type { Intake, IntakeSliceEvent } from './schema.ts'

export const evolve = (intake: Intake, event: IntakeSliceEvent): Intake =>
  match(event)
    .returnType<Intake>()
    .with({ type: 'intake.heard' }, ({ source, at, silentAfterHours }) => {
      return { status: 'source', name: source, lastMessageAt: at, silentAfterHours }
    })
    .with({ type: 'intake.fell-silent' }, ({ since }) =>
      produce(intake, (draft) => {
        if (draft.status === 'source') draft.silentSince = since
      }),
    )
    .with({ type: 'intake.quarantined' }, ({ type: _, ...message }) => ({
      status: 'quarantined',
      ...message,
    }))
    .with({ type: 'intake.settled' }, ({ how }) =>
      produce(intake, (draft) => {
        if (draft.status !== 'quarantined') return
        draft.status = how
        draft.numbers = []
        delete draft.raw
      }),
    )
    .with({ type: 'intake.reconciled' }, ({ type: _, ...compared }) => ({
      status: 'reconciled',
      ...compared,
    }))
    .exhaustive()
