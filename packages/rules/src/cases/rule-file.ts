import { defaultLimits, type Limits, withinBudget } from '../engine/budget.ts'
import { shaped } from '../engine/check-shape.ts'
import type { Finding } from '../engine/finding.ts'
import { hasErrors, reporter } from '../engine/finding.ts'
import type { FactRecord } from '../engine/fixtures.ts'
import { checkBook, type OpenBook } from '../engine/rule-book.ts'
import type { Fixture, RuleSet } from '../table/rule-set.ts'
import { DecisionCases } from './decision-cases.ts'

/** An input that stands in a file beside its rules: a fixture of a set, or a case. */
export interface Sample {
  readonly name: string
  readonly set: RuleSet
  readonly facts: FactRecord
}

/** A file with rules in it, checked; the book is null where it has errors. */
export interface RuleFile {
  readonly findings: readonly Finding[]
  readonly book: OpenBook | null
  readonly samples: readonly Sample[]
}

/** What a file with cases may hold; looked at before anything that walks it by recursion. */
export const caseLimits: Limits = { ...defaultLimits, depth: 36, nodes: 20_000_000 }

/** Checks the rules of a file `rule-book/1` or `decision-cases/1` of any origin. */
export const checkRuleFile = (data: unknown): RuleFile => {
  if (formatOf(data) === 'decision-cases/1') {
    const { findings, report } = reporter()
    const file = withinBudget(data, caseLimits, report) ? shaped(DecisionCases, data, report) : null
    return file ? checkTables(file) : { findings, book: null, samples: [] }
  }
  const { findings, book } = checkBook(data)
  const samples = (book?.sets ?? []).flatMap((set) =>
    (set.tests ?? []).map(({ name, facts }: Fixture) => ({
      name,
      set,
      facts: facts as FactRecord,
    })),
  )
  return { findings, book, samples }
}

/** The tables of a case file are the sets of a book; what is wrong with one is told by its key. */
export const checkTables = (file: DecisionCases): RuleFile => {
  const { format: _, tables, cases, ...words } = file
  const keys = Object.keys(tables)
  const sets = Object.values(tables)
  const { findings, book } = checkBook({ format: 'rule-book/1', ...words, sets })
  const samples = cases.flatMap(({ id, table, facts }) => {
    const set = Object.hasOwn(tables, table) ? tables[table] : undefined
    return set ? [{ name: id, set, facts: facts as FactRecord }] : []
  })
  const path = (text: string) =>
    text.replace(/^sets\.(\d+)/, (_all, place: string) => `tables.${keys[Number(place)]}`)
  const found = findings.map((finding) => ({ ...finding, path: path(finding.path) }))
  return { findings: found, book: hasErrors(found) ? null : book, samples }
}

export const formatOf = (data: unknown): unknown =>
  typeof data === 'object' && data !== null && 'format' in data ? data.format : undefined
