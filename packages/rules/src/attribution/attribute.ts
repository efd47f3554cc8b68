import { addMonths, type DayNumber, writeDay } from '../calendar/day.ts'
import { refuse } from '../refusal.ts'
import type { AttributionFacts } from './facts.ts'
import type { Credit, CreditHold, LostTouch, VisitAttribution } from './outcome.ts'
import type { AttributionRole, AttributionRules } from './rules.ts'
import {
  isEligible,
  isOwnVisit,
  type KnownTouch,
  type KnownVisit,
  type Scene,
  sceneOf,
} from './scene.ts'
import { beatenBy, screen, strongerFirst } from './screen.ts'

/** Who brought a patient, and until which day that holds. */
interface Bond {
  readonly payee: string
  readonly touch: string
  readonly until: DayNumber
  /** The visit that made it is in dispute, and so are those that follow from it. */
  readonly isDisputed: boolean
}

/**
 * Decides who has the merit of each visit, one payee per role, from everything known at `asOf`; the
 * order of facts does not matter. Days are local to the IANA `zone`. Refuses ids that stand there
 * twice (`attribution.id-twice`) and a ruling on a touch that is not there or not for that role
 * (`attribution.ruling-without-touch`).
 */
export const attribute = (
  rules: AttributionRules,
  facts: AttributionFacts,
  viewpoint: { readonly zone: string; readonly asOf: string },
): readonly VisitAttribution[] => {
  const scene = sceneOf(rules, facts, viewpoint)
  const bonds = new Map<string, Bond>()
  return scene.visits.map((visit) => ({
    visit: visit.visit.id,
    patient: visit.patient,
    on: writeDay(visit.on),
    occasion: visit.isFirst ? 'first' : 'return',
    rules: `${rules.id}@${rules.version}`,
    credits: {
      rep: credit(scene, visit, 'rep', bonds),
      partner: credit(scene, visit, 'partner', bonds),
    },
  }))
}

/** A touch that stands for the role, and why it cannot win, where it cannot. */
interface Standing {
  readonly known: KnownTouch
  readonly payee: string
  readonly fault: ReturnType<typeof screen>
}

type Decision = Pick<Credit, 'payee' | 'touch' | 'by' | 'holds'>

const nobody: Decision = { payee: null, touch: null, by: null, holds: [] }

const credit = (
  scene: Scene,
  visit: KnownVisit,
  role: AttributionRole,
  bonds: Map<string, Bond>,
): Credit => {
  const standings = scene.touchesFor(visit).flatMap((known): Standing[] => {
    const payee = known.touch[role]
    return payee === undefined ? [] : [{ known, payee, fault: screen(scene, visit, known, payee) }]
  })
  const key = `${role} ${visit.patient}`
  const bond = liveBond(scene, visit, bonds.get(key))
  const decision =
    ruled(scene, visit, role) ?? bound(scene, visit, bond) ?? best(standings) ?? nobody
  const isDisputed =
    scene.isDisputed(visit.visit.id, role) ||
    (decision.by === 'binding' && bond?.isDisputed === true)
  const holds = [...decision.holds, ...(isDisputed ? (['dispute'] as const) : [])]
  const kept =
    decision.holds.length === 0 ? bind(scene, visit, decision, isDisputed, bond) : undefined
  if (kept) bonds.set(key, kept)
  return {
    role,
    status: holds.length > 0 ? 'held' : decision.payee === null ? 'nobody' : 'credited',
    ...decision,
    holds,
    boundUntil: kept ? writeDay(kept.until) : null,
    lost: standings.flatMap((standing) => lostBy(standing, decision, standings)),
  }
}

const liveBond = (scene: Scene, { on }: KnownVisit, bond: Bond | undefined): Bond | undefined =>
  bond && on <= bond.until && isEligible(scene, bond.payee, on) ? bond : undefined

const ruled = (scene: Scene, { visit }: KnownVisit, role: AttributionRole): Decision | null => {
  const ruling = scene.rulingOn(visit.id, role)
  if (!ruling) return null
  if (ruling.touch === null) return { ...nobody, by: 'ruling' }
  const payee =
    scene.touch(ruling.touch)?.touch[role] ??
    refuse('attribution.ruling-without-touch', { ruling: ruling.id })
  return { payee, touch: ruling.touch, by: 'ruling', holds: [] }
}

const bound = (scene: Scene, visit: KnownVisit, bond: Bond | undefined): Decision | null => {
  if (!bond) return null
  const holds: CreditHold[] = isOwnVisit(scene, bond.payee, visit) ? ['self-referral'] : []
  return { payee: bond.payee, touch: bond.touch, by: 'binding', holds }
}

/** The best evidence wins, and where it speaks for its own giver nobody does until it is ruled on. */
const best = (standings: readonly Standing[]): Decision | null => {
  const [first] = standings.filter(isRunning).toSorted((a, b) => strongerFirst(a.known, b.known))
  if (!first) return null
  const { payee, known, fault } = first
  const holds: CreditHold[] = fault === null ? [] : ['self-referral']
  return { payee, touch: known.touch.id, by: 'evidence', holds }
}

const isRunning = ({ fault }: Standing) => fault === null || fault === 'self-referral'

/** A bond lasts from the visit that made it; later visits under it do not lengthen it. */
const bind = (
  { rules }: Scene,
  { on }: KnownVisit,
  { payee, touch }: Decision,
  isDisputed: boolean,
  bond: Bond | undefined,
): Bond | undefined => {
  if (rules.bindMonths === undefined || payee === null || touch === null) return undefined
  if (bond?.payee === payee) return bond
  return { payee, touch, until: addMonths(on, rules.bindMonths), isDisputed }
}

const lostBy = (
  { known, payee, fault }: Standing,
  { by, touch: winner, holds }: Decision,
  standings: readonly Standing[],
): readonly LostTouch[] => {
  const touch = known.touch.id
  if (touch === winner && holds.length === 0) return []
  const { duplicateOf } = known
  if (fault !== null) {
    const against = fault === 'duplicate' && duplicateOf !== undefined && { against: duplicateOf }
    return [{ touch, payee, because: fault, ...against }]
  }
  const won = standings.find((one) => one.known.touch.id === winner)
  if (by === 'evidence' && won && winner !== null) {
    return [{ touch, payee, because: beatenBy(won.known, known), against: winner }]
  }
  const because = by === 'binding' ? 'bound' : 'overruled'
  return [{ touch, payee, because, ...(winner !== null && { against: winner }) }]
}
