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
      const person = personIn(visitKey(said.visit), view)
      return person === undefined ? [] : [person]
    })

/** The record of a person today. */
export const recordOf = (person: string, view: View): string => recordsOf(person, view)[0] ?? person

/** Where touches wait that were shown at a visit which is not known yet. */
export const waitingAt = (visit: string) => `visit:${visit}`

export const keys = (command: AttributionCommand, seen: Seen<Attribution>): readonly string[] => {
  const persons = personsOf(command, seen)
  const records = persons.flatMap((person) => recordsOf(person, seen))
  const also = match(command)
    .with({ type: 'take-touch' }, ({ touch }) => {
      const shown = visitIn(touch, seen)
      return shown !== undefined && persons.length === 1 ? [waitingAt(shown)] : []
    })
    // What is merged is a record of its own until it has moved.
    .with({ type: 'join' }, ({ merged }) => [merged])
    .with({ visit: P.string }, ({ visit }) => [waitingAt(visit)])
    .otherwise(() => [])
  const ids = [...new Set([...records, ...also])]
  return ids.length > 0 ? ids : [`touch:${seen.fresh}`]
}

/** Those who are said to have brought a person: members of staff and partners. */
const payeesOf = (ids: readonly string[], { own }: View): Key[] =>
  ids.flatMap((id) => {
    const known = own(id)
    if (known?.status !== 'attributed') return []
    return known.touches.flatMap(({ rep, partner }) => payeeKeys({ rep, partner }))
  })

const payeeKeys = ({
  rep,
  partner,
}: {
  readonly rep?: string | undefined
  readonly partner?: string | undefined
}): Key[] => [
  ...(rep === undefined ? [] : [memberKey(rep)]),
  ...(partner === undefined ? [] : [partnerKey(partner)]),
]

const factsOf = (command: AttributionCommand, view: View): Key[] => {
  if (command.type === 'take-touch') {
    const key = touchKey(command.touch)
    const touch = view.other(key) as { visit?: string; rep?: string; partner?: string } | null
    const visit = touch?.visit
    return [key, ...(visit === undefined ? [] : [visitKey(visit)]), ...payeeKeys(touch ?? {})]
  }
  return 'visit' in command ? [visitKey(command.visit)] : []
}

export const needs = (command: AttributionCommand, seen: Seen<Attribution>): readonly Key[] => {
  const persons = personsOf(command, seen)
  const records = keys(command, seen)
  return [
    ...factsOf(command, seen),
    ...persons.flatMap((person) => linkedKeys(patientKey(person), seen.other)),
    ...(persons.length === 0 ? [] : records.map(patientKey)),
    ...payeesOf(records, seen),
  ]
}

/** What is said of a dispute goes with the patient. */
export const subjects = (command: AttributionCommand, seen: Seen<Attribution>) => ({
  subject: subjectOf('patient', keys(command, seen)[0] ?? ''),
})
