import { day, hour, minute, officeTime } from './china-time.ts'
import { type Draft, type IgnoredType, longestDelay, resent } from './drafts.ts'
import type { Whom } from './people.ts'
import type { Random } from './prng.ts'
import type { Scene, Story } from './story.ts'

const shares = {
  /** Of the discharges. */
  newOutpatients: 0.35,
  /** Of the inpatient visits. */
  returns: 0.03,
  /** Of the messages of plain stays, which is one in a hundred of all. */
  resends: 0.016,
  /** Of the events. */
  duplicates: 0.02,
  /** Of everything that comes. */
  ignored: 0.05,
}

/** A message that comes once more, byte for byte, after the first. */
export interface Echo {
  readonly of: Draft
  readonly sentAt: number
}

/** An instant between two, by the minute. */
const between = (random: Random, from: number, to: number) =>
  from + random.int(0, Math.max(0, Math.floor((to - from) / minute))) * minute

/** Visits to the clinics by persons who are seen nowhere else. */
export const outpatients = ({ month, random, stays, his }: Scene, discharges: number): Draft[] =>
  Array.from({ length: Math.round(discharges * shares.newOutpatients) }, () => {
    const at = officeTime(between(random, month.start, month.end - day))
    const whom = random.pick<Whom>(['anybody', 'anybody', 'old', 'women', 'children'])
    return his.registers(stays.clinic(stays.register(whom, at), at))
  })

/** Visits to the clinics by patients who were discharged a few days before. */
export const outpatientReturns = (scene: Scene, stories: readonly Story[]): Draft[] => {
  const { month, random, stays, his } = scene
  const early = stories.filter(({ kind, stay }) => {
    return kind === 'plain' && stay.dischargedAt < month.end - 4 * day
  })
  return random.some(early, Math.round(stories.length * shares.returns)).map(({ stay }) => {
    const at = officeTime(between(random, stay.dischargedAt + day, month.end - day))
    return his.registers(stays.clinic(stay.registration, at))
  })
}

/**
 * What the HIS sends again because no answer came, under a new number: an admission within minutes, since later
 * messages may know better; a discharge, the last word on a plain stay, also days later.
 */
export const resends = ({ month, random }: Scene, stories: readonly Story[]): Draft[] => {
  const plain = stories.filter(({ kind }) => kind === 'plain').flatMap(({ drafts }) => drafts)
  const repeatable = plain.filter(({ type }) => type === 'A01' || type === 'A03')
  return random.some(repeatable, Math.round(plain.length * shares.resends)).map((draft) => {
    const latest = draft.type === 'A01' ? draft.sentAt + 9 * minute : draft.sentAt + 5 * day
    return resent(draft, between(random, draft.sentAt + minute, Math.min(latest, month.end - hour)))
  })
}

/** What the interface sends twice. */
export const duplicates = ({ month, random }: Scene, drafts: readonly Draft[]): Echo[] =>
  random.some(drafts, Math.round(drafts.length * shares.duplicates)).map((of) => {
    const latest = random.chance(0.7) ? of.sentAt + 5 * minute : of.sentAt + 4 * day
    return { of, sentAt: between(random, of.sentAt + 1000, Math.min(latest, month.end - minute)) }
  })

const ignoredTypes: readonly (readonly [IgnoredType, number])[] = [
  ['ORU^R01', 6],
  ['DFT^P03', 3],
  ['MDM^T02', 1],
]

/** Results, charges and documents of the stays, as many as make their share of all `others` and themselves. */
export const ignored = (scene: Scene, stories: readonly Story[], others: number): Draft[] => {
  const { month, random, his } = scene
  const count = Math.round((others * shares.ignored) / (1 - shares.ignored))
  if (stories.length === 0) return []
  return Array.from({ length: count }, () => {
    const { stay } = random.pick(stories)
    const [type] = random.weighted(ignoredTypes, ([, weight]) => weight)
    const end = Math.min(stay.dischargedAt, month.end - longestDelay)
    return his.tells(type, stay, between(random, stay.admittedAt, end))
  })
}
