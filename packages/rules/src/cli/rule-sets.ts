import { checkRuleFile, type RuleFile } from '../cases/rule-file.ts'
import { issuesIn } from '../engine/finding.ts'
import { inForceOn } from '../engine/in-force.ts'
import type { OpenBook } from '../engine/rule-book.ts'
import { refuse } from '../refusal.ts'
import type { RuleSet } from '../table/rule-set.ts'
import type { Source } from './source.ts'

/** The rules of a file that has no errors; else refuses it with all of them. */
export const rulesOf = ({ data }: Source): RuleFile & { readonly book: OpenBook } => {
  const { book, findings, samples } = checkRuleFile(data)
  return book ? { book, findings, samples } : refuse('rules.faulty', { issues: issuesIn(findings) })
}

const newest = (sets: readonly RuleSet[]): readonly RuleSet[] =>
  [...Map.groupBy(sets, ({ id }) => id).values()].flatMap(
    (versions) => versions.toSorted((a, b) => (a.validFrom < b.validFrom ? 1 : -1))[0] ?? [],
  )

/** One version of each set: those in force on a day, or the newest. */
export const setsOn = ({ sets }: OpenBook, day: string | undefined): readonly RuleSet[] =>
  day === undefined ? newest(sets) : inForceOn(sets, day)

const refused = (reason: string) => refuse('rules.unknown-set', { issues: [{ path: '', reason }] })

/** The set that is meant by `id` or `id@version`; without a name the only one there is. */
export const setCalled = (
  book: OpenBook,
  name: string | undefined,
  day: string | undefined,
): RuleSet => {
  const candidates = name?.includes('@')
    ? book.sets.filter(({ id, version }) => `${id}@${version}` === name)
    : setsOn(book, day).filter(({ id }) => name === undefined || id === name)
  const [set, other] = candidates
  if (set && !other) return set
  const names = book.sets.map(({ id, version }) => `${id}@${version}`).join(', ')
  return refused(`name one set of ${names}`)
}
