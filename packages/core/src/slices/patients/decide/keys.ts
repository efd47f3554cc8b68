import { match, P } from 'ts-pattern'
import { linked } from '../../../kernel/links.ts'
import { type Seen, subjectOf } from '../../../kernel/slice.ts'
import type { IdentifierInput, Patient, PatientCommand } from '../schema.ts'

type Look = (id: string) => Patient | undefined

/** The record that makes a number unique: by who gave it, its type and its keyed hash. */
export const numberRecord = ({ authority = '', type = '', value }: IdentifierInput) =>
  `number:${authority}:${type}:${value.words?.[0] ?? ''}`

/** Whom an id stands for today: through merges to the survivor, as far as loaded. */
export const survivorOf = (id: string, look: Look): string => linked(id, look).at(-1) ?? id

/** The person known by the first of these numbers that is known at all; `undefined` while not loaded. */
export const personOf = (identifiers: readonly IdentifierInput[], fresh: string, look: Look) => {
  for (const identifier of identifiers) {
    const number = look(numberRecord(identifier))
    if (number === undefined) return undefined
    if (number.status === 'number') return survivorOf(number.person, look)
  }
  return fresh
}

/** A person with everything that goes with them when they are merged or erased. */
const whole = (id: string, look: Look): string[] => {
  const state = look(id)
  if (state?.status !== 'person') return [id]
  const numbers = state.identifiers.map(({ record }) => record)
  return [id, ...numbers, ...state.merged]
}

/** The survivor of an id first, then the ids that led there. */
const resolved = (id: string, { own }: Seen<Patient>) => linked(id, own).reverse()

export const keys = (command: PatientCommand, seen: Seen<Patient>): readonly string[] =>
  match(command)
    .with({ type: 'register' }, ({ patient, identifiers }) => {
      const numbers = identifiers.map(numberRecord)
      const person = patient ?? personOf(identifiers, seen.fresh, seen.own)
      return person === undefined ? numbers : [...resolved(person, seen), ...numbers]
    })
    .with({ type: 'merge' }, ({ survivor, retired }) => {
      const numbers = [...survivor, ...retired].map(numberRecord)
      const kept = personOf(survivor, seen.fresh, seen.own)
      const gone = personOf(retired, seen.fresh, seen.own)
      if (kept === undefined || gone === undefined) return numbers
      return [...new Set([...resolved(kept, seen), ...resolved(gone, seen), ...numbers])]
    })
    .with({ type: P.union('propose-match', 'reject-match', 'confirm-match') }, (pair) => [
      ...new Set([...resolved(pair.patient, seen), ...resolved(pair.other, seen)]),
    ])
    .with({ type: 'erase' }, ({ patient }) => {
      const [person = patient, ...led] = resolved(patient, seen)
      return [...new Set([...whole(person, seen.own), ...led])]
    })
    .otherwise(({ patient }) => resolved(patient, seen))

/** Whose personal data a command carries: the person it ends up with. */
export const subjects = (command: PatientCommand, seen: Seen<Patient>) => ({
  subject: subjectOf('patient', keys(command, seen)[0] ?? seen.fresh),
})

/** Subjects whose keys go with an erasure: the person's, and those of everybody merged into them. */
export const erases = (command: PatientCommand, seen: Seen<Patient>) => {
  if (command.type !== 'erase') return []
  const [person = command.patient] = resolved(command.patient, seen)
  const state = seen.own(person)
  if (state?.status !== 'person') return []
  return [person, ...state.merged].map((id) => subjectOf('patient', id))
}
