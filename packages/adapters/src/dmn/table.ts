import type { HitPolicy, Issue, TableSet } from '@hospital-crm/rules'
import {
  type Cell,
  type FactNamed,
  type Literal,
  readCell,
  readLiteral,
  readLiterals,
} from './cell.ts'
import type { DecisionTable, Output } from './model.ts'
import { Unreadable } from './tokens.ts'

const policies: Readonly<Record<DecisionTable['hitPolicy'], HitPolicy>> = {
  UNIQUE: 'unique',
  FIRST: 'first',
  PRIORITY: 'priority',
  ANY: 'any',
  COLLECT: 'collect',
  'RULE ORDER': 'rule-order',
  'OUTPUT ORDER': 'output-order',
}
const aggregations = { SUM: 'sum', MIN: 'min', MAX: 'max', COUNT: 'count' } as const

type Outcome = Literal | null | Readonly<Record<string, Literal | null>>

/** The value of the one column, or a record by the names of several. */
const outcomeOf = (outputs: readonly Output[], values: readonly (Literal | null)[]): Outcome =>
  outputs.length === 1
    ? (values[0] ?? null)
    : Object.fromEntries(
        outputs.map(({ name, label }, at) => [name ?? label ?? `${at}`, values[at] ?? null]),
      )

/** Outcomes by the order in which the columns name their values, the first column first. */
const prioritiesOf = (
  outputs: readonly Output[],
  rows: readonly (readonly (Literal | null)[])[],
): readonly Outcome[] => {
  const orders = outputs.map(({ outputValues }) => readLiterals(outputValues?.text ?? ''))
  const rank = (value: Literal | null | undefined, order: readonly Literal[]) => {
    const at = order.indexOf(value as Literal)
    return at < 0 ? order.length : at
  }
  const ordered = rows.toSorted((a, b) => {
    for (const [at, order] of orders.entries()) {
      const difference = rank(a[at], order) - rank(b[at], order)
      if (difference !== 0) return difference
    }
    return 0
  })
  return [...new Map(ordered.map((row) => [JSON.stringify(row), outcomeOf(outputs, row)])).values()]
}

/** Reads a decision table as a set; what cannot be read is told by `complain`. */
export const tableOf = (
  name: string,
  { hitPolicy, aggregation, input, output, rule }: DecisionTable,
  head: Pick<TableSet, 'version' | 'validFrom'>,
  factNamed: FactNamed,
  complain: (issue: Issue) => void,
): TableSet => {
  const reading = <Result>(path: string, read: () => Result, otherwise: Result): Result => {
    try {
      return read()
    } catch (error) {
      if (!(error instanceof Unreadable)) throw error
      complain({ path: `${name}/${path}`, reason: error.message })
      return otherwise
    }
  }
  const hit =
    hitPolicy === 'COLLECT' && aggregation ? aggregations[aggregation] : policies[hitPolicy]
  const outputsOf = (path: string, texts: readonly { readonly text: string }[]) =>
    output.map((_, at) =>
      reading(`${path}/output ${at + 1}`, () => readLiteral(texts[at]?.text ?? ''), null),
    )
  const values = rule.map(({ outputEntry }, row) => outputsOf(`rule ${row + 1}`, outputEntry))
  const rows = rule.map(({ id, inputEntry, description, annotationEntry }, row) => {
    const when = input.map((_, column): Cell => {
      const text = inputEntry[column]?.text ?? '-'
      return reading(`rule ${row + 1}/input ${column + 1}`, () => readCell(text, factNamed), null)
    })
    const note = description ?? annotationEntry.find(({ text }) => text !== '')?.text
    return {
      id: id ?? `rule ${row + 1}`,
      when,
      outcome: outcomeOf(output, values[row] ?? []),
      ...(note ? { note } : {}),
    }
  })
  const hasDefault = output.some(({ defaultOutputEntry }) => defaultOutputEntry !== undefined)
  const defaults = output.map(({ defaultOutputEntry }) => defaultOutputEntry ?? { text: '' })
  const isRanked = hit === 'priority' || hit === 'output-order'
  return {
    kind: 'table',
    id: name,
    ...head,
    hit,
    inputs: input.map(({ inputExpression: { text } }) => text.trim()),
    rows,
    ...(hasDefault ? { otherwise: outcomeOf(output, outputsOf('default', defaults)) } : {}),
    ...(isRanked
      ? { priorities: reading('output values', () => prioritiesOf(output, values), []) }
      : {}),
  }
}
