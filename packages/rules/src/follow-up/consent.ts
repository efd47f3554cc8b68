import type { Millis } from '../calendar/instant.ts'
import type { FactOf } from './fact.ts'
import { byHappening, type Known } from './ledger.ts'
import type { People } from './people.ts'

/** From when until when a patient refused; `until` is infinite while it lasts. */
export interface Refusal {
  readonly from: Millis
  readonly until: Millis
  readonly seq: number
}

interface Word {
  readonly at: Millis
  readonly seq: number
  readonly allowed: boolean
}

const none: readonly Refusal[] = []

/** The purpose that stands for every purpose. */
export const everything = '*'

/**
 * When a patient, under the id a visit came in with, refused a purpose. A word on everything counts
 * for each purpose until a later word on it; from a merge on the stricter of both ids counts, until
 * a later word on either.
 */
export const refusalsOf = (
  people: People,
  patient: string,
  purpose: string,
  seen: Millis,
): readonly Refusal[] => {
  const words: Known<FactOf<'consent'>>[] = []
  for (const { consents } of people.idsOf(patient)) {
    for (const word of consents) {
      const { purpose: about } = word.fact
      if (word.at <= seen && (about === purpose || about === everything)) words.push(word)
    }
  }
  if (words.length === 0) return none
  return spansOf(people.merges.length > 0 ? heard(people, patient, words) : words.map(plain))
}

const plain = ({ at, seq, fact }: Known<FactOf<'consent'>>): Word => ({
  at,
  seq,
  allowed: fact.allowed,
})

const spansOf = (words: readonly Word[]): readonly Refusal[] => {
  const refusals: Refusal[] = []
  let since: Word | null = null
  for (const word of words) {
    if (!word.allowed) since ??= word
    else if (since) {
      refusals.push({ from: since.at, until: word.at, seq: since.seq })
      since = null
    }
  }
  if (since) refusals.push({ from: since.at, until: Number.POSITIVE_INFINITY, seq: since.seq })
  return refusals
}

/** What counts for one id over time: its own words, and those of whoever it was one with by then. */
const heard = (people: People, patient: string, words: Known<FactOf<'consent'>>[]): Word[] => {
  const refused = new Map<string, boolean>()
  const heardWords: Word[] = []
  for (const { fact, at, seq } of [...words, ...people.merges].sort(byHappening)) {
    const isMerge = fact.type === 'patient-merged'
    const person = people.survivorOf(isMerge ? fact.survivor : fact.patient, at)
    const isRefused = isMerge
      ? [fact.survivor, fact.merged].some((id) => refused.get(people.survivorOf(id, at - 1)))
      : !fact.allowed
    refused.set(person, isRefused)
    if (people.survivorOf(patient, at) === person) heardWords.push({ at, seq, allowed: !isRefused })
  }
  return heardWords
}
