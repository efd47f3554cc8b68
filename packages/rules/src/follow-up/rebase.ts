import type { Zone } from '../calendar/zone.ts'
import type { Rebase } from './publications.ts'
import { endings, type Window } from './windows.ts'

/** The tiers an edit leaves alone because they had ended by then, by number. */
export type Settled = ReadonlySet<number>

/**
 * Moves what was pending or open at the edit to the new version. What is overdue or ended keeps its
 * dates; a tier the new version lacks is removed, one that it brings appears.
 */
export const rebased = (
  zone: Zone,
  rebase: Rebase,
  windows: readonly Window[],
  fresh: readonly Window[],
  settled: Settled,
): readonly Window[] => {
  const { at } = rebase
  if (windows.every(({ horizonEnds }) => horizonEnds <= at)) return windows
  const kept = windows.map((window) => {
    const { number } = window.tier
    if (settled.has(number) || window.deadline <= at || window.removedAt <= at) return window
    const next = fresh.find(({ tier }) => tier.number === number)
    return next ? floored(zone, rebase, next, window) : { ...window, removedAt: at }
  })
  const brought = fresh
    .filter(({ tier }) => !windows.some((window) => window.tier.number === tier.number))
    .map((window) => ({ ...floored(zone, rebase, window, null), since: at }))
  return [...kept, ...brought].sort((a, b) => a.tier.number - b.tier.number)
}

/** What the edit makes earlier, or due at all, is not due before the floor. */
const floored = (
  zone: Zone,
  { at, floorDays }: Rebase,
  next: Window,
  earlier: Window | null,
): Window => {
  const floor = zone.dayOf(at) + floorDays
  if (next.due >= floor || (earlier && next.due >= earlier.due)) return next
  return { ...next, ...endings(zone, next.opens, floor, Math.max(next.horizon, floor)) }
}
