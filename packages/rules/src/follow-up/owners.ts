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
  const owners = [attending]
  const done = new Set<Known>()
  const coming = handOvers
    .filter(({ effective }) => effective <= asOf && effective < ended)
    .sort(byHappening)
  for (const { effective: now } of coming) {
    const next = () =>
      coming.find(
        (handOver) =>
          !done.has(handOver) && handOver.effective <= now && handOver.fact.staff === owners.at(-1),
      )
    for (let handOver = next(); handOver; handOver = next()) {
      done.add(handOver)
      owners.push(handOver.fact.replacement)
    }
  }
  return owners
}
