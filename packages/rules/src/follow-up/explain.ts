import { type Day, writeDay } from '../calendar/day.ts'
import { type Instant, writeInstant } from '../calendar/instant.ts'
import type { DeadlineShift } from '../calendar/working-days.ts'
import type { Draw } from './draw.ts'
import type { Verdict } from './evidence.ts'
import type { FactOf, FollowUpFact } from './fact.ts'
import { movesOf } from './moves.ts'
import type { Offset } from './plan.ts'
import type { FollowUpProgramme } from './programme.ts'
import { pictureOf, type Viewpoint } from './records.ts'
import type { Revision } from './revision.ts'
import type { Selection } from './selection.ts'
import type { Stop } from './stops.ts'
import type { FollowUpTask } from './task.ts'
import type { TaskRecord } from './task-of.ts'

/** Why a task exists, why its dates are what they are, and what came of every contact. */
export interface TaskExplanation {
  readonly task: FollowUpTask
  /** The discharge that began the generation, as it was told. */
  readonly trigger: FollowUpFact
  /** The statement that decides when the patient left, where it was corrected. */
  readonly correctedBy: FollowUpFact | null
  /** The cancellation that ended the generation. */
  readonly cancelledBy: FollowUpFact | null
  readonly zone: string
  /** The local day of the discharge: what every offset counts from. */
  readonly day0: Day
  readonly plan: { readonly id: string; readonly version: number; readonly isRebased: boolean }
  readonly opens: { readonly offset: Offset; readonly day: Day }
  readonly due: {
    readonly offset: Offset
    readonly unshifted: Day
    readonly shift: DeadlineShift
    readonly day: Day
    readonly deadline: Instant
  }
  /** The last local day on which a late contact still counts. */
  readonly horizon: Day
  /** What the dates were, and since when and why; the last one is in force unless completed. */
  readonly revisions: readonly {
    readonly known: Instant
    readonly cause: Revision['cause']
    readonly opens: Day
    readonly due: Day
    readonly planVersion: number
  }[]
  /** Who moved the window by hand, and why. */
  readonly moves: readonly FactOf<'window-moved'>[]
  /** Readmission, death and refusals, whether or not they decided; null while it lasts. */
  readonly stops: readonly {
    readonly reason: Stop['reason']
    readonly from: Instant
    readonly until: Instant | null
  }[]
  readonly selection: {
    readonly verdict: Selection['verdict'] | 'forced'
    readonly frame: string | null
  }
  /** In the order in which they happened. */
  readonly evidence: readonly { readonly fact: FactOf<'contact'>; readonly verdict: Verdict }[]
  readonly spotChecks: readonly {
    readonly contact: FactOf<'contact'>
    readonly isFailed: boolean
  }[]
}

/** Explains the task of that key; null where there is none. Takes what `projectFollowUps` takes. */
export const explainTask = (
  programme: FollowUpProgramme,
  facts: readonly FollowUpFact[],
  draws: readonly Draw[],
  viewpoint: Viewpoint,
  key: string,
): TaskExplanation | null => {
  const { scene, records } = pictureOf(programme, facts, draws, viewpoint)
  const record = records.find(({ task }) => task.key === key)
  return record ? explain(scene.zone.name, record) : null
}

const explain = (zone: string, record: TaskRecord): TaskExplanation => {
  const { task, tier, episode, standing } = record
  const { generation, revisions, audits } = episode
  const accepted = task.state === 'completed' ? tier.completion : null
  const window = accepted?.window ?? tier.window
  const day0 = (accepted?.revision ?? revisions.at(-1))?.day0 ?? 0
  return {
    task,
    trigger: generation.first.source.fact,
    correctedBy: generation.last === generation.first ? null : generation.last.source.fact,
    cancelledBy: generation.cancelled?.fact ?? null,
    zone,
    day0: writeDay(day0),
    plan: {
      id: window.plan.id,
      version: window.plan.version,
      isRebased: revisions[0]?.windows[0]?.plan !== window.plan,
    },
    opens: { offset: window.tier.opens, day: window.written.opens },
    due: {
      offset: window.tier.due,
      unshifted: writeDay(window.unshifted),
      shift: window.plan.deadlineShift,
      day: window.written.due,
      deadline: window.written.deadline,
    },
    horizon: writeDay(window.horizon),
    revisions: revisions.flatMap((revision) => explainRevision(revision, task.tier)),
    moves: movesOf(generation, episode.dossier.own.moves).flatMap(({ fact }) =>
      fact.tier === task.tier ? [fact] : [],
    ),
    stops: tier.stops.map(({ reason, from, until }) => ({
      reason,
      from: writeInstant(from),
      until: Number.isFinite(until) ? writeInstant(until) : null,
    })),
    selection: {
      verdict: standing.isForced ? 'forced' : standing.selection.verdict,
      frame: standing.selection.frame,
    },
    evidence: tier.considered.map(({ contact, verdict }) => ({ fact: contact.fact, verdict })),
    spotChecks: audits.audits
      .filter((audit) => audit.tier === task.tier)
      .map(({ contact, isFailed }) => ({ contact: contact.fact, isFailed })),
  }
}

const explainRevision = ({ known, cause, windows }: Revision, number: number) => {
  const window = windows.find(({ tier }) => tier.number === number)
  if (!window) return []
  const { written, plan } = window
  const { opens, due } = written
  return [{ known: writeInstant(known), cause, opens, due, planVersion: plan.version }]
}
