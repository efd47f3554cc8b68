import { type DayNumber, isoWeek } from '../calendar/day.ts'
import { type Millis, readInstant } from '../calendar/instant.ts'
import type { CompiledTier } from './compiled-plan.ts'
import type { Draw } from './draw.ts'
import type { Scene } from './scene.ts'

/** What the draws said of a task. `at`: since when. */
export interface Selection {
  readonly verdict: 'always' | 'undrawn' | 'selected' | 'left-out'
  readonly at: Millis
  /** The week whose frame it is in, or belongs in; null where the tier is not sampled. */
  readonly frame: string | null
  readonly isInFrame: boolean
  /** It was in the frame as forced, and so it stays. */
  readonly wasForced: boolean
}

interface Entry {
  readonly generation: number
  readonly addedAt: Millis
  readonly frame: string
  readonly forced: boolean
  selectedAt: Millis
}

const ever = Number.NEGATIVE_INFINITY
const always: Selection = {
  verdict: 'always',
  at: ever,
  frame: null,
  isInFrame: false,
  wasForced: false,
}

const indexed = new WeakMap<Draw, ReadonlyMap<string, readonly Entry[]>>()

const indexOf = (draw: Draw): ReadonlyMap<string, readonly Entry[]> => {
  const found = indexed.get(draw)
  if (found) return found
  const index = new Map<string, Entry[]>()
  for (const { decidedAt, added, selected } of draw.rounds) {
    const at = readInstant(decidedAt)
    for (const { visit, generation, forced } of added) {
      const entries = index.get(visit) ?? []
      const selectedAt = entries[0]?.selectedAt ?? Number.POSITIVE_INFINITY
      index.set(visit, [
        ...entries,
        { generation, addedAt: at, frame: draw.frame, forced, selectedAt },
      ])
    }
    for (const visit of selected) {
      for (const entry of index.get(visit) ?? []) entry.selectedAt = at
    }
  }
  indexed.set(draw, index)
  return index
}

/**
 * Whether a tier asks for this discharge. Where it was drawn once it stays, also when the discharge
 * turns out to belong to another week.
 */
export const selectionOf = (
  { draws, programme, seen }: Scene,
  tier: CompiledTier,
  visit: string,
  generation: number,
  day0: DayNumber,
): Selection => {
  if (!tier.sampling) return always
  const { rate } = tier.sampling
  const week = isoWeek(day0)
  let drawn: Entry | null = null
  for (const draw of draws) {
    if (draw.tier !== tier.number || draw.plan !== programme.id) continue
    for (const entry of indexOf(draw).get(visit) ?? []) {
      if (entry.addedAt > seen) continue
      if (entry.generation === generation) drawn = entry
      else if (draw.frame === week) drawn ??= entry
    }
  }
  const place = {
    frame: drawn?.frame ?? week,
    isInFrame: drawn !== null,
    wasForced: drawn?.forced === true,
  }
  if (rate === 1) return { verdict: 'always', at: ever, ...place }
  if (rate === 0) return { verdict: 'left-out', at: ever, ...place }
  if (!drawn) return { verdict: 'undrawn', at: ever, ...place }
  return drawn.selectedAt <= seen
    ? { verdict: 'selected', at: drawn.selectedAt, ...place }
    : { verdict: 'left-out', at: drawn.addedAt, ...place }
}
