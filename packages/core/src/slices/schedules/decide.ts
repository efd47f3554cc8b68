import { match, P } from 'ts-pattern'
import { refuse } from '../../kernel/refusal.ts'
import type { Context } from '../../kernel/slice.ts'
import type { Schedule, ScheduleCommand, ScheduleEvent } from './schema.ts'

export const decide = (
  schedule: Schedule,
  command: ScheduleCommand,
  { now: at, id }: Context<Schedule>,
) =>
  match([schedule, command])
    .returnType<ScheduleEvent[]>()
    .with([P.any, { type: 'define' }], ([, { content }]) => [
      { type: 'schedule.defined', content, at },
    ])
    .with([{ status: 'held' }, { type: 'close-day' }], ([{ content }, { day }]) =>
      content.closed.includes(day) ? [] : [{ type: 'schedule.day-closed', day, at }],
    )
    .with([{ status: 'held' }, { type: 'end' }], () => [{ type: 'schedule.ended', at }])
    .with([{ status: 'ended' }, { type: 'end' }], () => [])
    .with([{ status: P.union('none', 'ended') }, P.any], () =>
      refuse('schedule.unknown', { schedule: id }),
    )
    .exhaustive()
