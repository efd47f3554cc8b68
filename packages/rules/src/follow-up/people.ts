import type { Millis } from '../calendar/instant.ts'
import type { FactOf } from './fact.ts'
import type { Known, Ledger, PatientLog } from './ledger.ts'

/** Who is who, as of one instant. */
export interface People {
  /** The id under which a patient goes on; with `at`, under which they did at that instant. */
  readonly survivorOf: (patient: string, at?: Millis) => string
  /** All ids of a patient, the one asked for among them. */
  readonly idsOf: (patient: string) => readonly PatientLog[]
  /** The visit that stands for this one: itself, or the one it turned out to be. */
  readonly visitOf: (visit: string) => string
  /** When a visit collapsed into another; null while it stands for itself. */
  readonly collapsedAt: (visit: string) => Millis | null
  readonly merges: readonly Known<FactOf<'patient-merged'>>[]
}

interface Link {
  readonly to: string
  readonly at: Millis
}

/** Merges are words of the record office: they hold from the instant they became known. */
export const peopleOf = (ledger: Ledger, seen: Millis): People => {
  if (ledger.merges.length === 0) return alone(ledger)
  const merges = ledger.merges.filter(({ at }) => at <= seen)
  const survivors = new Map<string, Link>()
  const visits = new Map<string, Link>()
  const survivorOf = (patient: string, at = Number.POSITIVE_INFINITY) => end(survivors, patient, at)
  const visitOf = (visit: string) => end(visits, visit, Number.POSITIVE_INFINITY)
  for (const { fact, at } of merges) {
    join(survivors, survivorOf(fact.merged), survivorOf(fact.survivor), at)
    for (const [visit, surviving] of Object.entries(fact.sameVisit)) {
      join(visits, visitOf(visit), visitOf(surviving), at)
    }
  }
  const groups = Map.groupBy(ledger.patients.values(), ({ id }) => survivorOf(id))
  const idsOf = (patient: string) => groups.get(survivorOf(patient)) ?? []
  const collapsedAt = (visit: string) => visits.get(visit)?.at ?? null
  return { survivorOf, idsOf, visitOf, collapsedAt, merges }
}

const end = (links: ReadonlyMap<string, Link>, start: string, at: Millis): string => {
  let id = start
  for (let link = links.get(id); link && link.at <= at; link = links.get(id)) id = link.to
  return id
}

/** What is one already stays as it is: a merge told the other way round would close a circle. */
const join = (links: Map<string, Link>, from: string, to: string, at: Millis) => {
  if (from !== to) links.set(from, { to, at })
}

const itself = (id: string) => id

const alone = ({ patients }: Ledger): People => ({
  survivorOf: itself,
  idsOf: (patient) => {
    const log = patients.get(patient)
    return log ? [log] : []
  },
  visitOf: itself,
  collapsedAt: () => null,
  merges: [],
})
