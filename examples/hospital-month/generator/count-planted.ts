import { accidents } from './accidents/index.ts'
import { day } from './china-time.ts'
import type { Contact } from './contacts.ts'
import type { Draft } from './drafts.ts'
import type { Garbage } from './garbage.ts'
import type { AccidentKind, Planted, PlantedVisits } from './planted.ts'
import type { Story } from './story.ts'
import { tally } from './tally.ts'

/** Everything that was planted, to be counted. */
export interface Plantings {
  readonly stories: readonly Story[]
  readonly contacts: readonly Contact[]
  readonly garbage: readonly Garbage[]
  readonly ignored: readonly Draft[]
  readonly resends: number
  readonly duplicates: number
  readonly newOutpatients: number
  readonly outpatientReturns: number
}

const visitsOf = (stories: readonly Story[]): PlantedVisits => {
  const counts: Partial<Record<string, number>> = tally(stories.map(({ kind }) => kind))
  const kinds = Object.keys(accidents) as AccidentKind[]
  return Object.fromEntries(kinds.map((kind) => [kind, counts[kind] ?? 0])) as Record<
    AccidentKind,
    number
  >
}

/** Whether a merge's discharge was known under the number that was retired afterwards. */
const hadOpenFollowUp = ({ kind, stay, drafts }: Story): boolean => {
  const merge = drafts.find(({ type }) => type === 'A40')
  const wasRetired = merge?.retired === stay.registration
  return kind === 'merges' && wasRetired && merge.occurredAt > stay.dischargedAt
}

/** Counts what was planted. */
export const countPlanted = (plantings: Plantings): Planted => {
  const { stories, contacts, garbage, ignored, resends, duplicates } = plantings
  const { newOutpatients, outpatientReturns } = plantings
  const visits = visitsOf(stories)
  const leftAt = new Map(stories.map(({ stay }) => [stay.visit, stay.dischargedAt]))
  const sinceLeft = ({ at, visit }: Contact) => Date.parse(at) - (leftAt.get(visit) ?? 0)
  const reached = new Set(
    contacts
      .filter(({ tier, result }) => tier === 1 && result === 'completed')
      .map(({ visit }) => visit),
  )
  const readmitted = stories.filter(({ fate }) => fate === 'readmitted')
  const patients = new Set(readmitted.map(({ stay }) => stay.registration))
  const isNextStay = ({ kind, fate, stay }: Story) =>
    kind === 'aftermath' && fate === 'standing' && patients.has(stay.registration)

  return {
    ...visits,
    duplicates,
    resends,
    garbage: garbage.length,
    garbageByCause: tally(garbage.map(({ cause }) => cause)),
    ignored: ignored.length,
    ignoredByType: tally(ignored.map(({ type }) => type)),
    // Every merge was once seen at the clinic under one of its numbers.
    outpatients: newOutpatients + outpatientReturns + visits.merges,
    outpatientReturns,
    cancellations:
      visits.reenteredDischarges +
      visits.cancelledDischarges +
      visits.replayedDischarges +
      visits.earlyCancellations,
    readmissionsBeforeTier1: readmitted.filter(({ stay }) => !reached.has(stay.visit)).length,
    readmissionsDischargedAgain: stories.filter(isNextStay).length,
    mergesWithOpenFollowUp: stories.filter(hadOpenFollowUp).length,
    missingByDepartment: tally(
      stories.filter(({ kind }) => kind === 'missing').map(({ stay }) => stay.department.code),
    ),
    contactsBeforeDischarge: contacts.filter((contact) => sinceLeft(contact) < 0).length,
    contactsTooEarly: contacts.filter(
      (contact) => contact.tier === 2 && sinceLeft(contact) < 6 * day,
    ).length,
    contactsRecordedLate: contacts.filter(
      ({ at, recordedAt }) => Date.parse(recordedAt) - Date.parse(at) > day,
    ).length,
  }
}
