import type { Millis } from '../calendar/instant.ts'
import { type Audits, auditsOf } from './audits.ts'
import { type Refusal, refusalsOf } from './consent.ts'
import { contactsOf, type Dossier } from './dossier.ts'
import { type Bench, type TierEvidence, weigh } from './evidence.ts'
import type { Generation } from './generations.ts'
import type { Contact } from './ledger.ts'
import { deathOf } from './life.ts'
import type { Rebase } from './publications.ts'
import type { Settled } from './rebase.ts'
import type { Revision } from './revision.ts'
import { revisionsOf } from './revisions.ts'
import type { Scene } from './scene.ts'
import { type Selection, selectionOf } from './selection.ts'
import { readmissionOf } from './stays.ts'
import { endsOf, type Stop, stopAt, stopsOf } from './stops.ts'
import type { Window } from './windows.ts'

/** One generation of a visit, weighed: what the states of its tiers are told from. */
export interface Episode {
  readonly dossier: Dossier
  readonly generation: Generation
  readonly revisions: readonly Revision[]
  readonly tiers: readonly TierEvidence[]
  readonly selectionFor: (window: Window) => Selection
  readonly audits: Audits
}

/**
 * Works out when a generation could be followed up, what stopped it, and what its contacts came to.
 * Null where the discharge has not happened by `asOf`, its disposition is excluded, or the plan is not
 * meant for it.
 */
export const episodeOf = (
  scene: Scene,
  dossier: Dossier,
  generation: Generation,
): Episode | null => {
  const { last, cancelled } = generation
  if (Math.min(last.known, last.effective) > scene.asOf) return null
  const { excluded, applies } = scene.publications.planFor(last.effective)
  const { disposition, attending, about } = last
  if (excluded.includes(disposition) || !applies({ disposition, attending, ...about })) return null

  const ends = endsFor(scene, dossier, last.effective)
  const day0 = scene.zone.dayOf(last.effective)
  const selectionFor = ({ tier }: Window) =>
    selectionOf(scene, tier, dossier.visit, generation.number, day0)
  const stopsFor = stopsReader(scene, dossier, ends)
  const bench = (revisions: readonly Revision[], voided = nothing): Bench => ({
    zone: scene.zone,
    revisions,
    after: generation.after,
    until: cancelled && cancelled.effective <= scene.asOf ? cancelled.effective : never,
    voided,
    stopsFor,
  })
  const settledBy = (rebase: Rebase, earlier: readonly Revision[]) => {
    if (stopAt(ends, rebase.at)) return null
    const { voided } = auditsOf(scene, dossier, bench(earlier), rebase.at)
    const tiers = weigh(bench(earlier, voided), contactsOf(scene, dossier, rebase.at))
    return settledAt(tiers, rebase.at, selectionFor)
  }

  const revisions = revisionsOf(scene, generation, dossier.own.moves, settledBy)
  const audits = auditsOf(scene, dossier, bench(revisions), scene.seen)
  const tiers = weigh(bench(revisions, audits.voided), contactsOf(scene, dossier))
  return { dossier, generation, revisions, tiers, selectionFor, audits }
}

const never = Number.POSITIVE_INFINITY
const nothing: ReadonlySet<Contact> = new Set()

const endsFor = (scene: Scene, dossier: Dossier, discharged: Millis): readonly Stop[] => {
  const { people, asOf, seen } = scene
  const { patient, visit } = dossier
  const readmission = readmissionOf(people, patient, visit, discharged, asOf)
  return endsOf(readmission, deathOf(people, patient, seen))
}

const stopsReader = ({ people, seen }: Scene, { patient }: Dossier, ends: readonly Stop[]) => {
  const refusals = new Map<string, readonly Refusal[]>()
  return ({ tier: { purpose }, deadline }: Window): readonly Stop[] => {
    const known = refusals.get(purpose) ?? refusalsOf(people, patient, purpose, seen)
    refusals.set(purpose, known)
    return stopsOf(ends, known, deadline)
  }
}

/** The tiers that had ended by an instant, as far as was known then. */
const settledAt = (
  tiers: readonly TierEvidence[],
  at: Millis,
  selectionFor: (window: Window) => Selection,
): Settled => {
  const settled = tiers.filter(({ completion, refusal, unreachable, stops, window }) => {
    const { verdict, at: drawnAt } = selectionFor(window)
    const isLeftOut = verdict === 'left-out' && drawnAt <= at
    return completion || refusal || unreachable || stopAt(stops, at) || isLeftOut
  })
  return new Set(settled.map(({ window }) => window.tier.number))
}
