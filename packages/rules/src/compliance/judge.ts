import { refuse } from '../refusal.ts'
import type { ComplianceProfile, GateRule, Judgement, LegalGround } from './profile.ts'
import { type Release, releaseFault } from './release.ts'
import type { GateSubject } from './subject.ts'

/** The gate's answer as it goes on record: what, by which row, on which ground, released by whom. */
export interface Verdict {
  readonly judgement: Judgement
  /** The profile's version, `id@version`, and its row; `otherwise` where none applied. */
  readonly profile: string
  readonly rule: string
  readonly because: string
  readonly ground: LegalGround
  readonly needs: readonly string[]
  /** The release on which a row of review became allowed. */
  readonly release?: string
  /** A release of the row that does not answer for this, and why. */
  readonly lapsed?: { readonly release: string; readonly because: string }
}

/** Releases on record, and the instant (RFC 3339) as of which they are looked at. */
export interface GateRecords {
  readonly releases: readonly Release[]
  readonly at: string
}

export const profileRef = ({ id, version }: Pick<ComplianceProfile, 'id' | 'version'>): string =>
  `${id}@${version}`

/**
 * Judges one payment, planned or due: the first row that applies decides, and what no row names is
 * denied. A row of review is allowed while a release of it holds; a denial is never released.
 */
export const judge = (
  profile: ComplianceProfile,
  subject: GateSubject,
  records?: GateRecords,
): Verdict => {
  const row = profile.rules.find((rule) => applies(rule, subject))
  const name = row?.ground ?? profile.otherwise
  const verdict: Verdict = {
    judgement: row?.judgement ?? 'DENY',
    profile: profileRef(profile),
    rule: row?.id ?? 'otherwise',
    because: row?.because ?? 'no rule of the profile names this payment',
    ground: profile.grounds[name] ?? refuse('compliance.ground-unknown', { ground: name }),
    needs: row?.needs ?? [],
  }
  return verdict.judgement === 'REVIEW' && records ? released(verdict, subject, records) : verdict
}

const applies = ({ when }: GateRule, subject: GateSubject): boolean => {
  const payout = subject.payout ?? 'unverified-account'
  return (
    (when.point?.includes(subject.point) ?? true) &&
    (when.payeeClass?.includes(subject.payeeClass) ?? true) &&
    (when.benefit?.includes(subject.benefit) ?? true) &&
    (when.feePayer?.includes(subject.feePayer) ?? true) &&
    (when.service?.includes(subject.service) ?? true) &&
    (when.payout?.includes(payout) ?? true)
  )
}

const released = (verdict: Verdict, subject: GateSubject, { releases, at }: GateRecords) => {
  const ofRow = releases
    .filter(({ profile, rule }) => profile === verdict.profile && rule === verdict.rule)
    .toSorted((a, b) => (a.id < b.id ? -1 : 1))
    .map((release) => ({ release: release.id, because: releaseFault(release, subject, at) }))
  const good = ofRow.find(({ because }) => because === null)
  if (good) return { ...verdict, judgement: 'ALLOW' as const, release: good.release }
  const [lapsed] = ofRow.flatMap(({ release, because }) =>
    because === null ? [] : [{ release, because }],
  )
  return lapsed ? { ...verdict, lapsed } : verdict
}
