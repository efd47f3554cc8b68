import { match, P } from 'ts-pattern'
import { linked } from '../../../kernel/links.ts'
import { type Seen, subjectOf } from '../../../kernel/slice.ts'
import type { Key } from '../../../ports/store.ts'
import type { FollowUp, FollowUpCommand } from '../schema.ts'

export const patientKey = (patient: string): Key => ({ kind: 'patient', id: patient })
const visitKey = (visit: string): Key => ({ kind: 'encounter', id: visit })

const patientOf = (visit: string, { other }: Seen<FollowUp>): string | null | undefined => {
  const known = other(visitKey(visit)) as { patient?: string } | null | undefined
  return known === null ? null : known?.patient
}

/** The record of whom the command concerns: named, or found by the visit. */
export const keys = (command: FollowUpCommand, seen: Seen<FollowUp>): readonly string[] => {
  const follow = (patient: string) => linked(patient, seen.own).reverse()
  if (command.type === 'merge') {
    return [...new Set([...follow(command.survivor), ...follow(command.merged)])]
  }
  if ('patient' in command) return follow(command.patient)
  const patient = patientOf(command.visit, seen)
  if (patient === undefined) return []
  return patient === null ? [`visit:${command.visit}`] : follow(patient)
}

/** A visit names its patient in its own record, and a patient's says where a home visit would go. */
export const needs = (command: FollowUpCommand): readonly Key[] =>
  match(command)
    .with({ visit: P.string }, ({ visit }) => [visitKey(visit)])
    .with({ type: P.union('note', 'locate') }, ({ patient }) => [patientKey(patient)])
    .with({ type: P.string }, () => [])
    .exhaustive()

export const subjects = (command: FollowUpCommand, seen: Seen<FollowUp>) => ({
  subject: subjectOf('patient', keys(command, seen)[0] ?? ''),
})
