import { match } from 'ts-pattern'
import type { Duty, DutyEvent } from './schema.ts'

export const evolve = (duty: Duty, event: DutyEvent): Duty =>
  match(event)
    .returnType<Duty>()
    .with({ type: 'task.opened' }, ({ type: _, at, ...content }) => ({
      status: 'open',
      ...content,
      openedAt: at,
    }))
    .with({ type: 'task.assigned' }, ({ owner }) =>
      duty.status === 'open' ? { ...duty, owner } : duty,
    )
    .with({ type: 'task.closed' }, ({ type: _, at, outcome, ...said }) =>
      duty.status === 'open' ? { ...duty, ...said, status: outcome, closedAt: at } : duty,
    )
    .exhaustive()
