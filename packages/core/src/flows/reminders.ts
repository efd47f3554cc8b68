import { flow, raise } from '../kernel/flow.ts'
import type { FollowUpEvent, Task, TaskCame } from '../slices/follow-ups/schema.ts'
import type { IntakeSliceEvent } from '../slices/intakes/schema.ts'
import { message } from '../slices/messages/index.ts'
import type { Recipient } from '../slices/messages/schema.ts'

type Told<Type extends FollowUpEvent['type']> = Extract<FollowUpEvent, { type: Type }>

const ownerOf = ({ owner, role }: Task): Recipient => (owner === null ? { role } : { staff: owner })

const about = ({ visit, tier, due, purpose }: Task) => ({ visit, tier, due, purpose })

const reminderOf = ({ key }: Task) => `due:${key}`

/** Whoever has to do a follow-up is reminded when its window opens, once. */
export const openTaskIsReminded = flow<Told<'follow-up.planned'> | TaskCame>(
  'open-task-is-reminded',
  ['follow-up.planned', 'follow-up.opened'],
  ({ key, event: { task } }) =>
    task.state !== 'open'
      ? []
      : [
          raise(message, reminderOf(task), {
            type: 'ask',
            message: reminderOf(task),
            to: ownerOf(task),
            purpose: 'work',
            template: 'follow-up.due',
            params: about(task),
            about: `${key.kind}/${key.id}`,
            until: task.deadlineInstant,
          }),
        ],
)

/** A reminder of what has been done or called off is called off. */
export const endedTaskIsNotReminded = flow<TaskCame>(
  'ended-task-is-not-reminded',
  ['follow-up.completed', 'follow-up.cancelled', 'follow-up.became-unreachable'],
  ({ event: { task, from } }) =>
    from === 'open'
      ? [
          raise(message, reminderOf(task), {
            type: 'cancel',
            message: reminderOf(task),
            reason: task.state,
          }),
        ]
      : [],
)

const escalatedTo = (to: string, task: Task): Recipient => {
  if (to === 'owner') return ownerOf(task)
  if (to !== 'department-head') return { role: to }
  return task.owner === null ? { role: `head-of:${task.role}` } : { headOf: task.owner }
}

/** Each level of an escalation is told once, to whom the pack names. */
export const overdueTaskIsEscalated = flow<Told<'follow-up.escalated'>>(
  'overdue-task-is-escalated',
  'follow-up.escalated',
  ({ key, event: { task, level, to } }) => {
    const id = `escalation:${task.key}:${level}`
    return [
      raise(message, id, {
        type: 'ask',
        message: id,
        to: escalatedTo(to, task),
        purpose: 'work',
        template: 'follow-up.escalated',
        params: { ...about(task), level },
        about: `${key.kind}/${key.id}`,
      }),
    ]
  },
)

/** A feed that has fallen silent is an alarm: nobody can say 100 % without it. */
export const silentFeedIsAlarmed = flow<Extract<IntakeSliceEvent, { type: 'intake.fell-silent' }>>(
  'silent-feed-is-alarmed',
  'intake.fell-silent',
  ({ event: { source, since } }) => {
    const id = `silence:${source}:${since}`
    return [
      raise(message, id, {
        type: 'ask',
        message: id,
        to: { role: 'administrator' },
        purpose: 'work',
        template: 'intake.silent',
        params: { source, since },
      }),
    ]
  },
)
