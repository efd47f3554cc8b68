import { refuse } from '../../../kernel/refusal.ts'
import { type Context, type On, on } from '../../../kernel/slice.ts'
import type { Patient, PatientCommand, PatientEvent } from '../schema.ts'
import { refuses } from './consents.ts'
import { personOf, survivorOf } from './keys.ts'
import { identify } from './register.ts'

type Decided = PatientEvent | On<PatientEvent>
type Merge = Extract<PatientCommand, { type: 'merge' }>

/** Makes the record of `other` part of the main one. The stricter of two consents stands. */
export const join = (
  survivor: Patient,
  other: string,
  { id, own, now }: Pick<Context<Patient>, 'id' | 'own' | 'now'>,
): Decided[] => {
  const gone = own(other)
  if (gone.status !== 'person') return refuse('patient.unknown', { patient: other })
  const { consents, died } =
    survivor.status === 'person' ? survivor : { consents: {}, died: undefined }
  const refusals = Object.keys(gone.consents)
    .filter((purpose) => refuses(gone.consents, purpose) && !refuses(consents, purpose))
    .map((purpose) => [purpose, { allowed: false, at: now }] as const)
  return [
    {
      type: 'patient.merged',
      other,
      others: gone.merged,
      identifiers: gone.identifiers,
      consents: Object.fromEntries(refusals),
    },
    on(other, { type: 'patient.merged-into', into: id }),
    ...(died === undefined && gone.died !== undefined
      ? [{ type: 'patient.died', at: gone.died } as const]
      : []),
  ]
}

/** A merge told by the source of the numbers: whoever has the retired ones becomes whoever has the others. */
export const merge = (patient: Patient, command: Merge, context: Context<Patient>): Decided[] => {
  const { id, own, fresh } = context
  const opened: Decided[] = patient.status === 'none' ? [{ type: 'patient.registered' }] : []
  const gone = personOf(command.retired, fresh, own)
  const known = gone !== undefined && gone !== fresh && survivorOf(gone, own) !== id
  const joined = known ? join(patient, gone, context) : []
  const proposed = patient.status === 'person' ? patient.matches : []
  return [
    ...opened,
    ...identify(id, [...command.survivor, ...(known ? [] : command.retired)], proposed, context),
    ...joined,
  ]
}
