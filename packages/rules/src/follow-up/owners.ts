import type { Millis } from '../calendar/instant.ts'
import type { FactOf } from './fact.ts'
import { byHappening, type Known } from './ledger.ts'

const nobody: readonly string[] = []

/**
 * Who answered for a task, one after the other: the attending, and whoever took over while the task
 * had not ended. A replacement who had left before hands on at once.
 */
export const ownersOf = (
  handOvers: readonly Known<FactOf<'staff-unavailable'>>[],
  attending: string | null,
  ended: Millis,
  asOf: Millis,
): readonly string[] => {
  if (attending === null) return nobody
  if (handOvers.length === 0) return [attending]
  const coming = handOvers
    .filter(({ effective }) => effective <= asOf && effective < ended)
    .sort(byHappening)
  const owners: string[] = []
  for (let owner: string | undefined = attending; owner !== undefined; ) {
    owners.push(owner)
    const place = coming.findIndex(({ fact }) => fact.staff === owner)
    owner = place < 0 ? undefined : coming.splice(place, 1)[0]?.fact.replacement
  }
  return owners
}
