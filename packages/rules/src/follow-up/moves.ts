import { readDay } from '../calendar/day.ts'
import type { Zone } from '../calendar/zone.ts'
import type { FactOf } from './fact.ts'
import type { Generation } from './generations.ts'
import type { Known } from './ledger.ts'
import { endings, type Window } from './windows.ts'

export type Move = Known<FactOf<'window-moved'>>

const none: readonly never[] = []

/** The moves that were made while a generation was the one followed up. */
export const movesOf = (
  { first, cancelled }: Generation,
  moves: readonly Move[],
): readonly Move[] =>
  moves.length === 0
    ? none
    : moves.filter(({ at }) => at >= first.known && !(cancelled && cancelled.at <= at))

/** The windows with one of them where somebody has put it; a day off is no reason to shift it again. */
export const moved = (
  zone: Zone,
  windows: readonly Window[],
  { tier, opens: from, due: until }: Move['fact'],
): readonly Window[] =>
  windows.map((window) => {
    if (window.tier.number !== tier) return window
    const due = readDay(until)
    const opens = Math.min(from === undefined ? window.opens : readDay(from), due)
    return {
      ...window,
      ...{ opens, opensAt: zone.startOf(opens), unshifted: due },
      ...endings(zone, opens, due, Math.max(window.horizon, due)),
      ...{ provisional: false, warnings: none },
    }
  })
