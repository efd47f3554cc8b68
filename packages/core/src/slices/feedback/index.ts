import type { Attributes } from '../../kernel/access.ts'
import type { CommandOptions, Door } from '../../kernel/door.ts'
import { raise } from '../../kernel/flow.ts'
import { type Paging, page } from '../../kernel/paging.ts'
import type { ReadOptions } from '../../kernel/reader.ts'
import { type Input, type Slice, subjectOf } from '../../kernel/slice.ts'
import type { Tick } from '../../kernel/tick.ts'
import type { Entry } from '../../ports/store.ts'
import { decide } from './decide/index.ts'
import { evolve } from './evolve.ts'
import { Feedback, FeedbackCommand, FeedbackEvent, type Known } from './schema.ts'

/** The order of what nobody has set a deadline for: after everything else. */
const noDeadline = '9999-12-31'

export const feedback: Slice<Feedback, FeedbackCommand, FeedbackEvent> = {
  name: 'feedback',
  state: Feedback,
  command: FeedbackCommand,
  event: FeedbackEvent,
  initial: { status: 'none' },
  keys: (command, { fresh }) =>
    command.type === 'join' ? [command.feedback, command.into] : [command.feedback ?? fresh],
  // What is said of a patient's care is the patient's; what nobody is known to have said is its own.
  subjects: (command, { own, fresh }) => {
    const id = command.feedback ?? fresh
    const of = command.type === 'receive' ? command : own(id)
    const patient = of && 'patient' in of ? of.patient : undefined
    return { subject: patient ? subjectOf('patient', patient) : subjectOf('feedback', id) }
  },
  decide,
  evolve,
  lists: {
    status: ['status', 'kind'],
    department: ['department', 'status'],
    patient: ['patient'],
    owner: ['owner'],
    due: [],
    offered: ['staff'],
    appraised: ['staff'],
  },
  entries: (state): Entry[] => {
    if (state.status === 'none' || state.status === 'joined') return []
    const { status, kind, owner, offeredTo, patient, receivedOn, wake, due = noDeadline } = state
    return [
      { index: 'status', equals: [status, kind], order: receivedOn },
      { index: 'department', equals: [state.department ?? '', status], order: receivedOn },
      ...(patient === undefined
        ? []
        : [{ index: 'patient', equals: [patient], order: receivedOn }]),
      ...(status === 'open'
        ? [
            { index: 'owner', equals: [owner], order: due },
            { index: 'due', equals: [], order: due },
          ]
        : []),
      ...(offeredTo === undefined ? [] : [{ index: 'offered', equals: [offeredTo], order: due }]),
      ...(wake === undefined ? [] : [{ index: 'wake', equals: [], order: wake }]),
      ...state.appraisals.map(({ staff, at }) => {
        return { index: 'appraised', equals: [staff], order: at }
      }),
    ]
  },
  attributes: (state): Attributes =>
    state.status === 'none' || state.status === 'joined'
      ? {}
      : {
          owner: [state.owner, ...(state.offeredTo === undefined ? [] : [state.offeredTo])],
          ...(state.department !== undefined && { department: [state.department] }),
        },
}

/** Tells, level by level, that an answer is overdue. */
export const feedbackEscalates: Tick = {
  name: 'feedback',
  kind: feedback.name,
  index: 'wake',
  equals: [],
  raise: ({ key: { id } }) => raise(feedback, id, { type: 'escalate', feedback: id }),
}

type Said<Type extends FeedbackCommand['type']> = Input<typeof FeedbackCommand, Type>
type On<Type extends FeedbackCommand['type']> = Omit<Said<Type>, 'feedback'>
type Status = 'noted' | 'open' | 'answered' | 'closed'

export const feedbacks = (door: Door) => {
  const run =
    <Type extends Exclude<FeedbackCommand['type'], 'receive' | 'escalate'>>(type: Type) =>
    (id: string, input: On<Type>, options?: CommandOptions) =>
      door.run(feedback, { type, feedback: id, ...input }, options)
  const list = (index: string, equals: readonly (readonly string[])[], paging: Paging) =>
    door.list(feedback, { index, equals, ...page(paging) }, paging)

  return {
    /**
     * Takes a complaint, a suggestion, praise or thanks; `id` of the answer names it. Whoever was asked
     * first owns it. Refuses a class or severity that the pack does not know.
     */
    receive: (input: Said<'receive'>, options?: CommandOptions) =>
      door.run(feedback, { type: 'receive', ...input }, options),
    note: run('note'),
    /** Offers it to somebody else, who owns it once they `accept`. */
    offer: run('offer'),
    accept: run('accept'),
    decline: run('decline'),
    /** Whether it is held against a member of staff; the last word stands. */
    appraise: run('appraise'),
    findCauses: run('find-causes'),
    answer: run('answer'),
    /** Satisfied closes it, dissatisfied opens it again. */
    confirm: run('confirm'),
    reopen: run('reopen'),
    /** Says that it is the same as another, which counts for both. */
    join: run('join'),

    get: (id: string, options?: ReadOptions) => door.getLinked(feedback, id, options),

    /** What somebody owns and has not answered, what is due first first. */
    ownedBy: (staff: string, paging: Paging = {}) => list('owner', [[staff]], paging),
    offeredTo: (staff: string, paging: Paging = {}) => list('offered', [[staff]], paging),
    ofPatient: (patient: string, paging: Paging = {}) => list('patient', [[patient]], paging),
    /** In which somebody of the staff was appraised. */
    appraised: (staff: string, paging: Paging = {}) => list('appraised', [[staff]], paging),
    /** By state and kind, by the day it was received. */
    list: (
      { status, kinds }: { status: readonly Status[]; kinds: readonly Known['kind'][] },
      paging: Paging = {},
    ) => list('status', [status, kinds], paging),
    ofDepartments: (
      { departments, status }: { departments: readonly string[]; status: readonly Status[] },
      paging: Paging = {},
    ) => list('department', [departments, status], paging),
    /** What is not answered and due by a local day, that day included. */
    dueBy: (day: string, paging: Paging = {}) =>
      door.list(feedback, { index: 'due', equals: [], to: day, ...page(paging) }, paging),
  }
}
