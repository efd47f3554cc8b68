import { match, P } from 'ts-pattern'
import { linked, linkedKeys } from '../../../kernel/links.ts'
import { type Seen, subjectOf } from '../../../kernel/slice.ts'
import type { Key } from '../../../ports/store.ts'
import type { Attribution, AttributionCommand } from '../schema.ts'

type View = Pick<Seen<Attribution>, 'own' | 'other'>

export const patientKey = (id: string): Key => ({ kind: 'patient', id })
export const visitKey = (id: string): Key => ({ kind: 'encounter', id })
export const touchKey = (id: string): Key => ({ kind: 'referral', id })
export const memberKey = (id: string): Key => ({ kind: 'staff', id })
export const partnerKey = (id: string): Key => ({ kind: 'partner', id })

/** The person a record of another slice names; `undefined` while that is not loaded or does not exist. */
const personIn = (key: Key, { other }: View) =>
  (other(key) as { patient?: string } | null | undefined)?.patient

/**
 * The record of a person, first, and those on the way to it: through merges of persons, and of
 * records, which outlive the persons' own.
 */
const recordsOf = (person: string, { own, other }: View): string[] => {
  const patient = linked(person, (id) => other(patientKey(id))).at(-1) ?? person
  return linked(patient, own).reverse()
}

/** The visit at whose desk a touch was shown. */
const visitIn = (touch: string, { other }: View) =>
  (other(touchKey(touch)) as { visit?: string } | null | undefined)?.visit

/** The persons a command is about: for a touch whose it is, and at whose visit it was shown. */
const personsOf = (command: AttributionCommand, view: View): string[] =>
  match(command)
    .with({ type: 'take-touch' }, ({ touch }) => {
      const shown = visitIn(touch, view)
      const visit = shown === undefined ? undefined : personIn(visitKey(shown), view)
      return [personIn(touchKey(touch), view), visit].flatMap((person) => person ?? [])
    })
    .with({ type: 'join' }, ({ survivor, merged }) => [survivor, merged])
    .otherwise((said) => {
      if ('patient' in said) return [said.patient]
      if ('staff' in said) return []
      const person = personIn(visitKey(said.visit), view)
      return person === undefined ? [] : [person]
    })

/** The record of a person today. */
export const recordOf = (person: string, view: View): string => recordsOf(person, view)[0] ?? person

/** Where touches wait that were shown at a visit which is not known yet. */
export const waitingAt = (visit: string) => `visit:${visit}`

/** Where the last day of somebody stands who has left. */
export const leftAt = (staff: string) => `staff:${staff}`

interface Payees {
  readonly rep?: string | undefined
  readonly partner?: string | undefined
}

/** The records of the persons a command is about; what is merged is one of its own until it has moved. */
const personalOf = (command: AttributionCommand, view: View): string[] => {
  const records = personsOf(command, view).flatMap((person) => recordsOf(person, view))
  return command.type === 'join' ? [...records, command.merged] : records
}

/** Who is said to have brought those persons, by what is known and by what the command brings. */
const payeesOf = (command: AttributionCommand, view: View): Payees[] => {
  const said =
    command.type === 'take-touch' ? (view.other(touchKey(command.touch)) as Payees | null) : null
  const known = personalOf(command, view).flatMap((id) => {
    const record = view.own(id)
    return record?.status === 'attributed' ? record.touches : []
  })
  return [...known, ...(said ? [said] : [])]
}

export const keys = (command: AttributionCommand, seen: Seen<Attribution>): readonly string[] => {
  const also = match(command)
    .with({ type: 'take-touch' }, ({ touch }) => {
      const shown = visitIn(touch, seen)
      const isKnown = shown === undefined || personIn(visitKey(shown), seen) !== undefined
      return isKnown ? [] : [waitingAt(shown)]
    })
    .with({ type: 'take-departure' }, ({ staff }) => [leftAt(staff)])
    .with({ visit: P.string }, ({ visit }) => [waitingAt(visit)])
    .otherwise(() => [])
  const reps = payeesOf(command, seen).flatMap(({ rep }) => rep ?? [])
  const ids = [...new Set([...personalOf(command, seen), ...also, ...reps.map(leftAt)])]
  return ids.length > 0 ? ids : [`touch:${seen.fresh}`]
}

const payeeKeys = ({ rep, partner }: Payees): Key[] => [
  ...(rep === undefined ? [] : [memberKey(rep)]),
  ...(partner === undefined ? [] : [partnerKey(partner)]),
]

export const needs = (command: AttributionCommand, seen: Seen<Attribution>): readonly Key[] => {
  const shown = command.type === 'take-touch' ? visitIn(command.touch, seen) : undefined
  return [
    ...(command.type === 'take-touch' ? [touchKey(command.touch)] : []),
    ...(shown === undefined ? [] : [visitKey(shown)]),
    ...('visit' in command ? [visitKey(command.visit)] : []),
    ...personsOf(command, seen).flatMap((id) => linkedKeys(patientKey(id), seen.other)),
    ...personalOf(command, seen).map(patientKey),
    ...payeesOf(command, seen).flatMap(payeeKeys),
  ]
}

/** What is said of a dispute goes with the patient. */
export const subjects = (command: AttributionCommand, seen: Seen<Attribution>) => ({
  subject: subjectOf('patient', keys(command, seen)[0] ?? ''),
})
