import { day, isoTime, localDay } from './china-time.ts'
import type { Contact } from './contacts.ts'
import { type Entry, type MessageKind, meaningOf } from './feed.ts'
import type { Counts } from './planted.ts'
import { type Fate, isDischarged, type Story } from './story.ts'
import { tally } from './tally.ts'

/** How one inpatient visit stands at the end of the month. */
export interface VisitTruth {
  readonly visit: string
  /** What befell it; `plain` nothing, `aftermath` that it follows from what befell another. */
  readonly kind: Story['kind']
  readonly fate: Fate
  /** The record number in the visit's messages. */
  readonly number: string
  readonly department: string
  readonly attending: string
  readonly admittedAt: string
  /** As the HIS has it in the end; missing where it has none. */
  readonly dischargedAt?: string
  readonly disposition?: string
  /** By road, for home visits. */
  readonly km: number
}

/** One line of the HIS's own list of discharges. */
export interface ListedDischarge {
  readonly visit: string
  readonly department: string
  readonly dischargedAt: string
}

/** What became of the attending doctors' calls of a department. */
export interface FirstTier {
  /** Its visits of fate `standing`. */
  readonly plans: number
  /** The patient was reached by the end of the seventh day after the discharge. */
  readonly onTime: number
  /** Reached later. */
  readonly late: number
  /** Never reached, and refused. The rest of the plans was neither. */
  readonly refused: number
}

/** What must be true of the CRM when it has read the whole feed and nothing else. */
export interface Expected {
  /** Persons, after merges. Those of garbage, which is refused whole, are none. */
  readonly patients: number
  /** Visits with a discharge that stands: all that the HIS lists but the missing. */
  readonly liveDischarges: number
  /** Inpatient visits by how they stand; see `Fate`. Plans started and stand, or ended: `standing`, `readmitted`, `deceased`. */
  readonly fates: Readonly<Record<Fate, number>>
  /** Standing discharges by 离院方式. */
  readonly dispositions: Counts
  /** Pieces by the code under which they are quarantined. */
  readonly quarantined: Counts
  /** Messages by kind, everything that comes counted once. */
  readonly messages: Readonly<Record<MessageKind, number>>
  /** Events, duplicates left out, by type. */
  readonly events: Counts
  /** When all contacts are entered too: the calls of the first tier, by code of the department. */
  readonly firstTier: Readonly<Record<string, FirstTier>>
}

export const truthOf = ({ kind, fate, stay }: Story): VisitTruth => ({
  visit: stay.visit,
  kind,
  fate,
  number: stay.registration.number,
  department: stay.department.code,
  attending: stay.attending.id,
  admittedAt: isoTime(stay.admittedAt),
  ...(isDischarged(fate) && {
    dischargedAt: isoTime(stay.dischargedAt),
    disposition: stay.disposition,
  }),
  km: stay.registration.person.place.km,
})

/** The HIS's list of discharges by local day, each in order of time. */
export const listsOf = (stories: readonly Story[]): ReadonlyMap<string, ListedDischarge[]> =>
  Map.groupBy(
    stories
      .filter(({ fate }) => isDischarged(fate))
      .sort((one, other) => one.stay.dischargedAt - other.stay.dischargedAt)
      .map(({ stay: { visit, department, dischargedAt } }) => {
        return { visit, department: department.code, dischargedAt: isoTime(dischargedAt) }
      }),
    ({ dischargedAt }) => localDay(Date.parse(dischargedAt)),
  )

const firstTierOf = (stories: readonly Story[], contacts: readonly Contact[]) => {
  const calls = Map.groupBy(
    contacts.filter(({ tier }) => tier === 1),
    ({ visit }) => visit,
  )
  const standing = stories.filter(({ fate }) => fate === 'standing')
  const outcomes = standing.map(({ stay }) => {
    const left = isoTime(stay.dischargedAt)
    const made = (calls.get(stay.visit) ?? []).filter(({ at }) => at >= left)
    const reached = made.find(({ result }) => result === 'completed')
    const outcome = reached
      ? localDay(Date.parse(reached.at)) <= localDay(stay.dischargedAt + 7 * day)
        ? 'onTime'
        : 'late'
      : made.some(({ result }) => result === 'refused')
        ? 'refused'
        : 'open'
    return { department: stay.department.code, outcome }
  })
  const byDepartment = Map.groupBy(outcomes, ({ department }) => department)
  const sums = [...byDepartment].map(([department, all]) => {
    const { onTime = 0, late = 0, refused = 0 } = tally(all.map(({ outcome }) => outcome))
    return [department, { plans: all.length, onTime, late, refused }] as const
  })
  return Object.fromEntries(sums)
}

/** Counts the truth from the stories, the entries of the feed and the contacts. */
export const expectedOf = (
  stories: readonly Story[],
  entries: readonly Entry[],
  contacts: readonly Contact[],
): Expected => {
  const events = entries.filter(({ kind }) => kind === 'event')
  const garbage = entries.filter(({ kind }) => kind === 'garbage')
  const listed = stories.filter(({ fate }) => isDischarged(fate) && fate !== 'unheard')
  const none = { event: 0, ignored: 0, garbage: 0, duplicate: 0 }
  const noFates: Record<Fate, number> = {
    standing: 0,
    readmitted: 0,
    deceased: 0,
    'died-in-hospital': 0,
    'discharge-cancelled': 0,
    'admission-cancelled': 0,
    'in-hospital': 0,
    unheard: 0,
  }
  return {
    patients: new Set(events.map(({ draft }) => draft.stay.registration.person)).size,
    liveDischarges: listed.length,
    fates: { ...noFates, ...tally(stories.map(({ fate }) => fate)) },
    dispositions: tally(listed.map(({ stay }) => stay.disposition)),
    quarantined: tally(garbage.map(meaningOf)),
    messages: { ...none, ...tally(entries.map(({ kind }) => kind)) },
    events: tally(events.map(meaningOf)),
    firstTier: firstTierOf(stories, contacts),
  }
}
