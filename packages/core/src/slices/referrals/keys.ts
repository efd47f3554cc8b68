import { linkedKeys } from '../../kernel/links.ts'
import type { Sealed } from '../../kernel/personal.ts'
import { type Seen, subjectOf } from '../../kernel/slice.ts'
import type { Key } from '../../ports/store.ts'
import type { Referral, ReferralCommand } from './schema.ts'

export const memberKey = (id: string): Key => ({ kind: 'staff', id })
export const partnerKey = (id: string): Key => ({ kind: 'partner', id })
export const patientKey = (id: string): Key => ({ kind: 'patient', id })

/** The record of a number used: by the kind of paper it stands on and its keyed hash. */
export const numberRecord = (kind: string, number: Sealed) =>
  `number:${kind}:${number.words?.[0] ?? ''}`

export const keys = (
  command: ReferralCommand,
  { own, fresh }: Seen<Referral>,
): readonly string[] => {
  if (command.type === 'record') {
    const { touch = fresh, kind, number } = command
    return number ? [touch, numberRecord(kind, number)] : [touch]
  }
  const known = own(command.touch)
  const number = known?.status === 'touch' ? known.number : undefined
  return number ? [command.touch, number.record] : [command.touch]
}

export const needs = (command: ReferralCommand, { other }: Seen<Referral>): readonly Key[] => {
  if (command.type !== 'record') return []
  const { patient, rep, partner } = command
  return [
    ...linkedKeys(patientKey(patient), other),
    ...(rep === undefined ? [] : [memberKey(rep)]),
    ...(partner === undefined ? [] : [partnerKey(partner)]),
  ]
}

/** What is noted of a touch, and the number on it, go with the patient. */
export const subjects = (command: ReferralCommand, { own, other }: Seen<Referral>) => {
  if (command.type === 'record') {
    const chain = linkedKeys(patientKey(command.patient), other)
    return { subject: subjectOf('patient', chain.at(-1)?.id ?? command.patient) }
  }
  const known = own(command.touch)
  const patient = known?.status === 'touch' ? known.patient : command.touch
  return { subject: subjectOf('patient', patient) }
}
