import type { FactType, FactValue } from '../condition/fact.ts'
import type { Vocabulary } from '../condition/scope.ts'
import { kinds } from '../condition/value-kind.ts'
import { refuse } from '../refusal.ts'
import type { Fixture, RuleSet } from '../table/rule-set.ts'
import { readCsv } from './csv.ts'

/** A fact as a field of a spreadsheet holds it; what it cannot be is told by its kind. */
export const readFactText = (text: string, type: FactType): FactValue => {
  if (type === 'boolean') return text === 'true' ? true : text === 'false' ? false : Number.NaN
  if (type === 'strings') return text.split('|')
  return kinds[type].js === 'number' ? Number(text) : text
}

/**
 * Test rows as a spreadsheet keeps them. The first line names the columns: `name`, facts, `expect` and,
 * where it is of interest, `rule`. An empty field is a missing fact; lists are joined by `|`. `expect`
 * is text where the set's outcomes are texts, else JSON. Refuses a column that is no fact, a field that
 * its fact cannot be, and rows of another width (`rules.csv-malformed`, with line and column).
 */
export const csvFixtures = (
  text: string,
  set: RuleSet,
  { facts }: Pick<Vocabulary<never>, 'facts'>,
): readonly Fixture[] => {
  const [columns = [], ...rows] = readCsv(text)
  const typeOf = (column: string) =>
    Object.hasOwn(facts, column)
      ? (facts[column]?.type ?? 'string')
      : refuse('rules.csv-malformed', { line: 1, column })
  const types = new Map(
    columns.flatMap((column) =>
      ['name', 'expect', 'rule'].includes(column) ? [] : [[column, typeOf(column)] as const],
    ),
  )
  if (!columns.includes('expect')) refuse('rules.csv-malformed', { line: 1, column: 'expect' })
  const isText = outcomesAreTexts(set, types)
  return rows.map((row, place): Fixture => {
    const line = place + 2
    const malformed = (column: string) => refuse('rules.csv-malformed', { line, column })
    if (row.length !== columns.length) return malformed('')
    const field = (column: string) => row[columns.indexOf(column)] ?? ''
    const read = (column: string, type: FactType) => {
      const value = field(column) === '' ? null : readFactText(field(column), type)
      return value === null || kinds[type].isValid(value) ? value : malformed(column)
    }
    const expect = field('expect')
    return {
      name: field('name') || `line ${line}`,
      facts: Object.fromEntries([...types].map(([column, type]) => [column, read(column, type)])),
      expect: isText && expect !== '' ? expect : jsonOf(expect, () => malformed('expect')),
      ...(field('rule') === '' ? {} : { rule: field('rule') }),
    } as Fixture
  })
}

const jsonOf = (text: string, otherwise: () => never): unknown => {
  if (text === '') return null
  try {
    return JSON.parse(text)
  } catch {
    return otherwise()
  }
}

const outcomesAreTexts = (set: RuleSet, types: ReadonlyMap<string, FactType>): boolean => {
  if (set.kind === 'tiers') return types.get(set.on) === 'decimal' || set.round.scale > 0
  if (set.kind === 'deadline') return false
  const rules = set.kind === 'list' ? set.rules : set.rows
  const isListed = set.hit === 'collect' || set.hit === 'rule-order' || set.hit === 'output-order'
  return !isListed && set.hit !== 'count' && typeof rules[0]?.outcome === 'string'
}
