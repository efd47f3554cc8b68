import { type Millis, readInstant } from '../calendar/instant.ts'
import type { PersonLink } from './facts.ts'

/** Finds the patient that a person is, through any number of links known by an instant. */
export const personsAsOf = (
  links: readonly PersonLink[],
  asOf: Millis,
): ((person: string) => string) => {
  const next = new Map<string, PersonLink>()
  for (const link of links) {
    if (readInstant(link.at) > asOf) continue
    const known = next.get(link.person)
    if (!known || isNewer(link, known)) next.set(link.person, link)
  }
  return (person) => {
    const met = new Set([person])
    let patient = person
    for (let link = next.get(patient); link; link = next.get(patient)) {
      if (met.has(link.patient)) return [...met].toSorted()[0] ?? person
      met.add(link.patient)
      patient = link.patient
    }
    return patient
  }
}

const isNewer = (one: PersonLink, other: PersonLink) => {
  const lead = readInstant(one.at) - readInstant(other.at)
  return lead > 0 || (lead === 0 && one.patient < other.patient)
}
