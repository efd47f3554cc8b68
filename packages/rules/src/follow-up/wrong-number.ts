import { isInFuture } from './repeats.ts'
import type { Scene } from './scene.ts'

/** A wrong number was dialled, and the details have not been updated since. */
export const hasWrongNumber = ({ people, asOf, seen }: Scene, patient: string): boolean => {
  const ids = people.idsOf(patient)
  for (const { visits } of ids) {
    for (const { contacts } of visits) {
      for (const contact of contacts) {
        if (contact.fact.result !== 'wrong-number' || contact.effective > asOf) continue
        const isUpdated = ids.some(({ updates }) =>
          updates.some(
            ({ at, seq }) =>
              at <= seen &&
              (at > contact.effective || (at === contact.effective && seq > contact.seq)),
          ),
        )
        if (!isUpdated && !isInFuture(contact)) return true
      }
    }
  }
  return false
}
