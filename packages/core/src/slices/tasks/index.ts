import type { Attributes } from '../../kernel/access.ts'
import type { CommandOptions, Door } from '../../kernel/door.ts'
import { type Paging, page } from '../../kernel/paging.ts'
import type { ReadOptions } from '../../kernel/reader.ts'
import { type Input, type Slice, subjectOf } from '../../kernel/slice.ts'
import type { Entry } from '../../ports/store.ts'
import { decide } from './decide.ts'
import { evolve } from './evolve.ts'
import { Duty, DutyCommand, DutyEvent } from './schema.ts'

/** Under which name the index of workers keeps the tasks of a role that nobody has taken. */
const nobodyOf = (role: string) => `role:${role}`

export const duty: Slice<Duty, DutyCommand, DutyEvent> = {
  name: 'task',
  state: Duty,
  command: DutyCommand,
  event: DutyEvent,
  initial: { status: 'none' },
  keys: ({ task }) => [task],
  // What somebody found out of a patient is the patient's.
  subjects: ({ task }, { own }) => {
    const known = own(task)
    const patient = known && known.status !== 'none' ? known.patient : undefined
    return { subject: patient ? subjectOf('patient', patient) : subjectOf('task', task) }
  },
  decide,
  evolve,
  lists: { worker: ['worker'], about: ['record'] },
  entries: (state): Entry[] => {
    if (state.status === 'none') return []
    const { status, owner, role, due, about } = state
    return [
      ...(status === 'open'
        ? [{ index: 'worker', equals: [owner ?? nobodyOf(role)], order: due }]
        : []),
      ...(about === undefined ? [] : [{ index: 'about', equals: [about], order: due }]),
    ]
  },
  attributes: (state): Attributes =>
    state.status === 'none'
      ? {}
      : {
          role: [state.role],
          ...(state.owner !== undefined && { owner: [state.owner] }),
          ...(state.department !== undefined && { department: [state.department] }),
        },
}

type Said<Type extends DutyCommand['type']> = Omit<Input<typeof DutyCommand, Type>, 'task'>

export const tasks = (door: Door) => ({
  /** Gives a role something to do, once for its id. */
  open: (task: string, input: Said<'open'>, options?: CommandOptions) =>
    door.run(duty, { type: 'open', task, ...input }, options),

  assign: (task: string, owner: string, options?: CommandOptions) =>
    door.run(duty, { type: 'assign', task, owner }, options),

  /** Ends a task, done or called off. Refuses one that ended otherwise (`task.already-closed`). */
  close: (task: string, input: Said<'close'>, options?: CommandOptions) =>
    door.run(duty, { type: 'close', task, ...input }, options),

  get: (task: string, options?: ReadOptions) => door.get(duty, task, options),

  /** What a member of staff has taken, or nobody of a role yet, what is due first first. */
  openOf: (whose: { readonly owner: string } | { readonly role: string }, paging: Paging = {}) => {
    const worker = 'owner' in whose ? whose.owner : nobodyOf(whose.role)
    return door.list(duty, { index: 'worker', equals: [[worker]], ...page(paging) }, paging)
  },

  /** All tasks about one record (`kind/id`). */
  about: (record: string, paging: Paging = {}) =>
    door.list(duty, { index: 'about', equals: [[record]], ...page(paging) }, paging),
})
