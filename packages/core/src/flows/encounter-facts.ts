import type { FollowUpFact } from '@hospital-crm/rules'
import { flow, type Raised, raise } from '../kernel/flow.ts'
import type { EncounterEvent } from '../slices/encounters/schema.ts'
import { followUp } from '../slices/follow-ups/index.ts'

type Told<Type extends EncounterEvent['type']> = Extract<EncounterEvent, { type: Type }>

const note = (
  patient: string,
  facts: readonly FollowUpFact[],
  episode?: object,
): readonly Raised[] => [
  raise(followUp, patient, {
    type: 'note',
    patient,
    facts,
    ...(episode && { episode }),
  } as never),
]

/** What plans may ask of a visit; diagnoses by their codes, the main one first. */
const groundsOf = ({
  attending,
  department,
  diagnoses,
}: Pick<Told<'encounter.discharged'>, 'attending' | 'department' | 'diagnoses'>) => ({
  ...(attending !== undefined && { attending }),
  ...(department !== undefined && { department }),
  ...(diagnoses && { diagnoses: diagnoses.flatMap(({ code }) => code ?? []) }),
})

/** Only stays end with a discharge that is followed up, and only stays are readmissions. */
const isStay = ({ class: admittedAs }: { class: string }) => admittedAs === 'inpatient'

/** A discharge, and each correction of it, is a fact of the patient's follow-ups. */
export const dischargeIsPlanned = flow<
  Told<'encounter.discharged' | 'encounter.discharge-corrected'>
>(
  'discharge-is-planned',
  ['encounter.discharged', 'encounter.discharge-corrected'],
  ({ key, at, cause, event }) => {
    if (!isStay(event)) return []
    const { patient, at: effective, disposition = '', department } = event
    const fact: FollowUpFact = {
      type: 'discharge',
      at,
      patient,
      visit: key.id,
      effective,
      disposition,
      message: cause,
      ...groundsOf(event),
      ...(event.imported && { imported: true }),
    }
    // A discharge told a second time with its first time is a repeat; only this says that it is not.
    const moved = event.type === 'encounter.discharge-corrected' && event.before !== effective
    const correction = { type: 'discharge-corrected', at, visit: key.id, effective } as const
    const where = department === undefined ? {} : { department }
    return note(patient, moved ? [fact, correction] : [fact], {
      visit: key.id,
      dischargedAt: effective,
      ...where,
    })
  },
)

export const dischargeIsCancelled = flow<Told<'encounter.discharge-cancelled'>>(
  'discharge-is-cancelled',
  'encounter.discharge-cancelled',
  ({ key, at, event }) => {
    const { patient, at: effective } = event
    return isStay(event)
      ? note(patient, [{ type: 'discharge-cancelled', at, visit: key.id, effective }])
      : []
  },
)

/** A stay that begins after a discharge ends what was planned by it; a visit may begin a plan itself. */
export const admissionEndsPlans = flow<Told<'encounter.admitted'>>(
  'admission-ends-plans',
  'encounter.admitted',
  ({ key, at, event }) => {
    const { patient, at: effective, class: admittedAs, department } = event
    const fact = {
      type: 'admission',
      at,
      patient,
      visit: key.id,
      effective,
      class: admittedAs,
    } as const
    if (isStay(event)) return note(patient, [fact])
    const where = department === undefined ? {} : { department }
    return note(patient, [{ ...fact, ...groundsOf(event) }], {
      visit: key.id,
      dischargedAt: effective,
      ...where,
    })
  },
)

export const admissionIsCancelled = flow<Told<'encounter.admission-cancelled'>>(
  'admission-is-cancelled',
  'encounter.admission-cancelled',
  ({ key, at, event }) => {
    const { patient, at: effective } = event
    return note(patient, [{ type: 'admission-cancelled', at, visit: key.id, effective }])
  },
)
