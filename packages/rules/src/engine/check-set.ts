import type { Path } from '../condition/fold.ts'
import { scopeOf, type Vocabulary } from '../condition/scope.ts'
import { kinds } from '../condition/value-kind.ts'
import { rowsOf } from '../table/rows.ts'
import type { RuleSet } from '../table/rule-set.ts'
import { type Limits, withinBudget } from './budget.ts'
import { knownFact, quoted, type Words } from './check-conditions.ts'
import { checkCover } from './check-cover.ts'
import { checkRules } from './check-rows.ts'
import { checkShape } from './check-shape.ts'
import { checkShared } from './check-shared.ts'
import { type Finding, type Report, reporter } from './finding.ts'

/** A set that was checked: null where it has no shape to speak of. */
export interface Checked {
  readonly set: RuleSet | null
  readonly findings: readonly Finding[]
}

/**
 * Checks one rule set of any origin: first how much there is of it, then its shape, its words, and at
 * last how its rules lie to each other; what comes later is left out where something before is wrong.
 */
export const checkSet = (
  data: unknown,
  vocabulary: Vocabulary<never>,
  limits: Limits,
  base: Path = [],
): Checked => {
  const { findings, report } = reporter(base)
  const set = withinBudget(data, limits, report) ? checkShape(data, report) : null
  if (set) checkMeaning(set, vocabulary, limits, report)
  const name = set ? { set: `${set.id}@${set.version}` } : {}
  return { set, findings: findings.map((finding) => ({ ...name, ...finding })) }
}

const checkMeaning = (
  set: RuleSet,
  vocabulary: Vocabulary<never>,
  limits: Limits,
  report: Report,
) => {
  const conditions = { ...vocabulary.conditions, ...set.conditions }
  const words: Words = { vocabulary, params: set.params ?? {}, conditions }
  let isSound = true
  const noting: Report = (level, ...rest) => {
    if (level === 'error') isSound = false
    report(level, ...rest)
  }
  checkRules(set, words, noting)
  checkFixtures(set, words, noting)
  const rows = set.kind === 'tiers' ? null : rowsOf(set)
  const roots =
    rows?.rules.flatMap(({ clauses }) => clauses.map(({ condition }) => condition)) ?? []
  checkShared(conditions, roots, limits.nodes, noting)
  if (!isSound || set.kind === 'tiers') return
  checkCover(
    set,
    scopeOf(set, vocabulary, () => () => null),
    limits,
    report,
  )
}

/** Fixtures name facts and rules too. */
const checkFixtures = (set: RuleSet, words: Words, report: Report) => {
  const rules = set.kind === 'tiers' ? set.tiers : set.kind === 'table' ? set.rows : set.rules
  const ids = new Set(rules.map(({ id }) => id))
  set.tests?.forEach(({ facts, rule }, place) => {
    for (const [name, value] of Object.entries(facts)) {
      const path = ['tests', place, 'facts', name]
      const fact = knownFact(name, words, path, report)
      if (!fact || value === null || kinds[fact.type].isValid(value)) continue
      report('error', 'type', path, `a ${fact.type} expected, not ${quoted(value)}`)
    }
    if (typeof rule === 'string' && !ids.has(rule)) {
      report('error', 'unknown-rule', ['tests', place, 'rule'], `no rule is called ${quoted(rule)}`)
    }
  })
}
