import { addMonths, type DayNumber, readDay } from '../calendar/day.ts'
import { type Millis, readInstant } from '../calendar/instant.ts'
import { type Zone, zoneOf } from '../calendar/zone.ts'
import { refuse } from '../refusal.ts'
import type {
  AttributedVisit,
  AttributionFacts,
  Dispute,
  PayeeTerm,
  Ruling,
  Touch,
} from './facts.ts'
import { personsAsOf } from './persons.ts'
import type { AttributionRole, AttributionRules, EvidenceRule } from './rules.ts'

/** A touch with its instants read and its person found. */
export interface KnownTouch {
  readonly touch: Touch
  readonly patient: string
  readonly at: Millis
  readonly on: DayNumber
  readonly recordedAt: Millis
  readonly evidence: EvidenceRule | undefined
  /** The earlier touch that used the same number. */
  readonly duplicateOf: string | undefined
}

export interface KnownVisit {
  readonly visit: AttributedVisit
  readonly patient: string
  readonly at: Millis
  readonly on: DayNumber
  readonly isFirst: boolean
}

/** Facts as known at an instant, indexed. */
export interface Scene {
  readonly rules: AttributionRules
  readonly asOf: Millis
  readonly visits: readonly KnownVisit[]
  /** The touches of a visit's patient, and those that were shown at the visit, earliest first. */
  readonly touchesFor: (visit: KnownVisit) => readonly KnownTouch[]
  readonly touch: (id: string) => KnownTouch | undefined
  /** Undefined where anybody may be credited. */
  readonly terms: ReadonlyMap<string, readonly PayeeTerm[]> | undefined
  readonly rulingOn: (visit: string, role: AttributionRole) => Ruling | undefined
  readonly isDisputed: (visit: string, role: AttributionRole) => boolean
}

/** Refuses a touch or visit id that stands there twice (`attribution.id-twice`). */
export const sceneOf = (
  rules: AttributionRules,
  facts: AttributionFacts,
  { zone: zoneName, asOf: asOfText }: { readonly zone: string; readonly asOf: string },
): Scene => {
  const zone = zoneOf(zoneName)
  const asOf = readInstant(asOfText)
  const isKnown = (at: string) => readInstant(at) <= asOf
  const patientOf = personsAsOf(facts.links ?? [], asOf)
  const touches = touchesOf(rules, facts.touches, zone, asOf, patientOf)
  const byPatient = Map.groupBy(touches, ({ patient }) => patient)
  const byVisit = Map.groupBy(touches, ({ touch }) => touch.visit)
  const byId = new Map(touches.map((known) => [known.touch.id, known]))
  const rulings = new Map<string, Ruling>()
  for (const ruling of (facts.rulings ?? []).toSorted(byTime)) {
    if (isKnown(ruling.at)) rulings.set(`${ruling.role} ${ruling.visit}`, ruling)
  }
  const disputed = new Set(
    (facts.disputes ?? []).filter(isOpen(isKnown)).map(({ role, visit }) => `${role} ${visit}`),
  )
  return {
    rules,
    asOf,
    visits: visitsOf(rules, facts.visits, zone, isKnown, patientOf),
    touchesFor: ({ visit, patient }) => {
      const own = byPatient.get(patient) ?? []
      const strange = (byVisit.get(visit.id) ?? []).filter((known) => known.patient !== patient)
      return strange.length === 0 ? own : [...own, ...strange].toSorted(earlierFirst)
    },
    touch: (id) => byId.get(id),
    terms: facts.payees && Map.groupBy(facts.payees, ({ id }) => id),
    rulingOn: (visit, role) => rulings.get(`${role} ${visit}`),
    isDisputed: (visit, role) => disputed.has(`${role} ${visit}`),
  }
}

const byTime = (a: Ruling, b: Ruling) =>
  readInstant(a.at) - readInstant(b.at) || (a.id < b.id ? -1 : 1)

const isOpen =
  (isKnown: (at: string) => boolean) =>
  ({ raisedAt, closedAt }: Dispute) =>
    isKnown(raisedAt) && !(closedAt !== undefined && isKnown(closedAt))

export const earlierFirst = (a: KnownTouch, b: KnownTouch): number =>
  a.at - b.at || (a.touch.id < b.touch.id ? -1 : 1)

const distinct = (ids: readonly string[]) => {
  const seen = new Set<string>()
  for (const id of ids) {
    if (seen.has(id)) refuse('attribution.id-twice', { id })
    seen.add(id)
  }
}

const touchesOf = (
  { evidence }: AttributionRules,
  touches: readonly Touch[],
  zone: Zone,
  asOf: Millis,
  patientOf: (person: string) => string,
): readonly KnownTouch[] => {
  distinct(touches.map(({ id }) => id))
  const rules = new Map(evidence.map((rule) => [rule.kind, rule]))
  const firstUse = new Map<string, string>()
  return touches
    .map((touch): KnownTouch => {
      const at = readInstant(touch.at)
      return {
        touch,
        patient: patientOf(touch.person),
        at,
        on: zone.dayOf(at),
        recordedAt: readInstant(touch.recordedAt),
        evidence: rules.get(touch.kind),
        duplicateOf: undefined,
      }
    })
    .filter(({ recordedAt }) => recordedAt <= asOf)
    .sort(earlierFirst)
    .map((known) => {
      const { id, kind, number } = known.touch
      if (number === undefined || !known.evidence?.singleUse) return known
      const use = `${kind} ${number}`
      const duplicateOf = firstUse.get(use)
      if (duplicateOf === undefined) firstUse.set(use, id)
      return { ...known, duplicateOf }
    })
}

const visitsOf = (
  { newAfterMonths }: AttributionRules,
  visits: readonly AttributedVisit[],
  zone: Zone,
  isKnown: (at: string) => boolean,
  patientOf: (person: string) => string,
): readonly KnownVisit[] => {
  distinct(visits.map(({ id }) => id))
  const lastOn = new Map<string, DayNumber>()
  return visits
    .filter(({ registeredAt, cancelledAt }) => {
      return isKnown(registeredAt) && !(cancelledAt !== undefined && isKnown(cancelledAt))
    })
    .map((visit) => ({
      visit,
      patient: patientOf(visit.patient),
      at: readInstant(visit.registeredAt),
    }))
    .sort((a, b) => a.at - b.at || (a.visit.id < b.visit.id ? -1 : 1))
    .map((known) => {
      const on = zone.dayOf(known.at)
      const last = lastOn.get(known.patient)
      lastOn.set(known.patient, on)
      const isFirst =
        last === undefined || (newAfterMonths !== undefined && on > addMonths(last, newAfterMonths))
      return { ...known, on, isFirst }
    })
}

/** Whether a payee may be credited on a local day. */
export const isEligible = ({ terms }: Scene, payee: string, on: DayNumber): boolean =>
  terms === undefined ||
  (terms.get(payee) ?? []).some(
    ({ from, to }) => readDay(from) <= on && (to === undefined || on <= readDay(to)),
  )

/** Whether the payee is the patient, or one of those around the visit. */
export const isOwnVisit = ({ terms }: Scene, payee: string, { visit }: KnownVisit): boolean => {
  const around = new Set([visit.patient, ...(visit.identities ?? [])])
  const words = (terms?.get(payee) ?? []).flatMap(({ identities = [] }) => identities)
  return [payee, ...words].some((word) => around.has(word))
}
