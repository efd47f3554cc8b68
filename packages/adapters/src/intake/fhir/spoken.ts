import type { IntakeVisit } from '@hospital-crm/core'
import { writtenName } from '../hl7v2/mapping/name.ts'
import { valued } from '../hl7v2/mapping/reading.ts'
import { idOf, type Reading } from './reading.ts'
import { type CodeableConcept, type Reference, Spoken } from './schema.ts'

type Coded = NonNullable<IntakeVisit['department']>

/** A code, or what stands in its place. */
export const codeOf = (concept: CodeableConcept | undefined): string | undefined =>
  concept?.coding.find(({ code }) => code !== undefined)?.code ?? concept?.text

export const spokenOf = (reading: Reading, reference: Reference | undefined): Spoken | undefined =>
  Spoken.safeParse(reading.resolve(reference)).data

export const nameOf = (spoken: Spoken | undefined): string | undefined => {
  if (typeof spoken?.name === 'string') return spoken.name || undefined
  const [name] = spoken?.name ?? []
  return name?.text ?? writtenName(name?.family, name?.given.join(' ') || undefined)
}

/** Somebody or something referred to, by the number others know it by and what it is called. */
export const codedOf = (reading: Reading, reference: Reference | undefined): Coded | undefined => {
  const spoken = spokenOf(reading, reference)
  const name = nameOf(spoken) ?? reference?.display
  const known =
    spoken?.identifier.find(({ value }) => value !== undefined)?.value ??
    reference?.identifier?.value ??
    idOf(reference?.reference) ??
    name
  return known === undefined ? undefined : valued({ code: known, name })
}
