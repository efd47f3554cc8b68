import type { Generation } from './generations.ts'
import { type Move, moved, movesOf } from './moves.ts'
import type { Publications, Rebase } from './publications.ts'
import { rebased, type Settled } from './rebase.ts'
import type { Revision } from './revision.ts'
import type { Scene } from './scene.ts'
import { windowsOf } from './windows.ts'

type Change = Pick<Revision, 'known' | 'cause'>

/**
 * The windows of a generation as knowledge grew: at its discharge, and again at each correction,
 * calendar, rebase and move by hand. `settledBy` is asked at each rebase, with the revisions up to it, for the
 * tiers that had ended by then; null when the whole episode had.
 */
export const revisionsOf = (
  scene: Scene,
  generation: Generation,
  byHand: readonly Move[],
  settledBy: (rebase: Rebase, earlier: readonly Revision[]) => Settled | null,
): readonly Revision[] => {
  const { zone, publications } = scene
  const revisions: Revision[] = []
  const settled = new Map<Rebase, Settled | null>()
  const moves = movesOf(generation, byHand)
  for (const { known, cause } of changesOf(publications, generation, moves)) {
    const leaving = generation.leavings.findLast((said) => said.known <= known) ?? generation.first
    const day0 = zone.dayOf(leaving.effective)
    const workDays = publications.workDaysAt(known)
    let windows = windowsOf(publications.planFor(leaving.effective), day0, workDays, zone)
    for (const rebase of publications.rebases) {
      if (rebase.at > known || rebase.at <= leaving.effective) continue
      const ended = settled.has(rebase) ? settled.get(rebase) : settledBy(rebase, revisions)
      settled.set(rebase, ended ?? null)
      const fresh = windowsOf(rebase.plan, day0, workDays, zone)
      if (ended) windows = rebased(zone, rebase, windows, fresh, ended)
    }
    for (const move of moves) if (move.at <= known) windows = moved(zone, windows, move.fact)
    revisions.push({ known, cause, leaving, day0, windows })
  }
  return revisions
}

const changesOf = (
  { calendarsPublished, rebases }: Publications,
  { first, leavings }: Generation,
  moves: readonly Move[],
): readonly Change[] => {
  const changes: Change[] = [{ known: first.known, cause: 'discharged' }]
  for (const leaving of leavings) {
    if (leaving !== first) changes.push({ known: leaving.known, cause: 'corrected' })
  }
  for (const known of calendarsPublished) {
    if (known > first.known) changes.push({ known, cause: 'calendar-published' })
  }
  for (const { at: known } of rebases) {
    if (known > first.known) changes.push({ known, cause: 'plan-published' })
  }
  for (const { at: known } of moves) changes.push({ known, cause: 'moved-by-hand' })
  return changes.length > 1 ? changes.sort((a, b) => a.known - b.known) : changes
}
