import { Draw, FollowUpFact, FollowUpTask } from '@hospital-crm/rules'
import * as z from 'zod'
import { Day, Grade, Id, Instant, Text } from '../../kernel/fields.ts'
import { personal, Sealed } from '../../kernel/personal.ts'

/** A task as the record keeps it between looks: what hosts list and flows tell of. Everything else is explained from the facts. */
export const Task = FollowUpTask.pick({
  key: true,
  visit: true,
  generation: true,
  tier: true,
  role: true,
  channel: true,
  purpose: true,
  state: true,
  reason: true,
  opens: true,
  due: true,
  deadlineInstant: true,
  timeliness: true,
  owner: true,
  plan: true,
  planVersion: true,
  inDenominator: true,
}).extend({
  /** Of a discharge that was imported as history: nobody is told of it. */
  imported: z.literal(true).optional(),
})
export type Task = z.infer<typeof Task>

/** Whether somebody still has to do something about a task. */
export const isLive = ({ state }: Pick<Task, 'state'>) =>
  state === 'pending' || state === 'open' || state === 'overdue'

/** A place in the frame of a draw to come: of discharges for a sampled tier, or of work done for a spot check. */
export const Candidate = z.strictObject({
  plan: Text,
  tier: z.int().positive(),
  /** `YYYY-Www`, and the first instant after it. */
  frame: Text,
  frameEnds: Instant,
  rate: z.number(),
  visit: Id,
  generation: z.int().positive(),
  forced: z.boolean(),
  /** Of work that may be checked: whose it was, who did it where anybody said, and the role that checks. */
  work: z.strictObject({ patient: Id, performer: Id.optional(), role: Text }).optional(),
})
export type Candidate = z.infer<typeof Candidate>

/** Where a home visit would go, by the pack's territory. */
export const Place = z.strictObject({
  region: Text,
  km: z.number().nullable(),
  /** Whoever lives too far away is called. */
  by: z.enum(['visit', 'phone']),
})

/** Where a visit ended, for worklists and figures by department. */
const Episode = z.strictObject({ visit: Id, department: Id.optional(), dischargedAt: Instant })

const Note = z.strictObject({ visit: Id, madeAt: Instant, by: Id.optional(), text: Sealed })

/** What is known (facts, only ever added), what was decided and is not decided again, and the tasks as they stand. */
const gathered = {
  facts: z.array(FollowUpFact),
  episodes: z.array(Episode),
  /** Draws of the weeks in which visits of this person were. */
  draws: z.array(Draw),
  tasks: z.array(Task),
  /** By task key: who was assigned, and how many levels of escalation have been told. */
  assigned: z.record(z.string(), Id),
  escalated: z.record(z.string(), z.int()),
  notes: z.array(Note),
}
const Gathered = z.strictObject(gathered)

/** All follow-ups of one person, by the person's id. */
export const FollowUp = z.discriminatedUnion('status', [
  z.strictObject({ status: z.literal('none') }),
  z.strictObject({
    status: z.literal('followed'),
    ...gathered,
    place: Place.optional(),
    /** What no draw has taken in yet. */
    candidates: z.array(Candidate),
    /** As of when the tasks stand. */
    asOf: Instant,
    /** When time alone will change something; absent when it will not. */
    wake: Instant.optional(),
  }),
  /** The person became another, and the follow-ups went along. */
  z.strictObject({ status: z.literal('moved'), into: Id }),
])
export type FollowUp = z.infer<typeof FollowUp>
export type Followed = Extract<FollowUp, { status: 'followed' }>

export const FollowUpCommand = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('note'),
    patient: Id,
    facts: z.array(FollowUpFact).min(1),
    episode: Episode.optional(),
  }),
  z.strictObject({
    type: z.literal('record-contact'),
    visit: Id,
    /** The tier it was made for; found by the role unless told. */
    tier: z.int().positive().optional(),
    role: Text,
    /** When it was made, which may be long before it is recorded. */
    at: Instant,
    result: z.enum(['completed', 'no-answer', 'wrong-number', 'refused']),
    by: Id.optional(),
    /** Of the time before this system. */
    imported: z.literal(true).optional(),
    note: personal(z.string().trim().min(1).max(4000), { as: 'text', level: 4 }).optional(),
  }),
  z.strictObject({ type: z.literal('assign'), visit: Id, tier: z.int().positive(), staff: Id }),
  /** Moves a window by hand; the reason is a code, as words might tell of the person. */
  z.strictObject({
    type: z.literal('reschedule'),
    visit: Id,
    tier: z.int().positive(),
    /** As it was unless told. */
    opens: Day.optional(),
    due: Day,
    because: z.string().regex(/^[a-z0-9][a-z0-9-]{0,63}$/),
  }),
  /** Takes where the person lives now. */
  z.strictObject({ type: z.literal('locate'), patient: Id }),
  /** Gives everything of one member of staff to another, from an instant on. */
  z.strictObject({
    type: z.literal('hand-over'),
    patient: Id,
    from: Id,
    to: Id,
    effective: Instant.optional(),
  }),
  /** Tells what has become true by the passing of time. */
  z.strictObject({ type: z.literal('advance'), patient: Id }),
  /** Takes what a draw has decided on a visit. */
  z.strictObject({ type: z.literal('take-draw'), visit: Id, draw: Draw }),
  z.strictObject({ type: z.literal('merge'), survivor: Id, merged: Id }),
])
export type FollowUpCommand = z.infer<typeof FollowUpCommand>

