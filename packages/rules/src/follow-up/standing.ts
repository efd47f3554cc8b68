import type { Millis } from '../calendar/instant.ts'
import type { Episode } from './episode.ts'
import type { TierEvidence } from './evidence.ts'
import type { Selection } from './selection.ts'
import { stopAt } from './stops.ts'
import type { CancelReason, TaskState } from './task.ts'

/** The state of a task at one instant; `since` is when it ended, or infinite while it has not. */
export interface Standing {
  readonly state: TaskState
  readonly reason: CancelReason | null
  readonly since: Millis
  readonly selection: Selection
  /** The tier is asked for because nobody could be reached in the first one. */
  readonly isForced: boolean
  /** Nothing has ended it, and its week has not been drawn yet. */
  readonly isWaiting: boolean
}

const live = Number.POSITIVE_INFINITY

export const standingOf = (episode: Episode, tier: TierEvidence, asOf: Millis): Standing => {
  const selection = episode.selectionFor(tier.window)
  const isForced =
    tier.window.tier.sampling?.isForced === true &&
    selection.verdict !== 'always' &&
    (selection.wasForced ||
      episode.tiers.some(({ window, unreachable }) => window.tier.number === 1 && unreachable))
  const end = endOf(episode, tier, isForced ? 'selected' : selection.verdict, selection.at, asOf)
  if (end) return { ...end, selection, isForced, isWaiting: false }
  const isWaiting = selection.verdict === 'undrawn' && !isForced
  const state = phaseOf(tier, isWaiting, asOf)
  return { state, reason: null, since: live, selection, isForced, isWaiting }
}

type End = Pick<Standing, 'state' | 'reason' | 'since'>

const cancelled = (reason: CancelReason, since: Millis): End => ({
  state: 'cancelled',
  reason,
  since,
})

const ended = (state: TaskState, since: Millis): End => ({ state, reason: null, since })

/** What ended the task, the strongest word first. */
const endOf = (
  { generation, dossier }: Episode,
  { window, completion, refusal, unreachable, stops }: TierEvidence,
  verdict: Selection['verdict'],
  drawnAt: Millis,
  asOf: Millis,
): End | null => {
  const { cancelled: cancellation } = generation
  if (cancellation && cancellation.effective <= asOf) {
    return cancelled('discharge-cancelled', cancellation.effective)
  }
  if (dossier.collapsedAt !== null) return cancelled('merged-duplicate', dossier.collapsedAt)
  if (refusal) return cancelled('refused', refusal.contact.effective)
  if (verdict === 'left-out') return ended('not-selected', drawnAt)
  const isDrawn = verdict !== 'undrawn'
  if (completion && isDrawn) return ended('completed', completion.contact.effective)
  if (window.removedAt <= asOf) return cancelled('plan-changed', window.removedAt)
  if (unreachable && isDrawn) return ended('unreachable', unreachable.effective)
  const stop = stopAt(stops, asOf)
  if (stop) {
    return window.deadline <= stop.from && isDrawn
      ? ended('missed', stop.from)
      : cancelled(stop.reason, stop.from)
  }
  return window.horizonEnds <= asOf && isDrawn ? ended('missed', window.horizonEnds) : null
}

const phaseOf = ({ window }: TierEvidence, isWaiting: boolean, asOf: Millis): TaskState => {
  if (isWaiting || asOf < window.opensAt) return 'pending'
  return asOf < window.deadline ? 'open' : 'overdue'
}
