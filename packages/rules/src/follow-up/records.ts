import { type Instant, type Millis, readInstant } from '../calendar/instant.ts'
import { dossiersOf } from './dossier.ts'
import type { Draw } from './draw.ts'
import { episodeOf } from './episode.ts'
import type { FollowUpFact } from './fact.ts'
import { generationsOf } from './generations.ts'
import { type Ledger, ledgerOf } from './ledger.ts'
import { compileProgramme, type FollowUpProgramme } from './programme.ts'
import { type Scene, sceneOf } from './scene.ts'
import { asStarts, within } from './starts-on.ts'
import { recordOf, type TaskRecord } from './task-of.ts'
import { hasWrongNumber } from './wrong-number.ts'

/** `asOf`: the instant states are told at; `knownAt`: what became known later is not used. */
export interface Viewpoint {
  readonly asOf: Instant
  readonly knownAt: Instant
}

export interface Picture {
  readonly scene: Scene
  readonly records: readonly TaskRecord[]
}

/** Facts → ledger → dossiers → generations → episodes → tasks, each with what it was told from. */
export const pictureOf = (
  programme: FollowUpProgramme,
  facts: readonly FollowUpFact[],
  draws: readonly Draw[],
  { asOf, knownAt }: Viewpoint,
): Picture => {
  const known = readInstant(knownAt)
  return pictureAt(programme, ledgerFor(programme, facts, known), draws, readInstant(asOf), known)
}

/** The ledger of what a programme sees. */
export const ledgerFor = (
  programme: FollowUpProgramme,
  facts: readonly FollowUpFact[],
  knownAt: Millis,
): Ledger => {
  const { startsOn } = compileProgramme(programme).plan
  return ledgerOf(within(programme, asStarts(startsOn, facts)), knownAt)
}

/** The same from a ledger that was read before, for asking at several instants. */
export const pictureAt = (
  programme: FollowUpProgramme,
  ledger: Ledger,
  draws: readonly Draw[],
  asOf: Millis,
  knownAt: Millis,
): Picture => {
  const scene = sceneOf(compileProgramme(programme), ledger, draws, asOf, knownAt)
  const records: TaskRecord[] = []
  for (const dossier of dossiersOf(scene)) {
    const isWrong = hasWrongNumber(scene, dossier.patient)
    for (const generation of generationsOf(dossier.statements)) {
      const episode = episodeOf(scene, dossier, generation)
      if (!episode) continue
      for (const tier of episode.tiers) records.push(recordOf(scene, episode, tier, isWrong))
    }
  }
  return { scene, records }
}
