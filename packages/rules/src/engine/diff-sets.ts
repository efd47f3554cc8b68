import type { RuleSet } from '../table/rule-set.ts'
import { conditionInWords, rowInWords, spanInWords, valueInWords } from './in-words.ts'

/** One difference between two versions: what it is about, and a sentence. */
export interface Change {
  readonly about: string
  readonly sentence: string
}

/** A rule of any kind of set in words: when it holds, and what it comes to. */
interface Told {
  readonly id: string
  readonly when: string
  readonly what: string
}

const told = (set: RuleSet): readonly Told[] => {
  switch (set.kind) {
    case 'list':
      return set.rules.map(({ id, when, outcome }) => ({
        id,
        when: conditionInWords(when),
        what: valueInWords(outcome),
      }))
    case 'table':
      return set.rows.map(({ id, when, outcome }) => ({
        id,
        when: rowInWords(set.inputs, when),
        what: valueInWords(outcome),
      }))
    case 'deadline':
      return set.rules.map(({ id, when, from, plus, escalate = [] }) => ({
        id,
        when: conditionInWords(when),
        what: [
          `${spanInWords(plus)} after ${from}`,
          ...escalate.map(({ after, to }) => `then ${spanInWords(after)} later to ${to}`),
        ].join(', '),
      }))
    case 'tiers':
      return set.tiers.map(({ id, upTo, rate, add }) => ({
        id,
        when: upTo === null ? 'above' : `up to ${upTo}`,
        what: [rate && `rate ${rate}`, add && `and ${add} once`].filter(Boolean).join(' '),
      }))
  }
}

const rulesKeys = ['id', 'version', 'tests', 'rules', 'rows', 'tiers', 'conditions']

/** Fields of a set besides its rules, which differ or not as a whole. */
const settings = (set: RuleSet): Readonly<Record<string, string>> =>
  Object.fromEntries([
    ...Object.entries(set)
      .filter(([key]) => !rulesKeys.includes(key))
      .map(([key, value]) => [key, valueInWords(value)]),
    ...Object.entries(set.conditions ?? {}).map(([name, condition]) => [
      `the condition ${name}`,
      conditionInWords(condition),
    ]),
  ])

/** What differs between two versions of a rule set, in plain words; fixtures are left out. */
export const diffSets = (before: RuleSet, after: RuleSet): readonly Change[] => {
  const [old, now] = [told(before), told(after)]
  const find = (rules: readonly Told[], id: string) => rules.find((rule) => rule.id === id)
  const gone = old.filter(({ id }) => !find(now, id))
  const come = now.filter(({ id }) => !find(old, id))
  const kept = now.flatMap((rule) => {
    const was = find(old, rule.id)
    return was ? [{ was, rule }] : []
  })
  return [
    ...settingChanges(settings(before), settings(after)),
    ...gone.map(({ id, when, what }) => say(id, `is gone; it said ${what} when ${when}`)),
    ...come.map(({ id, when, what }) => say(id, `is new: ${what} when ${when}`)),
    ...kept.flatMap(({ was, rule }) => ruleChanges(was, rule)),
    ...orderChanges(old, now),
  ]
}

const say = (about: string, sentence: string): Change => ({ about, sentence })

const settingChanges = (
  before: Readonly<Record<string, string>>,
  after: Readonly<Record<string, string>>,
): readonly Change[] =>
  [...new Set([...Object.keys(before), ...Object.keys(after)])].flatMap((key) =>
    before[key] === after[key]
      ? []
      : [say(key, `is ${after[key] ?? 'not set'}, was ${before[key] ?? 'not set'}`)],
  )

const ruleChanges = (was: Told, rule: Told): readonly Change[] => [
  ...(was.when === rule.when
    ? []
    : [say(rule.id, `holds when ${rule.when}; before when ${was.when}`)]),
  ...(was.what === rule.what ? [] : [say(rule.id, `says ${rule.what}, said ${was.what}`)]),
]

/** Where the first that holds decides, a rule that moved may decide otherwise. */
const orderChanges = (old: readonly Told[], now: readonly Told[]): readonly Change[] => {
  const stayed = (these: readonly Told[], others: readonly Told[]) =>
    these.map(({ id }) => id).filter((id) => others.some((other) => other.id === id))
  const [before, after] = [stayed(old, now), stayed(now, old)]
  if (before.join('\n') === after.join('\n')) return []
  return [say('order', `is ${after.join(', ')}; was ${before.join(', ')}`)]
}
