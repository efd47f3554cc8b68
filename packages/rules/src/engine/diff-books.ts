import type { Condition } from '../condition/condition.ts'
import { canonical } from '../table/decision.ts'
import type { RuleSet } from '../table/rule-set.ts'
import { type Change, diffSets } from './diff-sets.ts'
import { conditionInWords, valueInWords } from './in-words.ts'
import type { Words } from './words.ts'

/** What is compared of a rule book: its words, and one version of each set. */
export interface Printed {
  readonly words: Words
  readonly sets: readonly RuleSet[]
}

/** What differs between two versions of a rule book, in plain words. */
export const diffBooks = (before: Printed, after: Printed): readonly Change[] => {
  const { words: old, sets: oldSets } = before
  const { words: now, sets: newSets } = after
  const ids = [...new Set([...oldSets, ...newSets].map(({ id }) => id))]
  return [
    ...changes('the fact', old.facts, now.facts, valueInWords),
    ...changes<Condition>('the condition', old.conditions, now.conditions, conditionInWords),
    ...changes('the calendar', old.calendars, now.calendars, valueInWords),
    ...ids.flatMap((id): readonly Change[] => {
      const was = oldSets.find((set) => set.id === id)
      const is = newSets.find((set) => set.id === id)
      if (!was || !is) return [{ about: id, sentence: is ? 'is new' : 'is gone' }]
      return diffSets(was, is).map((change) => ({ ...change, about: `${id}: ${change.about}` }))
    }),
  ]
}

const changes = <Value>(
  what: string,
  before: Readonly<Record<string, Value>> = {},
  after: Readonly<Record<string, Value>> = {},
  inWords: (value: Value) => string,
): readonly Change[] =>
  [...new Set([...Object.keys(before), ...Object.keys(after)])].flatMap((name): Change[] => {
    const [was, is] = [before[name], after[name]]
    const about = `${what} ${name}`
    if (was === undefined)
      return is === undefined ? [] : [{ about, sentence: `is new: ${inWords(is)}` }]
    if (is === undefined) return [{ about, sentence: 'is gone' }]
    if (canonical(was) === canonical(is)) return []
    return [{ about, sentence: `is now ${inWords(is)}, was ${inWords(was)}` }]
  })
