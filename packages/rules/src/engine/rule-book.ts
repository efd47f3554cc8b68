import * as z from 'zod'
import type { Vocabulary } from '../condition/scope.ts'
import { refuse } from '../refusal.ts'
import { RuleSet } from '../table/rule-set.ts'
import { defaultLimits, type Limits, withinBudget } from './budget.ts'
import { checkCondition } from './check-conditions.ts'
import { checkSets } from './check-sets.ts'
import { shaped } from './check-shape.ts'
import type { CheckReport } from './create-engine.ts'
import { type Finding, hasErrors, reporter } from './finding.ts'
import type { FactRecord } from './fixtures.ts'
import { vocabularyOf, type Words, words } from './words.ts'

const Name = z.string().min(1)

/**
 * Rules as one file, `rule-book/1`: the facts that are handed in, conditions and calendars by name, and
 * the sets, in as many versions as there are. It runs without any code of a host.
 */
export const RuleBook = z.strictObject({
  format: z.literal('rule-book/1'),
  title: Name.optional(),
  ...words,
  sets: z.array(RuleSet).min(1),
})
export type RuleBook = Omit<z.infer<typeof RuleBook>, 'sets'> & {
  readonly sets: readonly RuleSet[]
}

/** Rules that were read from a file and have no errors. */
export interface OpenBook {
  readonly words: Words
  readonly vocabulary: Vocabulary<FactRecord>
  readonly sets: readonly RuleSet[]
}

/** The sets are checked one by one later, which says more of what is wrong with them. */
const Head = RuleBook.extend({ sets: z.array(z.unknown()).min(1) })

const bookLimits: Limits = { ...defaultLimits, depth: 36, nodes: 2_000_000 }

/**
 * Checks a rule book of any origin, as `check` of an engine does its sets; paths begin at the root of
 * the file. The book is null where there are errors.
 */
export const checkBook = (data: unknown): CheckReport & { readonly book: OpenBook | null } => {
  const { findings, report } = reporter()
  const head = withinBudget(data, bookLimits, report) ? shaped(Head, data, report) : null
  if (!head) return { ok: false, findings, book: null }
  const { format: _, title: __, sets, ...said } = head
  const vocabulary = vocabularyOf(said)
  for (const [name, condition] of Object.entries(said.conditions ?? {})) {
    const known = { vocabulary, params: {}, conditions: said.conditions ?? {} }
    checkCondition(condition, known, ['conditions', name], report)
  }
  if (hasErrors(findings)) return { ok: false, findings, book: null }
  const checked = checkSets(sets, vocabulary, defaultLimits)
  return {
    ok: checked.ok,
    findings: checked.findings.map(placed(sets)),
    book: checked.ok ? { words: said, vocabulary, sets: checked.sets } : null,
  }
}

/** Findings about sets as they lie to each other name the set, and not its place. */
const placed =
  (sets: readonly unknown[]) =>
  (finding: Finding): Finding => {
    const hasPlace = /^\d+(\.|$)/.test(finding.path)
    const place = sets.findIndex((set) => refOf(set as RuleSet) === finding.set)
    const path = hasPlace
      ? finding.path
      : [place < 0 ? [] : place, finding.path || []].flat().join('.')
    return { ...finding, path: path === '' ? 'sets' : `sets.${path}` }
  }

const refOf = ({ id, version }: Pick<RuleSet, 'id' | 'version'>) => `${id}@${version}`

/** Refuses a book with errors (`rules.faulty`, with findings). */
export const openBook = (data: unknown): OpenBook => {
  const { book, findings } = checkBook(data)
  return book ?? refuse('rules.faulty', { findings })
}
