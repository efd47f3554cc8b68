import type { Draw } from './draw.ts'
import type { FollowUpFact } from './fact.ts'
import { type StaffFigures, staffFigures, type TierFigures, tierFigures } from './figures.ts'
import { outboundAllowed } from './outbound.ts'
import type { FollowUpProgramme } from './programme.ts'
import { pictureOf, type Viewpoint } from './records.ts'
import type { FollowUpTask } from './task.ts'

/** The whole follow-up picture as of one instant. */
export interface FollowUpProjection {
  /** By visit in the order in which it became known, then generation, then tier. */
  readonly tasks: readonly FollowUpTask[]
  /** Pending, open and overdue. */
  readonly activeCount: number
  /** The task records of generations that live. */
  readonly totalCount: number
  /** False from the moment a patient is known dead or has refused everything. */
  readonly outboundAllowed: boolean
  readonly kpi: readonly TierFigures[]
  readonly appraisal: readonly StaffFigures[]
}

/**
 * Tells every follow-up task of the patients in `facts`, from the facts known at `knownAt` and the
 * draws recorded, as of `asOf`. Pure: the same input gives the same answer in any process zone.
 * Refuses an unknown zone, plan or calendar, and a plan that contradicts itself.
 */
export const projectFollowUps = (
  programme: FollowUpProgramme,
  facts: readonly FollowUpFact[],
  draws: readonly Draw[],
  viewpoint: Viewpoint,
): FollowUpProjection => {
  const { scene, records } = pictureOf(programme, facts, draws, viewpoint)
  const tasks: FollowUpTask[] = []
  let activeCount = 0
  let totalCount = 0
  for (const { task } of records) {
    tasks.push(task)
    if (task.state === 'pending' || task.state === 'open' || task.state === 'overdue') {
      activeCount += 1
    }
    if (task.reason !== 'discharge-cancelled' && task.reason !== 'merged-duplicate') {
      totalCount += 1
    }
  }
  return {
    tasks,
    activeCount,
    totalCount,
    outboundAllowed: outboundAllowed(scene),
    kpi: tierFigures(scene, records),
    appraisal: staffFigures(scene, records),
  }
}
