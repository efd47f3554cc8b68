import { decimalForm } from '../condition/decimal.ts'
import { canonical } from '../table/decision.ts'
import { rowsOf } from '../table/rows.ts'
import type { RuleSet, TableSet } from '../table/rule-set.ts'
import { checkCondition, knownFact, type Words } from './check-conditions.ts'
import { checkDeadlines } from './check-deadlines.ts'
import { checkIds } from './check-ids.ts'
import { checkTiers } from './check-tiers.ts'
import type { Report } from './finding.ts'

/** Checks the rules of a set of any kind against the words there are. */
export const checkRules = (set: RuleSet, words: Words, report: Report): void => {
  if (set.validTo !== undefined && set.validTo <= set.validFrom) {
    report('error', 'validity', ['validTo'], 'it ends before it begins')
  }
  for (const [name, condition] of Object.entries(set.conditions ?? {})) {
    if (Object.hasOwn(words.vocabulary.conditions ?? {}, name)) {
      report('error', 'duplicate', ['conditions', name], 'a shared condition of this name exists')
    }
    checkCondition(condition, words, ['conditions', name], report)
  }
  if (set.kind === 'tiers') checkTiers(set, words, report)
  else {
    if (set.kind === 'table') checkTable(set, words, report)
    else checkIds(set.rules, ['rules'], report)
    if (set.kind === 'deadline') checkDeadlines(set, words, report)
    for (const { condition, path } of rowsOf(set).rules.flatMap(({ clauses }) => clauses)) {
      checkCondition(condition, words, path, report)
    }
  }
}

const numeric: readonly string[] = ['sum', 'min', 'max']
const ranked: readonly string[] = ['priority', 'output-order']

const isNumeric = (outcome: unknown) =>
  typeof outcome === 'number' || (typeof outcome === 'string' && decimalForm.test(outcome))

const checkTable = (set: TableSet, words: Words, report: Report) => {
  const { inputs, rows, hit, priorities } = set
  checkIds(rows, ['rows'], report)
  inputs.forEach((input, column) => {
    knownFact(input, words, ['inputs', column], report)
  })
  if (ranked.includes(hit) !== (priorities !== undefined)) {
    report('error', 'type', ['priorities'], `expected with ${ranked.join(' and ')}, and only there`)
  }
  const ranks = new Set(priorities?.map(canonical))
  rows.forEach(({ when, outcome }, row) => {
    if (when.length !== inputs.length) {
      report('error', 'width', ['rows', row, 'when'], `${inputs.length} fields expected`)
    }
    const path = ['rows', row, 'outcome']
    if (numeric.includes(hit) && !isNumeric(outcome)) {
      report('error', 'type', path, `${hit} expects numbers or decimal texts`)
    }
    if (priorities && !ranks.has(canonical(outcome))) {
      report('error', 'out-of-domain', path, 'none of the priorities')
    }
  })
}
