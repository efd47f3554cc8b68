import type { FollowUpFact } from '@hospital-crm/rules'
import { flow, raise } from '../kernel/flow.ts'
import { followUp } from '../slices/follow-ups/index.ts'
import { intake } from '../slices/intakes/index.ts'
import type { PatientEvent } from '../slices/patients/schema.ts'

type Told<Type extends PatientEvent['type']> = Extract<PatientEvent, { type: Type }>

const note = (patient: string, fact: FollowUpFact) => [
  raise(followUp, patient, { type: 'note', patient, facts: [fact] }),
]

/** What is due after a death is called off; what was missed before it stays missed. */
export const deathEndsPlans = flow<Told<'patient.died'>>(
  'death-ends-plans',
  'patient.died',
  ({ key: { id }, at, event }) => {
    const effective = event.at === 'unknown' ? at : event.at
    return note(id, { type: 'death', at, patient: id, effective })
  },
)

export const revokedDeathRestoresPlans = flow<Told<'patient.death-revoked'>>(
  'revoked-death-restores-plans',
  'patient.death-revoked',
  ({ key: { id }, at }) => note(id, { type: 'death-revoked', at, patient: id }),
)

export const consentDecidesPlans = flow<Told<'patient.consent-recorded'>>(
  'consent-decides-plans',
  'patient.consent-recorded',
  ({ key: { id }, at, event: { purpose, allowed } }) =>
    note(id, { type: 'consent', at, patient: id, purpose, allowed }),
)

/** A new number may be the right one at last. */
export const newPhoneIsTried = flow<Told<'patient.details-changed'>>(
  'new-phone-is-tried',
  'patient.details-changed',
  ({ key: { id }, at, event }) =>
    event.phones ? note(id, { type: 'contact-details-updated', at, patient: id }) : [],
)

/** Whoever moves house is visited where they live now. */
export const newAddressIsVisited = flow<Told<'patient.details-changed'>>(
  'new-address-is-visited',
  'patient.details-changed',
  ({ key: { id }, event }) =>
    event.area === undefined ? [] : [raise(followUp, id, { type: 'locate', patient: id })],
)

/** Two persons who are one have one record of follow-ups. */
export const mergeJoinsPlans = flow<Told<'patient.merged'>>(
  'merge-joins-plans',
  'patient.merged',
  ({ key: { id }, event: { other } }) => [
    raise(followUp, id, { type: 'merge', survivor: id, merged: other }),
  ],
)

/** Nobody calls a person whose data is destroyed. */
export const erasureEndsPlans = flow<Told<'patient.erased'>>(
  'erasure-ends-plans',
  'patient.erased',
  ({ key: { id }, at }) =>
    note(id, { type: 'consent', at, patient: id, purpose: '*', allowed: false }),
)

const wordOf = (record: string) => record.slice(record.lastIndexOf(':') + 1)

/** A quarantined message that speaks of a person goes with the person. */
export const erasureReachesQuarantine = flow<Told<'patient.number-released'>>(
  'erasure-reaches-quarantine',
  'patient.number-released',
  (_happened, found) =>
    found.map(({ key: { id } }) =>
      raise(intake, id, { type: 'settle', hash: id.slice('message:'.length), how: 'dismissed' }),
    ),
  ({ key: { id } }) => ({ kind: intake.name, index: 'number', equals: [[wordOf(id)]] }),
)
