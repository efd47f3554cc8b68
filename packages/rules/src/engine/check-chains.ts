import type { Literal } from '../condition/condition.ts'
import type { FactDeclaration } from '../condition/fact.ts'
import { scopeOf, type Vocabulary } from '../condition/scope.ts'
import type { HitPolicy, RuleSet } from '../table/rule-set.ts'
import { literalFault, quoted } from './check-conditions.ts'
import { factsOf } from './facts-of.ts'
import type { Report } from './finding.ts'

/** A fact of a set that is the outcome of another. */
interface Link {
  readonly from: RuleSet
  readonly fact: string
  readonly to: string
  readonly key: string | undefined
  readonly declared: FactDeclaration
}

const nowhere = () => () => null

const linksOf = (set: RuleSet, vocabulary: Vocabulary<never>): readonly Link[] => {
  const scope = scopeOf(set, vocabulary, nowhere)
  return factsOf(set, scope.named).flatMap((fact) => {
    const declared = vocabulary.facts[fact]
    return declared && 'outcomeOf' in declared
      ? [{ from: set, fact, to: declared.outcomeOf, key: declared.key, declared }]
      : []
  })
}

/** Sets that build upon each other: all there, none upon itself, and outcomes of the type declared. */
export const checkChains = (
  sets: readonly RuleSet[],
  vocabulary: Vocabulary<never>,
  report: Report,
): void => {
  const links = sets.flatMap((set) => linksOf(set, vocabulary))
  for (const { from, fact, to, key, declared } of links) {
    const more = { set: `${from.id}@${from.version}` }
    const targets = sets.filter(({ id }) => id === to)
    if (targets.length === 0) {
      report(
        'error',
        'unknown-set',
        [],
        `${fact} is the outcome of ${quoted(to)}, which is not here`,
        more,
      )
    }
    for (const target of targets) {
      for (const outcome of outcomesOf(target)) {
        const fault = literalFault(valueAt(outcome, key) as Literal, declared)
        if (!fault) continue
        const message = `as ${fact} of ${from.id}: ${fault.message}`
        report(fault.level, fault.code, [], message, { set: `${to}@${target.version}` })
        break
      }
    }
  }
  checkCycles(links, report)
}

/** The outcomes as they are written, where an answer is one of them. */
const outcomesOf = (set: RuleSet): readonly unknown[] => {
  if (set.kind === 'tiers' || set.kind === 'deadline') return []
  if (!one.includes(set.hit)) return []
  const rules = set.kind === 'list' ? set.rules : set.rows
  const otherwise = set.otherwise === undefined ? [] : [set.otherwise]
  return [...rules.map(({ outcome }) => outcome), ...otherwise]
}

const one: readonly HitPolicy[] = ['unique', 'any', 'first', 'priority', 'min', 'max']

const valueAt = (outcome: unknown, key: string | undefined): unknown =>
  key === undefined || typeof outcome !== 'object' || outcome === null
    ? outcome
    : Object.entries(outcome).find(([name]) => name === key)?.[1]

const checkCycles = (links: readonly Link[], report: Report) => {
  const upon = Map.groupBy(links, ({ from }) => from.id)
  const done = new Set<string>()
  const visit = (id: string, above: readonly string[]) => {
    if (above.includes(id)) {
      report(
        'error',
        'cycle',
        [],
        `${[...above.slice(above.indexOf(id)), id].join(' builds upon ')}`,
      )
    }
    if (above.includes(id) || done.has(id)) return
    for (const { to } of upon.get(id) ?? []) visit(to, [...above, id])
    done.add(id)
  }
  for (const id of upon.keys()) visit(id, [])
}
