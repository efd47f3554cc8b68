import type { Millis } from '../calendar/instant.ts'
import type { Known } from './ledger.ts'
import type { People } from './people.ts'

/**
 * The death in force for a patient under any of the ids: the last word of each, until a revocation
 * known by `seen` takes it back, for all ids that were the same person by then.
 */
export const deathOf = (people: People, patient: string, seen: Millis): Known | null => {
  const ids = people.idsOf(patient)
  if (ids.every(({ life }) => life.length === 0)) return null
  const words = ids.flatMap(({ life }) => life).sort((a, b) => a.seq - b.seq)
  const deaths = new Map<string, Known>()
  for (const word of words) {
    const { fact, at } = word
    const person = people.survivorOf(fact.patient, at)
    if (fact.type === 'death') {
      if (deaths.get(fact.patient)?.effective !== word.effective) deaths.set(fact.patient, word)
    } else if (at <= seen) {
      for (const id of deaths.keys()) {
        if (people.survivorOf(id, at) === person) deaths.delete(id)
      }
    }
  }
  let first: Known | null = null
  for (const death of deaths.values()) {
    if (!first || death.effective < first.effective) first = death
  }
  return first
}
