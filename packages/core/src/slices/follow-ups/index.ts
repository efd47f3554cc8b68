import { explainTask, type FollowUpFact, type TaskExplanation } from '@hospital-crm/rules'
import type { Attributes } from '../../kernel/access.ts'
import type { CommandOptions, Door } from '../../kernel/door.ts'
import { Instant } from '../../kernel/fields.ts'
import { raise } from '../../kernel/flow.ts'
import type { ReadOptions } from '../../kernel/reader.ts'
import { refuse } from '../../kernel/refusal.ts'
import type { Input, Slice } from '../../kernel/slice.ts'
import type { Tick } from '../../kernel/tick.ts'
import type { Entry } from '../../ports/store.ts'
import { decide } from './decide/index.ts'

import { keys, needs, subjects } from './decide/keys.ts'
import { evolve } from './evolve.ts'
import { type Followed, FollowUp, FollowUpCommand, FollowUpEvent, isLive } from './schema.ts'

/** Under which name the index of workers keeps the tasks of a role that belong to nobody yet. */
export const nobodyOf = (role: string) => `role:${role}`

/** Where the home visits of a record go; `unassigned` where nobody has said. */
export const regionOf = ({ place }: Pick<Followed, 'place'>) => place?.region ?? 'unassigned'

const departmentOf = ({ episodes }: Followed, of: string) =>
  episodes.find(({ visit }) => visit === of)?.department ?? ''

export const followUp: Slice<FollowUp, FollowUpCommand, FollowUpEvent> = {
  name: 'follow-up',
  state: FollowUp,
  command: FollowUpCommand,
  event: FollowUpEvent,
  initial: { status: 'none' },
  keys,
  needs,
  subjects,
  decide,
  evolve,
  lists: {
    discharged: [],
    tier: ['tier'],
    worker: ['worker'],
    department: ['department'],
    region: ['region'],
  },
  entries: (state): Entry[] => {
    if (state.status !== 'followed') return []
    return [
      ...(state.wake === undefined ? [] : [{ index: 'wake', equals: [], order: state.wake }]),
      ...state.episodes.map(({ dischargedAt }) => {
        return { index: 'discharged', equals: [], order: dischargedAt }
      }),
      ...state.candidates.map(({ plan, tier, frame, visit }) => {
        return { index: 'frame', equals: [plan, `${tier}`, frame], order: visit }
      }),
      ...state.tasks
        .filter(isLive)
        .flatMap(({ tier, role, owner, due, visit, channel }) => [
          { index: 'tier', equals: [`${tier}`], order: due },
          { index: 'worker', equals: [owner ?? nobodyOf(role)], order: due },
          { index: 'department', equals: [departmentOf(state, visit)], order: due },
          ...(channel === 'home-visit'
            ? [{ index: 'region', equals: [regionOf(state)], order: due }]
            : []),
        ]),
    ]
  },
  attributes: (state): Attributes =>
    state.status === 'followed'
      ? {
          owner: state.tasks.flatMap(({ owner }) => owner ?? []),
          role: state.tasks.map(({ role }) => role),
          department: state.episodes.flatMap(({ department }) => department ?? []),
        }
      : {},
}

/** Tells what has become true of follow-ups by now: windows that open, deadlines that pass, levels of escalation. */
export const followUpsAdvance: Tick = {
  name: 'follow-ups',
  kind: followUp.name,
  index: 'wake',
  equals: [],
  raise: ({ key: { id } }) => raise(followUp, id, { type: 'advance', patient: id }),
}

type Said<Type extends FollowUpCommand['type']> = Input<typeof FollowUpCommand, Type>
type Caused<Type extends FollowUpCommand['type']> = Said<Type> & { readonly cause?: string }

/** Many commands of one kind, each with the host's own key where it has one. */
const requestsOf = (
  type: FollowUpCommand['type'],
  inputs: readonly { readonly cause?: string }[],
) =>
  inputs.map(({ cause, ...input }) => ({
    asks: [{ slice: followUp, input: { type, ...input } }],
    ...(cause !== undefined && { cause: `host:${cause}` }),
  }))

