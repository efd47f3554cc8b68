import { flow, raise } from '../kernel/flow.ts'
import { followUp } from '../slices/follow-ups/index.ts'
import type { FollowUpEvent, Task, TaskCame } from '../slices/follow-ups/schema.ts'
import type { IntakeSliceEvent } from '../slices/intakes/schema.ts'
import { message } from '../slices/messages/index.ts'
import type { Recipient } from '../slices/messages/schema.ts'
import type { StaffEvent } from '../slices/staff/schema.ts'

type Told<Type extends FollowUpEvent['type']> = Extract<FollowUpEvent, { type: Type }>

const ownerOf = ({ owner, role }: Task): Recipient => (owner === null ? { role } : { staff: owner })

const about = ({ visit, tier, due, purpose }: Task) => ({ visit, tier, due, purpose })

const reminderOf = ({ key }: Task) => `due:${key}`

/** Whoever has to do a follow-up is reminded when its window opens, once. */
export const openTaskIsReminded = flow<Told<'follow-up.planned'> | TaskCame>(
  'open-task-is-reminded',
  ['follow-up.planned', 'follow-up.opened'],
  ({ key, event: { task } }) =>
    task.state !== 'open' || task.imported
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

/** One message a day for all that has come to a level, so that nobody gets a hundred; `until` makes it stale. */
const gathered = (to: Recipient, day: string, level: number, until?: string) => {
  const id = `overdue:${Object.entries(to).flat().join(':')}:${day}:${level}`
  return raise(message, id, {
    type: 'ask',
    message: id,
    to,
    purpose: 'work',
    template: 'follow-up.overdue-digest',
    params: { day, level },
    ...(until !== undefined && { until }),
  })
}

/** A patient is told what the pack announces, while it is of use. */
export const openTaskIsAnnounced = flow<Told<'follow-up.announced'>>(
  'open-task-is-announced',
  'follow-up.announced',
  ({ key, event: { task, template, grade } }) => {
    const id = `announced:${task.key}:${template}`
    return [
      raise(message, id, {
        type: 'ask',
        message: id,
        to: { patient: key.id },
        purpose: task.purpose,
        grade,
        template,
        params: about(task),
        about: `${key.kind}/${key.id}`,
        until: task.deadlineInstant,
      }),
    ]
  },
)

/** Each level of an escalation is told once, to whom the pack names. */
export const overdueTaskIsEscalated = flow<Told<'follow-up.escalated'>>(
  'overdue-task-is-escalated',
  'follow-up.escalated',
  ({ key, event: { task, level, to, digest, toldOn, at } }) => {
    const recipient = escalatedTo(to, task)
    if (digest !== undefined) {
      // After an outage one message says it all; those of the days before are on record, and stale.
      return toldOn === undefined
        ? [gathered(recipient, digest, level)]
        : [gathered(recipient, toldOn, level), gathered(recipient, digest, level, at)]
    }
    const id = `escalation:${task.key}:${level}`
    return [
      raise(message, id, {
        type: 'ask',
        message: id,
        to: recipient,
        purpose: 'work',
        template: 'follow-up.escalated',
        params: { ...about(task), level },
        about: `${key.kind}/${key.id}`,
      }),
    ]
  },
)

/** Whoever leaves for good leaves their work to a successor, where one is named. */
export const departureHandsOver = flow<Extract<StaffEvent, { type: 'staff.departed' }>>(
  'departure-hands-over',
  'staff.departed',
  ({ key: { id: from }, at: effective, event: { successor } }, found) =>
    successor === undefined
      ? []
      : [...new Set(found.map(({ key }) => key.id))].map((patient) =>
          raise(followUp, patient, { type: 'hand-over', patient, from, to: successor, effective }),
        ),
  ({ key, event: { successor } }) =>
    successor === undefined
      ? undefined
      : { kind: followUp.name, index: 'worker', equals: [[key.id]] },
)

/** Whoever gives work away and whoever gets it are told once, however many patients it concerns. */
export const handOverIsTold = flow<Told<'follow-up.handed-over'>>(
  'hand-over-is-told',
  'follow-up.handed-over',
  ({ event: { from, to, effective } }) =>
    [
      {
        staff: from,
        template: 'follow-up.given-away',
        id: `given-away:${from}:${to}:${effective}`,
      },
      { staff: to, template: 'follow-up.taken-over', id: `taken-over:${from}:${to}:${effective}` },
    ].map(({ staff, template, id }) =>
      raise(message, id, {
        type: 'ask',
        message: id,
        to: { staff },
        purpose: 'work',
        template,
        params: { from, to, since: effective },
      }),
    ),
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
