import type { Millis } from '../calendar/instant.ts'
import type { Zone } from '../calendar/zone.ts'
import type { Draw } from './draw.ts'
import type { Ledger } from './ledger.ts'
import { type People, peopleOf } from './people.ts'
import type { CompiledProgramme } from './programme.ts'
import { type Publications, publicationsOf } from './publications.ts'

/** Everything an episode needs to know about the world as of one instant. */
export interface Scene {
  readonly programme: CompiledProgramme
  readonly zone: Zone
  readonly publications: Publications
  readonly ledger: Ledger
  readonly people: People
  readonly draws: readonly Draw[]
  /** The instant at which states are told: what happens later has not happened. */
  readonly asOf: Millis
  /** The earlier of `asOf` and `knownAt`: by then a mere word must have been said. */
  readonly seen: Millis
}

export const sceneOf = (
  programme: CompiledProgramme,
  ledger: Ledger,
  draws: readonly Draw[],
  asOf: Millis,
  knownAt: Millis,
): Scene => {
  const seen = Math.min(asOf, knownAt)
  return {
    programme,
    zone: programme.zone,
    publications: publicationsOf(programme, ledger, seen),
    ledger,
    people: peopleOf(ledger, seen),
    draws,
    asOf,
    seen,
  }
}