export const followUps = (door: Door) => ({
  /**
   * Records a contact with a patient, found by the visit, by when it was made (`at`). It is kept
   * whatever it satisfies; `explain` says what came of it.
   */
  recordContact: (input: Said<'record-contact'>, options?: CommandOptions) =>
    door.run(followUp, { type: 'record-contact', ...input }, options),

  /** Records many contacts in order, each kept or refused on its own. */
  recordContacts: (inputs: readonly Caused<'record-contact'>[]) =>
    door.runMany(requestsOf('record-contact', inputs)),

  /** Gives a task that belongs to a role to one of its members. */
  assign: (input: Said<'assign'>, options?: CommandOptions) =>
    door.run(followUp, { type: 'assign', ...input }, options),

  /** Gives many tasks away in order, each given or refused on its own. */
  assignMany: (inputs: readonly Caused<'assign'>[]) => door.runMany(requestsOf('assign', inputs)),

  /**
   * Moves the window of a task by hand, on the actor's word and for a reason that is a code
   * (`patient-asked`). Days are local, both included; corrections and new plans leave it where it is.
   * Refuses what is done or called off (`follow-up.not-live`) and an end before the beginning
   * (`follow-up.due-before-open`).
   */
  reschedule: (input: Said<'reschedule'>, options?: CommandOptions) =>
    door.run(followUp, { type: 'reschedule', ...input }, options),

  /** Moves many windows in order, each moved or refused on its own. */
  rescheduleMany: (inputs: readonly Caused<'reschedule'>[]) =>
    door.runMany(requestsOf('reschedule', inputs)),

  /**
   * Gives all that a member of staff owes to another: from an instant on (`effective`, now unless
   * told) what the first is named for as attending goes to the second, coming episodes included, and
   * so does every task of theirs that is not done. Both are told once. Returns how many patients it
   * concerned; the same again changes nothing.
   */
  handOver: async (
    {
      from,
      to,
      effective,
    }: { readonly from: string; readonly to: string; readonly effective?: string },
    { cause }: CommandOptions = {},
  ): Promise<number> => {
    let concerned = 0
    for (let after: string | undefined; ; ) {
      const query = { index: 'worker', equals: [[from]], limit: 200, ...(after && { after }) }
      const page = await door.list(followUp, query)
      const patients = [...new Set(page.items.map(({ id }) => id))]
      const ran = await door.runMany(
        patients.map((patient) => ({
          asks: [
            {
              slice: followUp,
              input: { type: 'hand-over', patient, from, to, ...(effective && { effective }) },
            },
          ],
          ...(cause !== undefined && { cause: `host:${cause}:${patient}` }),
        })),
      )
      for (const outcome of ran) if (outcome instanceof Error) throw outcome
      concerned += patients.length
      if (page.next === undefined) return concerned
      after = page.next
    }
  },

  /** All follow-ups of a person, also by an id that was merged into theirs. */
  of: (patient: string, options?: ReadOptions) => door.getLinked(followUp, patient, options),

  /** Records by the instant of a discharge, a record once for each; the earliest first. */
  list: ({
    limit = 50,
    after,
    ...options
  }: ReadOptions & { limit?: number; after?: string } = {}) =>
    door.list(
      followUp,
      { index: 'discharged', equals: [], limit, ...(after && { after }) },
      options,
    ),

  /**
   * Why a task exists, why its dates are what they are and what came of every contact, as of an
   * instant (now unless told) and from what was known then; `undefined` where there is no such task.
   */
  explain: async (
    patient: string,
    task: string,
    at?: string,
  ): Promise<TaskExplanation | undefined> => {
    if (at !== undefined && !Instant.safeParse(at).success) return refuse('instant.malformed')
    const seen = await door.getLinked(followUp, patient)
    if (seen?.state.status !== 'followed') return undefined
    const { lines } = await door.policy()
    const { facts, draws, asOf } = seen.state
    const instant = at ?? asOf
    const viewpoint = { asOf: instant, knownAt: instant }
    for (const { programme, publications } of lines) {
      const known = [...publications, ...facts] as FollowUpFact[]
      const explained = explainTask(programme, known, draws, viewpoint, task)
      if (explained) return explained
    }
    return undefined
  },
})
