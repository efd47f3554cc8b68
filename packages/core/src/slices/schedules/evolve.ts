import { match } from 'ts-pattern'
import type { Schedule, ScheduleEvent } from './schema.ts'

export const evolve = (schedule: Schedule, event: ScheduleEvent): Schedule =>
  match(event)
    .returnType<Schedule>()
    .with({ type: 'schedule.defined' }, ({ content }) => ({ status: 'held', content }))
    .with({ type: 'schedule.day-closed' }, ({ day }) => {
      if (schedule.status === 'none') return schedule
      const { content } = schedule
      return { ...schedule, content: { ...content, closed: [...content.closed, day] } }
    })
    .with({ type: 'schedule.ended' }, () =>
      schedule.status === 'none' ? schedule : { ...schedule, status: 'ended' },
    )
    .exhaustive()
