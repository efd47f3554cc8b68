import { hourMs } from '../calendar/instant.ts'
import type { Episode } from './episode.ts'
import type { Accepted, TierEvidence } from './evidence.ts'
import { ownersOf } from './owners.ts'
import type { Revision } from './revision.ts'
import type { Scene } from './scene.ts'
import { type Standing, standingOf } from './standing.ts'
import { type FollowUpTask, Rejection, type Timeliness } from './task.ts'
import type { Window } from './windows.ts'

/** A task with what it was told from. */
export interface TaskRecord {
  readonly task: FollowUpTask
  readonly standing: Standing
  readonly episode: Episode
  readonly tier: TierEvidence
}

const none: readonly never[] = []

export const recordOf = (
  scene: Scene,
  episode: Episode,
  tier: TierEvidence,
  hasWrongNumber: boolean,
): TaskRecord => {
  const { generation, dossier, revisions } = episode
  const standing = standingOf(episode, tier, scene.asOf)
  const { state } = standing
  const done = state === 'completed' ? tier.completion : null
  const window = done?.window ?? tier.window
  const owners =
    window.tier.role === 'attending'
      ? ownersOf(scene.ledger.handOvers, generation.last.attending, standing.since, scene.asOf)
      : none
  const isLive = state === 'pending' || state === 'open' || state === 'overdue'
  const task: FollowUpTask = {
    key: `${dossier.visit}#${generation.number}/${scene.programme.id}/${window.tier.number}`,
    visit: dossier.visit,
    tier: window.tier.number,
    patient: scene.people.survivorOf(dossier.patient),
    role: window.tier.role,
    channel: window.tier.channel,
    purpose: window.tier.purpose,
    questionnaire: window.tier.questionnaire,
    state,
    reason: standing.reason,
    opens: window.written.opens,
    due: window.written.due,
    deadlineInstant: window.written.deadline,
    timeliness: done && timelinessOf(done),
    lateDays: done && Math.max(0, done.day - window.due),
    recordLagHours: done && (done.contact.at - done.contact.effective) / hourMs,
    completedAt: done ? done.contact.fact.effective : null,
    generation: generation.number,
    plan: window.plan.id,
    planVersion: window.plan.version,
    previousDue: previousDue(revisions, window, done?.revision ?? null),
    dueAtCompletion: done && window.written.due,
    provisional: window.provisional,
    warnings: window.warnings,
    flags: flagsOf(
      generation.first.imported || done?.contact.fact.imported === true,
      isLive && hasWrongNumber,
    ),
    owner: owners.at(-1) ?? null,
    ownerHistory: owners,
    performedBy: done?.contact.fact.by ?? null,
    countedAttempts: tier.countedAttempts,
    recordedAttempts: tier.considered.length - (done ? 1 : 0),
    rejectedEvidence: rejectionsOf(tier),
    selection: selectionText(standing),
    inDenominator: !(state === 'cancelled' || state === 'not-selected' || standing.isWaiting),
  }
  return { task, standing, episode, tier }
}

const timelinessOf = ({ day, window }: Accepted): Timeliness => {
  if (day < window.opens) return 'early'
  return day <= window.due ? 'on-time' : 'late'
}

/** The due date before the latest revision that moved it, up to the one the task was judged by. */
const previousDue = (
  revisions: readonly Revision[],
  window: Window,
  until: Revision | null,
): string | null => {
  if (revisions.length === 1) return null
  const dues: string[] = []
  for (const { windows, known } of revisions) {
    if (until && known > until.known) break
    const then = windows.find(({ tier }) => tier.number === window.tier.number)
    if (then && then.written.due !== dues.at(-1)) dues.push(then.written.due)
  }
  return dues.at(-2) ?? null
}

const flagsOf = (isImported: boolean, isWrong: boolean): readonly string[] => {
  if (!isImported && !isWrong) return none
  return [...(isImported ? ['imported'] : none), ...(isWrong ? ['contact-details-wrong'] : none)]
}

const rejected: ReadonlySet<string> = new Set<string>(Rejection.options)

/** Of contacts that would have done something: an attempt that does not count is only an attempt. */
const rejectionsOf = ({ considered }: TierEvidence): readonly Rejection[] => {
  let rejections: Rejection[] | null = null
  for (const { contact, verdict } of considered) {
    if (contact.fact.result === 'no-answer' || !rejected.has(verdict)) continue
    rejections ??= []
    rejections.push(verdict as Rejection)
  }
  return rejections ?? none
}

const selectionText = ({ isForced, selection }: Standing): FollowUpTask['selection'] => {
  if (isForced) return 'forced:tier1-unreachable'
  return selection.verdict === 'selected' ? 'selected' : null
}
