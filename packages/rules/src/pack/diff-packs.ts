import { diffBooks } from '../engine/diff-books.ts'
import type { Change } from '../engine/diff-sets.ts'
import type { RuleBook } from '../engine/rule-book.ts'
import { canonical } from '../table/decision.ts'
import type { RulePack } from './rule-pack.ts'

type Json = Readonly<Record<string, unknown>>

const isRecord = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const chapters: Readonly<Record<string, string>> = {
  followUp: 'follow-up',
  spotChecks: 'spot checks',
  secretDraws: 'secret draws',
  quietHours: 'quiet hours',
  silentFeedAfterHours: 'alarm for a silent feed, in hours',
}

const units = ['days', 'months', 'workingDays', 'hours']

/** A value as people write it: an offset as `14 days`, a text without quotes. */
const inWords = (value: unknown): string => {
  if (value === undefined) return 'not set'
  if (typeof value === 'string') return value
  if (Array.isArray(value) && value.every((one) => typeof one === 'string')) {
    return value.length === 0 ? 'none' : value.join(', ')
  }
  if (!isRecord(value)) return JSON.stringify(value)
  const entries = Object.entries(value)
  const [[unit, count] = []] = entries
  return entries.length === 1 && unit !== undefined && units.includes(unit)
    ? `${count} ${unit}`
    : JSON.stringify(value)
}

/** What tells elements of a list apart, so that one put in between does not change all others. */
const keys = ['id', 'tier', 'step', 'role', 'template', 'name'] as const

const keyOf = (list: readonly unknown[]): string | null =>
  keys.find((key) => {
    const values = list.map((one) => (isRecord(one) ? one[key] : undefined))
    return !values.includes(undefined) && new Set(values).size === values.length
  }) ?? null

const named = (list: readonly unknown[], key: string): Json =>
  Object.fromEntries(list.map((one) => [`${key} ${(one as Json)[key]}`, one]))

const walk = (about: readonly string[], before: unknown, after: unknown): readonly Change[] => {
  if (canonical(before) === canonical(after)) return []
  if (Array.isArray(before) && Array.isArray(after)) {
    const key = keyOf([...before]) === keyOf([...after]) ? keyOf([...before]) : null
    if (key !== null) return within(about, named(before, key), named(after, key))
  }
  const isOffset = [before, after].every(
    (value) => isRecord(value) && Object.keys(value).every((key) => units.includes(key)),
  )
  if (isRecord(before) && isRecord(after) && !isOffset) return within(about, before, after)
  const what = about.join(', ')
  if (before === undefined) return [{ about: what, sentence: `is new: ${inWords(after)}` }]
  if (after === undefined) return [{ about: what, sentence: `is gone; it was ${inWords(before)}` }]
  return [{ about: what, sentence: `is ${inWords(after)}, was ${inWords(before)}` }]
}

const within = (about: readonly string[], before: Json, after: Json): readonly Change[] =>
  [...new Set([...Object.keys(before), ...Object.keys(after)])].flatMap((key) =>
    walk([...about, about.length === 0 ? (chapters[key] ?? key) : key], before[key], after[key]),
  )

const printed = ({ format: _, title: __, sets, ...words }: RuleBook) => ({ words, sets })

/** What differs between two versions of a hospital's pack, in plain words, in the order of the pack. */
export const diffPacks = (before: RulePack, after: RulePack): readonly Change[] => {
  const { segments: old, ...rest } = before
  const { segments: now, ...others } = after
  const segments =
    old && now
      ? diffBooks(printed(old), printed(now)).map(({ about, sentence }) => ({
          about: `segments, ${about}`,
          sentence,
        }))
      : walk(['segments'], old?.title ?? old?.format, now?.title ?? now?.format)
  return [...walk([], rest, others), ...segments]
}
