import { readInstant } from '../calendar/instant.ts'
import type { LostBecause } from './outcome.ts'
import { isEligible, isOwnVisit, type KnownTouch, type KnownVisit, type Scene } from './scene.ts'

/** Why a touch cannot stand for a visit at all; null where it can. */
export const screen = (
  scene: Scene,
  visit: KnownVisit,
  known: KnownTouch,
  payee: string,
): LostBecause | null => {
  const { touch, evidence, at, recordedAt, on, duplicateOf } = known
  if (known.patient !== visit.patient) return 'other-patient'
  if (touch.visit !== undefined && touch.visit !== visit.visit.id) return 'other-visit'
  if (!evidence) return 'unknown-kind'
  if (touch.withdrawnAt !== undefined && readInstant(touch.withdrawnAt) <= scene.asOf) {
    return 'withdrawn'
  }
  if (duplicateOf !== undefined) return 'duplicate'
  if (evidence.timing === 'before-visit' ? at >= visit.at : on > visit.on) return 'after-visit'
  if (evidence.timing === 'before-visit' && recordedAt >= visit.at) return 'recorded-after-visit'
  if (visit.on - on > evidence.windowDays) return 'expired'
  if (!isConfirmed(scene, known)) return 'not-confirmed'
  if (!isEligible(scene, payee, visit.on)) return 'not-eligible'
  return isOwnVisit(scene, payee, visit) ? 'self-referral' : null
}

const isConfirmed = ({ asOf }: Scene, { touch, evidence }: KnownTouch): boolean => {
  const desks = touch.confirmations.filter(({ at }) => readInstant(at) <= asOf).map(({ by }) => by)
  return evidence?.confirmedBy.every((desk) => desks.includes(desk)) ?? false
}

/** By evidence, then by time, then by id; the first wins. */
export const strongerFirst = (a: KnownTouch, b: KnownTouch): number =>
  classOf(a) - classOf(b) || a.at - b.at || (a.touch.id < b.touch.id ? -1 : 1)

const classOf = ({ evidence }: KnownTouch) => evidence?.class ?? Number.POSITIVE_INFINITY

/** What decided between a touch and the one that won. */
export const beatenBy = (winner: KnownTouch, loser: KnownTouch): LostBecause => {
  if (classOf(loser) !== classOf(winner)) return 'weaker-evidence'
  return loser.at > winner.at ? 'later' : 'larger-id'
}
