import { isoWeek, nextMonday } from '../calendar/day.ts'
import { writeInstant } from '../calendar/instant.ts'
import type { Draw, DrawMember } from './draw.ts'
import type { FollowUpFact } from './fact.ts'
import type { FollowUpProgramme } from './programme.ts'
import { pictureOf, type Viewpoint } from './records.ts'
import { stopAt } from './stops.ts'

/** A discharge that a draw may be made of: in which frame, at which rate, and when that ends. */
export interface DrawCandidate extends DrawMember {
  readonly plan: string
  readonly planVersion: number
  readonly tier: number
  readonly frame: string
  readonly rate: number
  /** The first instant after the ISO week of discharge: when the draw is due. */
  readonly frameEnds: string
}

/**
 * The discharges of sampled tiers that no draw has taken in and nothing has ended: what `draw`
 * decides once their week is over, or extends for those who come late. A rate of 0 or 1 leaves
 * nothing to draw.
 */
export const drawCandidates = (
  programme: FollowUpProgramme,
  facts: readonly FollowUpFact[],
  draws: readonly Draw[],
  viewpoint: Viewpoint,
): readonly DrawCandidate[] =>
  outsideFrames(programme, facts, draws, viewpoint).filter(({ rate }) => rate > 0 && rate < 1)

/** The same for any rate: also where the answer is known before. */
export const outsideFrames = (
  programme: FollowUpProgramme,
  facts: readonly FollowUpFact[],
  draws: readonly Draw[],
  viewpoint: Viewpoint,
): readonly DrawCandidate[] => {
  const { scene, records } = pictureOf(programme, facts, draws, viewpoint)
  return records.flatMap(({ task, tier, episode, standing }): DrawCandidate[] => {
    const { sampling } = tier.window.tier
    if (!sampling) return []
    // At a rate of 0 the state is told by the rate, so that the dead have to be asked for.
    const isOut = task.state === 'cancelled' || stopAt(tier.stops, scene.asOf) !== null
    if (standing.selection.isInFrame || isOut) return []
    const day0 = scene.zone.dayOf(episode.generation.last.effective)
    return [
      {
        plan: scene.programme.id,
        planVersion: task.planVersion,
        tier: task.tier,
        frame: isoWeek(day0),
        rate: sampling.rate,
        frameEnds: writeInstant(scene.zone.startOf(nextMonday(day0))),
        visit: task.visit,
        generation: task.generation,
        forced: standing.isForced,
      },
    ]
  })
}
