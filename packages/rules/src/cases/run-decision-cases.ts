import { factFault } from '../condition/value-kind.ts'
import { compileRules } from '../engine/evaluate.ts'
import { type Issue, issuesIn } from '../engine/finding.ts'
import { recordVocabulary } from '../engine/fixtures.ts'
import { Refusal, refuse } from '../refusal.ts'
import { canonical } from '../table/decision.ts'
import type { DecisionCase, DecisionCases } from './decision-cases.ts'
import type { CaseResult, Difference } from './difference.ts'
import { checkRuleFile, checkTables } from './rule-file.ts'

/**
 * Decides every case of a parsed file. Refuses a file whose tables have errors, or whose cases name no
 * table, no fact, or a value that the fact cannot have (`cases.malformed`): nothing would be tested.
 */
export const runDecisionCases = (file: DecisionCases): readonly CaseResult[] => {
  const { findings, book } = checkTables(file)
  const issues = [
    ...issuesIn(findings),
    ...file.cases.flatMap((one, place) => issuesOf(one, place, file)),
  ]
  if (!book || issues.length > 0) return refuse('cases.malformed', { issues })
  const compiled = new Map(
    Object.entries(file.tables).map(([key, set]) => [
      key,
      compileRules(set, book.vocabulary, { among: book.sets }),
    ]),
  )
  return file.cases.map(({ id, table, facts, expect }) => ({
    id,
    differences: differencesOf(
      expect,
      () => compiled.get(table)?.decide(facts) ?? refuse('rules.unknown-set', { set: table }),
    ),
  }))
}

/** Runs the fixtures that the sets of a rule book carry; refuses a book with errors as above. */
export const runRuleBook = (file: unknown): readonly CaseResult[] => {
  const { findings, book } = checkRuleFile(file)
  if (!book) return refuse('cases.malformed', { issues: issuesIn(findings) })
  const vocabulary = recordVocabulary(book.vocabulary)
  return book.sets.flatMap((set) => {
    const { decide } = compileRules(set, vocabulary)
    return (set.tests ?? []).map(({ name, facts, expect, rule }) => ({
      id: name,
      scenario: `${set.id}@${set.version}`,
      differences: differencesOf({ outcome: expect, ruleId: rule }, () => decide(facts)),
    }))
  })
}

const issuesOf = (
  { table, facts }: DecisionCase,
  place: number,
  file: DecisionCases,
): readonly Issue[] => {
  const path = `cases.${place}`
  const unknown = Object.hasOwn(file.tables, table)
    ? []
    : [{ path: `${path}.table`, reason: 'no table of this name' }]
  const wrong = Object.entries(facts).flatMap(([id, value]) => {
    const reason = factFault(file.facts, id, value)
    return reason === null ? [] : [{ path: `${path}.facts.${id}`, reason }]
  })
  return [...unknown, ...wrong]
}

const differencesOf = (
  expected: DecisionCase['expect'],
  decide: () => { readonly outcome: unknown; readonly ruleId: string | null },
): readonly Difference[] => {
  try {
    const answer = decide()
    return (['outcome', 'ruleId'] as const).flatMap((key) => {
      const wanted = expected[key]
      if (wanted === undefined || canonical(wanted) === canonical(answer[key])) return []
      return [{ where: key, expected: wanted, actual: answer[key] }]
    })
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    return [{ where: 'case', expected: 'an answer', actual: error.code }]
  }
}
