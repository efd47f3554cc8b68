import type { DayNumber } from '../calendar/day.ts'
import type { Millis } from '../calendar/instant.ts'
import type { Zone } from '../calendar/zone.ts'
import type { Contact } from './ledger.ts'
import { isInFuture } from './repeats.ts'
import type { Revision } from './revision.ts'
import { isStopped, type Stop } from './stops.ts'
import type { Rejection } from './task.ts'
import type { Window } from './windows.ts'

/** What became of a contact: it did something, came too late to, or is rejected with the reason. */
export type Verdict =
  | 'completed'
  | 'refused'
  | 'already-ended'
  | 'wrong-number'
  | 'attempt-counted'
  | 'attempt-too-soon'
  | 'attempt-outside-window'
  | Rejection

/** A contact that counts, with the window it was judged by: the one in force when recorded. */
export interface Accepted {
  readonly contact: Contact
  readonly revision: Revision
  readonly window: Window
  readonly day: DayNumber
}

/** What the contacts say of one tier. */
export interface TierEvidence {
  readonly window: Window
  readonly stops: readonly Stop[]
  readonly considered: { readonly contact: Contact; readonly verdict: Verdict }[]
  /** The first that completed the task, or the first in which the patient refused it; never both. */
  completion: Accepted | null
  refusal: Accepted | null
  countedAttempts: number
  lastCounted: Millis
  /** The attempt with which the tier became unreachable, if nothing had completed it by then. */
  unreachable: Contact | null
  voided: Contact | null
}

/** All that contacts are weighed against. */
export interface Bench {
  readonly zone: Zone
  readonly revisions: readonly Revision[]
  /** What happened before belongs to an earlier generation. */
  readonly after: Millis
  /** What happens from here on belongs to a later one. */
  readonly until: Millis
  readonly voided: ReadonlySet<Contact>
  readonly stopsFor: (window: Window) => readonly Stop[]
}

/** Weighs contacts, in the order in which they happened, for every tier of the latest revision. */
export const weigh = (bench: Bench, contacts: readonly Contact[]): readonly TierEvidence[] => {
  const tiers: TierEvidence[] = []
  for (const window of bench.revisions.at(-1)?.windows ?? []) {
    tiers.push({
      window,
      stops: bench.stopsFor(window),
      considered: [],
      completion: null,
      refusal: null,
      countedAttempts: 0,
      lastCounted: Number.NEGATIVE_INFINITY,
      unreachable: null,
      voided: null,
    })
  }
  for (const contact of contacts) {
    if (contact.effective < bench.until) consider(bench, tiers, contact)
  }
  return tiers
}

type Judged = Accepted | Rejection

const isDone = ({ completion, refusal }: TierEvidence) => completion !== null || refusal !== null

/** For the tier it names; else for the earliest of its role, not completed, that accepts it. */
const consider = (bench: Bench, tiers: readonly TierEvidence[], contact: Contact): void => {
  const { tier: named, role } = contact.fact
  let addressee: TierEvidence | null = null
  let judged: Judged = 'wrong-role'
  for (const tier of tiers) {
    const { number, role: wanted } = tier.window.tier
    if (named === undefined ? wanted !== role : number !== named) continue
    const answer = judge(bench, tier, contact)
    const isTaken = !isDone(tier) && typeof answer !== 'string'
    if (isTaken || !addressee || (isDone(addressee) && !isDone(tier))) {
      addressee = tier
      judged = answer
    }
    if (isTaken) break
  }
  if (!addressee) return
  const verdict = verdictOn(addressee, contact, judged, bench.voided)
  addressee.considered.push({ contact, verdict })
}

/**
 * By the window in force when it was recorded; what that one rejects, each later one judges again.
 * An attempt has judged nothing yet: it counts by the window as it stands.
 */
const judge = (bench: Bench, tier: TierEvidence, contact: Contact): Judged => {
  if (isInFuture(contact)) return 'in-future'
  const day = bench.zone.dayOf(contact.effective)
  let rejection: Rejection = 'before-window'
  const { revisions } = bench
  const since = contact.fact.result === 'no-answer' ? Number.POSITIVE_INFINITY : contact.at
  for (let index = 0; index < revisions.length; index += 1) {
    const revision = revisions[index]
    const next = revisions[index + 1]
    if (!revision || (next && next.known <= since)) continue
    const window = next ? windowIn(revision, tier.window.tier.number) : tier.window
    if (!window) continue
    const rejected = rejectedBy(bench, revision, window, contact, day)
    if (rejected) {
      rejection = rejected
      continue
    }
    return isStopped(tier.stops, contact) || contact.effective >= window.removedAt
      ? 'episode-ended'
      : { contact, revision, window, day }
  }
  return rejection
}

const windowIn = ({ windows }: Revision, number: number): Window | undefined =>
  windows.find(({ tier }) => tier.number === number)

const rejectedBy = (
  { after }: Bench,
  { leaving }: Revision,
  { tier, opens, horizon }: Window,
  { fact, effective }: Contact,
  day: DayNumber,
): Rejection | null => {
  if (fact.role !== tier.role) return 'wrong-role'
  if (effective < leaving.effective || effective < after) return 'before-discharge'
  if (day < opens - tier.acceptEarlyDays) return 'before-window'
  return day > horizon ? 'after-horizon' : null
}

const verdictOn = (
  tier: TierEvidence,
  contact: Contact,
  judged: Judged,
  voided: ReadonlySet<Contact>,
): Verdict => {
  const { result } = contact.fact
  if (result === 'wrong-number') return result
  if (typeof judged === 'string') return judged
  if (result === 'no-answer') return attempt(tier, contact, judged.day)
  if (voided.has(contact)) {
    tier.voided = contact
    return 'voided-by-spot-check'
  }
  if (tier.refusal) return 'episode-ended'
  if (tier.completion) return 'already-ended'
  if (result === 'refused') {
    tier.refusal = judged
    return 'refused'
  }
  tier.completion = judged
  return 'completed'
}

const attempt = (tier: TierEvidence, contact: Contact, day: DayNumber): Verdict => {
  const { opens, due, plan } = tier.window
  if (day < opens || day > due) return 'attempt-outside-window'
  if (contact.effective - tier.lastCounted < plan.minGap) return 'attempt-too-soon'
  tier.lastCounted = contact.effective
  tier.countedAttempts += 1
  if (tier.countedAttempts === plan.maxAttempts) {
    const { completion } = tier
    // A completion that was told only later came after the tier had been given up.
    if (!completion || completion.contact.at > contact.at) tier.unreachable = contact
  }
  return 'attempt-counted'
}