/** Event types by the state a task came into. */
export const cameInto = {
  pending: 'follow-up.put-back',
  open: 'follow-up.opened',
  overdue: 'follow-up.fell-overdue',
  completed: 'follow-up.completed',
  missed: 'follow-up.missed',
  cancelled: 'follow-up.cancelled',
  unreachable: 'follow-up.became-unreachable',
  'not-selected': 'follow-up.not-selected',
} as const

/** When time alone will change something, as it stands after the event; `null`: never. On a decision's last event. */
const wake = { wake: Instant.nullable().optional() }

export const FollowUpEvent = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('follow-up.noted'),
    fact: FollowUpFact,
    episode: Episode.optional(),
    ...wake,
  }),
  z.strictObject({ type: z.literal('follow-up.note-taken'), ...Note.shape, ...wake }),
  /** A task came into being, in whatever state. */
  z.strictObject({ type: z.literal('follow-up.planned'), task: Task, at: Instant, ...wake }),
  /** A task came into a state, at its true time, which is not always when it was told. */
  z.strictObject({
    type: z.enum(cameInto),
    task: Task,
    from: Task.shape.state,
    at: Instant,
    ...wake,
  }),
  /** Dates, owner or plan version of a task changed while its state stayed. */
  z.strictObject({
    type: z.literal('follow-up.rescheduled'),
    task: Task,
    before: Task,
    at: Instant,
    ...wake,
  }),
  /** A task that nothing asks for any more, as if it had never been. */
  z.strictObject({ type: z.literal('follow-up.withdrawn'), task: Task, at: Instant, ...wake }),
  z.strictObject({ type: z.literal('follow-up.assigned'), task: z.string(), staff: Id, ...wake }),
  z.strictObject({ type: z.literal('follow-up.located'), place: Place, at: Instant, ...wake }),
  z.strictObject({
    type: z.literal('follow-up.handed-over'),
    from: Id,
    to: Id,
    effective: Instant,
    /** How many tasks had to change hands. */
    tasks: z.int(),
    at: Instant,
    ...wake,
  }),
  z.strictObject({
    type: z.literal('follow-up.escalated'),
    task: Task,
    /** Counted from 1, and whom the pack names for it. */
    level: z.int().positive(),
    to: Text,
    /** The local day whose message this one goes into, where the pack gathers them. */
    digest: Text.optional(),
    /** The local day on which it was told, where nobody looked on the day it was due, as after an outage. */
    toldOn: Text.optional(),
    at: Instant,
    ...wake,
  }),
  /** Which draws this person waits for; told anew when that changes. */
  z.strictObject({
    type: z.literal('follow-up.awaits-draw'),
    candidates: z.array(Candidate),
    at: Instant,
    ...wake,
  }),
  z.strictObject({ type: z.literal('follow-up.drawn'), draw: Draw, at: Instant, ...wake }),
  /** The patient is to be told that a window has opened, as the pack says. */
  z.strictObject({
    type: z.literal('follow-up.announced'),
    task: Task,
    template: Text,
    grade: Grade,
    at: Instant,
    ...wake,
  }),
  /** Nothing changed, but the next look is due at another time. */
  z.strictObject({ type: z.literal('follow-up.looked-at'), at: Instant, ...wake }),
  z.strictObject({
    type: z.literal('follow-up.joined'),
    merged: Id,
    with: Gathered,
    at: Instant,
    ...wake,
  }),
  z.strictObject({ type: z.literal('follow-up.moved'), into: Id }),
])
export type FollowUpEvent = z.infer<typeof FollowUpEvent>
/** An event that told of a task coming into another state. */
export type TaskCame = Extract<FollowUpEvent, { from: unknown; task: unknown }>
