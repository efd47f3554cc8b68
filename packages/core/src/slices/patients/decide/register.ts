import type { Sealed } from '../../../kernel/personal.ts'
import { refuse } from '../../../kernel/refusal.ts'
import { type Context, type On, on } from '../../../kernel/slice.ts'
import type {
  Identifier,
  IdentifierInput,
  Patient,
  PatientCommand,
  PatientEvent,
  Person,
} from '../schema.ts'
import { numberRecord, survivorOf } from './keys.ts'

type Register = Extract<PatientCommand, { type: 'register' }>
type Decided = PatientEvent | On<PatientEvent>

/** So far the clock of a source may be ahead of ours. */
const skewMs = 5 * 60_000

/** Nonces differ, so sealed values are compared by the keyed hash of their first word. */
const sameValue = (a: Sealed | undefined, b: Sealed | undefined) => a?.words?.[0] === b?.words?.[0]

const sameValues = (a: readonly Sealed[] = [], b: readonly Sealed[] = []) =>
  a.length === b.length && a.every((value, at) => sameValue(value, b[at]))

/** What of a person's details a source says anew. What it leaves out stays as it was. */
const news = (said: Register, known: Partial<Person>) => {
  const { name, birthDate, sex, phones, address, area } = said
  return {
    ...(name && !sameValue(name, known.name) && { name }),
    ...(birthDate && !sameValue(birthDate, known.birthDate) && { birthDate }),
    ...(sex && sex !== known.sex && { sex }),
    ...(phones && !sameValues(phones, known.phones) && { phones }),
    ...(address && !sameValue(address, known.address) && { address }),
    ...(area !== undefined && area !== known.area && { area }),
  }
}

/** Numbers nobody has become the person's; a number of another person is a match to be looked into. */
export const identify = (
  person: string,
  identifiers: readonly IdentifierInput[],
  known: readonly string[],
  { own }: Pick<Context<Patient>, 'own'>,
): Decided[] => {
  const seen = new Set<string>()
  const proposed = new Set(known)
  return identifiers.flatMap((input): Decided[] => {
    const record = numberRecord(input)
    if (seen.has(record)) return []
    seen.add(record)
    const number = own(record)
    if (number.status === 'number') {
      const other = survivorOf(number.person, own)
      if (other === person || proposed.has(other)) return []
      proposed.add(other)
      return [{ type: 'patient.match-proposed', other }]
    }
    const identifier: Identifier = { ...input, record }
    return [
      { type: 'patient.identified', identifier },
      on(record, { type: 'patient.number-given', person }),
    ]
  })
}

/** What a source knows of a person: a new one, or changes of one known. */
export const register = (
  patient: Patient,
  said: Register,
  context: Context<Patient>,
): Decided[] => {
  const known = patient.status === 'person' ? patient : { matches: [], died: undefined }
  const details = news(said, known)
  const events: Decided[] = []
  if (patient.status === 'none') events.push({ type: 'patient.registered', ...details })
  else if (Object.keys(details).length > 0)
    events.push({ type: 'patient.details-changed', ...details })
  events.push(...identify(context.id, said.identifiers, known.matches, context))
  if (said.died === 'no' && known.died !== undefined) events.push({ type: 'patient.death-revoked' })
  if (said.died !== undefined && said.died !== 'no')
    events.push(...died(known.died, said.died, context))
  return events
}

/** A death learned again changes nothing; a known time replaces an unknown one, not the reverse. */
export const died = (
  known: string | undefined,
  at: string,
  { now }: Pick<Context<Patient>, 'now'>,
): PatientEvent[] => {
  if (at !== 'unknown' && Date.parse(at) - Date.parse(now) > skewMs)
    return refuse('patient.death-in-future')
  return known === at || (known !== undefined && at === 'unknown')
    ? []
    : [{ type: 'patient.died', at }]
}
