import { type Issue, type RuleBook, refuse, type TableSet } from '@hospital-crm/rules'
import { factOf } from './facts.ts'
import { DecisionTable, type Model, readModel } from './model.ts'
import { tableOf } from './table.ts'
import { Unreadable } from './tokens.ts'

/** What a DMN file says nothing of: since when its tables are in force, and as which version. */
export interface DmnOptions {
  readonly version: string
  /** A day, `YYYY-MM-DD`. */
  readonly validFrom: string
}

/** A rule book as data, to be checked and opened like any other, and what of the model is not in it. */
export interface DmnImport {
  readonly book: Omit<RuleBook, 'sets'> & { readonly sets: readonly TableSet[] }
  /** Decisions without a table: their names are facts that the host hands in where a table asks for one. */
  readonly withoutTable: readonly string[]
}

interface Named {
  readonly name: string
  readonly table: DecisionTable
}

const tablesIn = ({ drgElement }: Model, issues: Issue[]): readonly Named[] =>
  drgElement.flatMap(({ name, decisionLogic }): Named[] => {
    if (decisionLogic?.$type !== 'dmn:DecisionTable') return []
    const { data, error } = DecisionTable.safeParse(decisionLogic)
    for (const { path, message } of error?.issues ?? []) {
      issues.push({ path: [name, ...path.map(String)].join('/'), reason: message })
    }
    return data ? [{ name, table: data }] : []
  })

type Facts = Record<string, RuleBook['facts'][string]>

/** Every input of the tables once; one that names another table, or a column of it, is its outcome. */
const factsIn = (tables: readonly Named[], model: Model, issues: Issue[]): Facts => {
  const facts: Facts = {}
  for (const { name, table } of tables) {
    table.input.forEach((input, column) => {
      const id = input.inputExpression.text.trim()
      const path = `${name}/input ${column + 1}`
      try {
        if (!/^[\p{L}_][\p{L}\p{N}_.' /]*$/u.test(id)) throw new Unreadable(`${id} is no name`)
        const fact = { ...factOf(input, model), ...chained(id, tables) }
        const known = facts[id]
        if (known && known.type !== fact.type)
          throw new Unreadable(`${id} is a ${known.type} elsewhere`)
        facts[id] ??= fact
      } catch (error) {
        if (!(error instanceof Unreadable)) throw error
        issues.push({ path, reason: error.message })
      }
    })
  }
  return facts
}

const chained = (id: string, tables: readonly Named[]) => {
  const isKeyOf = (name: string) => id.startsWith(`${name}.`)
  const other = tables.find(({ name }) => name === id || isKeyOf(name))
  if (!other) return {}
  const key = id.slice(other.name.length + 1)
  return { outcomeOf: other.name, ...(key && { key }) }
}

/**
 * Reads the decision tables of a DMN model (XML, 1.2 to 1.5) with cells in S-FEEL. Refuses a file that
 * is no model, and every cell, input and type that is more than S-FEEL (`dmn.malformed`, with `issues`:
 * table, rule, column and reason): a table is imported as a whole or not at all. Needs `dmn-moddle`.
 */
export const readDmn = async (xml: string, options: DmnOptions): Promise<DmnImport> => {
  const model = await readModel(xml)
  const issues: Issue[] = []
  const tables = tablesIn(model, issues)
  const facts = factsIn(tables, model, issues)
  const { version, validFrom } = options
  const sets = tables.map(({ name, table }) =>
    tableOf(
      name,
      table,
      { version, validFrom },
      (fact) => (Object.hasOwn(facts, fact) ? fact : null),
      (issue) => issues.push(issue),
    ),
  )
  if (sets.length === 0 && issues.length === 0) {
    issues.push({ path: '', reason: 'no decision table' })
  }
  if (issues.length > 0) return refuse('dmn.malformed', { issues })
  const withoutTable = model.drgElement.flatMap(({ $type, name }) =>
    $type === 'dmn:Decision' && !tables.some((one) => one.name === name) ? [name] : [],
  )
  return { book: { format: 'rule-book/1', facts, sets }, withoutTable }
}
