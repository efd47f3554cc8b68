import { refuse } from '../../../kernel/refusal.ts'
import { type Context, type On, on } from '../../../kernel/slice.ts'
import type { Patient, PatientCommand, PatientEvent } from '../schema.ts'
import { personOf, survivorOf } from './keys.ts'
import { identify } from './register.ts'

type Decided = PatientEvent | On<PatientEvent>
type Merge = Extract<PatientCommand, { type: 'merge' }>

/** Makes the record of `other` part of the main one. The stricter of two consents stands. */
export const join = (
  survivor: Patient,
  other: string,
  { id, own }: Pick<Context<Patient>, 'id' | 'own'>,
): Decided[] => {
  const gone = own(other)
  if (gone.status !== 'person') return refuse('patient.unknown', { patient: other })
  const consents = survivor.status === 'person' ? survivor.consents : {}
  const refusals = Object.entries(gone.consents).filter(
    ([purpose, { allowed }]) => !allowed && consents[purpose]?.allowed !== false,
  )
  return [
    {
      type: 'patient.merged',
      other,
      others: gone.merged,
      identifiers: gone.identifiers,
      consents: Object.fromEntries(refusals),
    },
    on(other, { type: 'patient.merged-into', into: id }),
  ]
}

/** A merge told by the source of the numbers: whoever has the retired ones becomes whoever has the others. */
export const merge = (patient: Patient, command: Merge, context: Context<Patient>): Decided[] => {
  const { id, own, fresh } = context
  const opened: Decided[] = patient.status === 'none' ? [{ type: 'patient.registered' }] : []
  const gone = personOf(command.retired, fresh, own)
  const known = gone !== undefined && gone !== fresh && survivorOf(gone, own) !== id
  const joined = known ? join(patient, gone, context) : []
  return [
    ...opened,
    ...identify(id, [...command.survivor, ...(known ? [] : command.retired)], [], context),
    ...joined,
  ]
}
