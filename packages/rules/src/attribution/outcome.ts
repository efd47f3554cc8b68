import type { Day } from '../calendar/day.ts'
import type { AttributionRole } from './rules.ts'

/** Why a touch that stood for a role did not win it. */
export type LostBecause =
  | 'other-patient'
  | 'other-visit'
  | 'unknown-kind'
  | 'withdrawn'
  | 'duplicate'
  | 'after-visit'
  | 'recorded-after-visit'
  | 'expired'
  | 'not-confirmed'
  | 'not-eligible'
  | 'self-referral'
  | 'bound'
  | 'weaker-evidence'
  | 'later'
  | 'larger-id'
  | 'overruled'

export interface LostTouch {
  readonly touch: string
  readonly payee: string
  readonly because: LostBecause
  /** The touch it lost against, or of which it is a duplicate. */
  readonly against?: string
}

/** Why nothing is paid on a credit for now. */
export type CreditHold = 'dispute' | 'self-referral'

/** Who has the merit of a visit in one role, why, and who has not. */
export interface Credit {
  readonly role: AttributionRole
  readonly status: 'credited' | 'held' | 'nobody'
  readonly payee: string | null
  /** The touch on which it rests: of this visit, or of the one that bound the patient. */
  readonly touch: string | null
  readonly by: 'evidence' | 'binding' | 'ruling' | null
  readonly holds: readonly CreditHold[]
  /** The last day on which a visit goes to the same payee. */
  readonly boundUntil: Day | null
  readonly lost: readonly LostTouch[]
}

export interface VisitAttribution {
  readonly visit: string
  /** The patient number that counts after all links. */
  readonly patient: string
  /** The local day of the registration. */
  readonly on: Day
  readonly occasion: 'first' | 'return'
  /** The version that decided, `id@version`. */
  readonly rules: string
  readonly credits: Readonly<Record<AttributionRole, Credit>>
}
