import { type Slot, slotsOf } from '@hospital-crm/rules'
import type { CommandOptions, Door } from '../../kernel/door.ts'
import type { ReadOptions } from '../../kernel/reader.ts'
import type { Input, Slice } from '../../kernel/slice.ts'
import type { Entry } from '../../ports/store.ts'
import { decide } from './decide.ts'
import { evolve } from './evolve.ts'
import { Schedule, ScheduleCommand, ScheduleEvent } from './schema.ts'

export const schedule: Slice<Schedule, ScheduleCommand, ScheduleEvent> = {
  name: 'schedule',
  state: Schedule,
  command: ScheduleCommand,
  event: ScheduleEvent,
  initial: { status: 'none' },
  keys: (command) => [command.schedule],
  decide,
  evolve,
  lists: { department: ['department'] },
  entries: (state, id): Entry[] =>
    state.status === 'held'
      ? [{ index: 'department', equals: [state.content.department ?? ''], order: id }]
      : [],
}

type Said<Type extends ScheduleCommand['type']> = Input<typeof ScheduleCommand, Type>

export const schedules = (door: Door) => ({
  /** Defines when a service is held and what may be booked. What is booked already stays. */
  define: (id: string, content: Said<'define'>['content'], options?: CommandOptions) =>
    door.run(schedule, { type: 'define', schedule: id, content }, options),

  /** A day on which it is not held after all; nothing more can be booked on it. */
  closeDay: (id: string, day: string, options?: CommandOptions) =>
    door.run(schedule, { type: 'close-day', schedule: id, day }, options),

  end: (id: string, options?: CommandOptions) =>
    door.run(schedule, { type: 'end', schedule: id }, options),

  get: (id: string, options?: ReadOptions) => door.get(schedule, id, options),

  /** Slots of local days, both included, whether or not there is still room in them. */
  slots: async (
    id: string,
    days: { readonly from: string; readonly to: string },
  ): Promise<readonly Slot[]> => {
    const seen = await door.get(schedule, id)
    return seen?.state.status === 'held' ? slotsOf(seen.state.content, days) : []
  },
})
