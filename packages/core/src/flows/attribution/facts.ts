import { flow, type LookUp, raise } from '../../kernel/flow.ts'
import { attribution } from '../../slices/attributions/index.ts'
import type { AttributionEvent } from '../../slices/attributions/schema.ts'
import { charge } from '../../slices/charges/index.ts'
import { encounter } from '../../slices/encounters/index.ts'
import type { EncounterEvent } from '../../slices/encounters/schema.ts'
import { partner } from '../../slices/partners/index.ts'
import type { PartnerEvent } from '../../slices/partners/schema.ts'
import { patient } from '../../slices/patients/index.ts'
import type { PatientEvent } from '../../slices/patients/schema.ts'
import type { ReferralEvent } from '../../slices/referrals/schema.ts'
import type { StaffEvent } from '../../slices/staff/schema.ts'

type Told<Event extends { type: string }, Type extends Event['type']> = Extract<
  Event,
  { type: Type }
>

const takeTouch = (touch: string) => raise(attribution, touch, { type: 'take-touch', touch })
const takeVisit = (visit: string) => raise(attribution, visit, { type: 'take-visit', visit })

/** What is said of a touch is read from its record, so that it does not matter in which order it is told. */
export const touchIsTaken = flow<
  Told<ReferralEvent, 'referral.recorded' | 'referral.confirmed' | 'referral.withdrawn'>
>(
  'touch-is-taken',
  ['referral.recorded', 'referral.confirmed', 'referral.withdrawn'],
  ({ key: { id } }) => [takeTouch(id)],
)

/** So is what is said of a visit. */
export const visitIsTaken = flow<
  Told<
    EncounterEvent,
    | 'encounter.admitted'
    | 'encounter.admission-cancelled'
    | 'encounter.discharged'
    | 'encounter.discharge-corrected'
  >
>(
  'visit-is-taken',
  [
    ...(['encounter.admitted', 'encounter.admission-cancelled'] as const),
    ...(['encounter.discharged', 'encounter.discharge-corrected'] as const),
  ],
  ({ key: { id } }) => [takeVisit(id)],
)

/** A touch may name its visit before the hospital has told of the visit. */
export const awaitedVisitIsTaken = flow<Told<AttributionEvent, 'attribution.visit-arrived'>>(
  'awaited-visit-is-taken',
  'attribution.visit-arrived',
  ({ event: { touches } }) => touches.map(takeTouch),
)

const visitsOf = (patients: readonly string[]): LookUp => ({
  kind: encounter.name,
  index: 'patient',
  equals: [patients],
})

/** Whoever is brought for the first time, or joined with somebody, has visits from before. */
export const earlierVisitsAreTaken = flow<
  Told<AttributionEvent, 'attribution.opened' | 'attribution.joined'>
>(
  'earlier-visits-are-taken',
  ['attribution.opened', 'attribution.joined'],
  (_happened, found) => found.map(({ key: { id } }) => takeVisit(id)),
  ({ event: { patients } }) => visitsOf(patients),
)

/** Persons who are one have one record of who brought them. */
export const mergeJoinsAttributions = flow<Told<PatientEvent, 'patient.merged'>>(
  'merge-joins-attributions',
  'patient.merged',
  ({ key: { id: survivor }, event: { other: merged } }) => [
    raise(attribution, survivor, { type: 'join', survivor, merged }),
  ],
)

/** Touches that were taken for the other person meanwhile are the same person's. */
export const joinedTouchesAreTaken = flow<Told<AttributionEvent, 'attribution.joined'>>(
  'joined-touches-are-taken',
  'attribution.joined',
  ({ event }) => event.with.touches.map(({ id }) => takeTouch(id)),
)

/** Somebody else's slip, shown at a person's visit: the two may be one, which staff say. */
export const strangerIsProposed = flow<Told<AttributionEvent, 'attribution.stranger-shown'>>(
  'stranger-is-proposed',
  'attribution.stranger-shown',
  ({ key: { id }, event: { person } }) => [
    raise(patient, id, { type: 'propose-match', patient: id, other: person }),
  ],
)

const look = (id: string) => raise(attribution, id, { type: 'look', patient: id })

/** By another number or phone it may show that somebody refers themselves. */
export const patientIsLookedAt = flow<
  Told<PatientEvent, 'patient.identified' | 'patient.details-changed'>
>(
  'patient-is-looked-at',
  ['patient.identified', 'patient.details-changed'],
  ({ key: { id }, event }) =>
    event.type === 'patient.details-changed' && event.phones === undefined ? [] : [look(id)],
)

const broughtBy = (payee: string): LookUp => ({
  kind: attribution.name,
  index: 'payee',
  equals: [[payee]],
})

/** What is known otherwise of somebody who brings patients concerns all whom they brought. */
export const payeeIsLookedAt = flow<
  | Told<PartnerEvent, 'partner.ended' | 'partner.resumed'>
  | Told<PartnerEvent, 'partner.contact-named' | 'partner.contact-dropped'>
  | Told<StaffEvent, 'staff.enrolled' | 'staff.details-changed'>
>(
  'payee-is-looked-at',
  [
    ...(['partner.ended', 'partner.resumed'] as const),
    ...(['partner.contact-named', 'partner.contact-dropped'] as const),
    ...(['staff.enrolled', 'staff.details-changed'] as const),
  ],
  (_happened, found) => found.map(({ key: { id } }) => look(id)),
  ({ key: { id } }) => broughtBy(id),
)

/** After their last day nobody is credited any more. */
export const departureEndsCredit = flow<Told<StaffEvent, 'staff.departed'>>(
  'departure-ends-credit',
  'staff.departed',
  ({ key: { id: staff }, at }) => [
    raise(attribution, staff, { type: 'take-departure', staff, at }),
  ],
)

export const departureIsLookedAt = flow<Told<AttributionEvent, 'attribution.departure-taken'>>(
  'departure-is-looked-at',
  'attribution.departure-taken',
  (_happened, found) => found.map(({ key: { id } }) => look(id)),
  ({ event: { staff } }) => broughtBy(staff),
)

/** Whoever leaves for good leaves their partners to a successor, where one is named. */
export const departureHandsPartnersOver = flow<Told<StaffEvent, 'staff.departed'>>(
  'departure-hands-partners-over',
  'staff.departed',
  ({ key: { id: from }, event: { successor } }, found) =>
    successor === undefined
      ? []
      : found.map(({ key: { id } }) =>
          raise(partner, id, { type: 'hand-over', partner: id, from, to: successor }),
        ),
  ({ key: { id }, event: { successor } }) =>
    successor === undefined ? undefined : { kind: partner.name, index: 'owner', equals: [[id]] },
)

/** Charges follow the merit of their visit. */
export const creditReachesCharges = flow<Told<AttributionEvent, 'attribution.decided'>>(
  'credit-reaches-charges',
  'attribution.decided',
  ({ event: { visit } }) => [raise(charge, visit, { type: 'attribute', visit })],
)

/** All flows by which merit follows from what is recorded. */
export const attributionFlows = [
  touchIsTaken,
  visitIsTaken,
  awaitedVisitIsTaken,
  earlierVisitsAreTaken,
  mergeJoinsAttributions,
  joinedTouchesAreTaken,
  strangerIsProposed,
  patientIsLookedAt,
  payeeIsLookedAt,
  departureEndsCredit,
  departureIsLookedAt,
  departureHandsPartnersOver,
  creditReachesCharges,
]
