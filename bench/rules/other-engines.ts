import { ZenEngine } from '@gorules/zen-engine'
import { Environment } from '@marcbachmann/cel-js'
import { LogicEngine } from 'json-logic-engine'
import { Engine, type NestedCondition } from 'json-rules-engine'
import type { Condition } from './ours.ts'

/** Rules of which the first that holds decides. */
export interface Rule {
  readonly id: string
  readonly condition: Condition
}

type Input = Readonly<Record<string, string | number | boolean>>

/** The id of the rule that holds, or `''`, for each input. */
export type Decides = (inputs: readonly Input[]) => readonly string[] | Promise<readonly string[]>

type Asked = Extract<Condition, { fact: string }>

/** The bounds of the benches are constants. */
const boundsOf = (test: Asked): readonly unknown[] => {
  if (!('value' in test)) return []
  return Array.isArray(test.value) ? test.value : [test.value]
}

const signs: Readonly<Record<string, string>> = {
  eq: '==',
  ne: '!=',
  lt: '<',
  le: '<=',
  gt: '>',
  ge: '>=',
}

/** A condition by the operators of an expression language. */
const expression = (
  condition: Condition,
  words: { and: string; or: string; not: string },
  bound: (value: unknown) => string,
): string => {
  const inner = (part: Condition) => expression(part, words, bound)
  if ('all' in condition) return `(${condition.all.map(inner).join(words.and)})`
  if ('any' in condition) return `(${condition.any.map(inner).join(words.or)})`
  if ('not' in condition) return `${words.not}(${inner(condition.not)})`
  if (!('fact' in condition)) throw new Error('no such condition in the benches')
  const [first, second] = boundsOf(condition).map(bound)
  return condition.op === 'between'
    ? `(${condition.fact} >= ${first}${words.and}${condition.fact} <= ${second})`
    : `${condition.fact} ${signs[condition.op]} ${first}`
}

const nested = (rules: readonly Rule[], text: (rule: Rule) => string) =>
  `${rules.map((rule) => `${text(rule)} ? '${rule.id}' : `).join('')}''`

/** CEL, parsed once. Its numbers are doubles, so that JSON's are. */
export const byCel = (rules: readonly Rule[], inputs: Input): Decides => {
  const environment = new Environment()
  for (const [name, value] of Object.entries(inputs)) {
    const type = { number: 'double', string: 'string', boolean: 'bool' }[typeof value as string]
    environment.registerVariable(name, type ?? 'dyn')
  }
  const words = { and: ' && ', or: ' || ', not: '!' }
  const bound = (value: unknown) =>
    typeof value === 'number' ? value.toFixed(1) : JSON.stringify(value)
  const evaluate = environment.parse(
    nested(rules, ({ condition }) => expression(condition, words, bound)),
  )
  return (all) => all.map((input) => evaluate(input))
}

const logicOf = (condition: Condition): unknown => {
  if ('all' in condition) return { and: condition.all.map(logicOf) }
  if ('any' in condition) return { or: condition.any.map(logicOf) }
  if ('not' in condition) return { '!': logicOf(condition.not) }
  if (!('fact' in condition)) throw new Error('no such condition in the benches')
  const [first, second] = boundsOf(condition)
  const value = { var: condition.fact }
  return condition.op === 'between'
    ? { and: [{ '>=': [value, first] }, { '<=': [value, second] }] }
    : { [condition.op === 'eq' ? '===' : (signs[condition.op] ?? '')]: [value, first] }
}

/** JSON Logic, compiled to JavaScript: its fastest way, which needs `eval`. */
export const byJsonLogic = (rules: readonly Rule[]): Decides => {
  const evaluate = new LogicEngine().build({
    if: [...rules.flatMap(({ id, condition }) => [logicOf(condition), id]), ''],
  })
  return (all) => all.map((input) => evaluate(input))
}

const rulesOperators: Readonly<Record<string, string>> = {
  eq: 'equal',
  lt: 'lessThan',
  le: 'lessThanInclusive',
  ge: 'from',
}

const rulesCondition = (condition: Condition): NestedCondition => {
  if ('all' in condition) return { all: condition.all.map(rulesCondition) }
  if ('any' in condition) return { any: condition.any.map(rulesCondition) }
  if ('not' in condition) return { not: rulesCondition(condition.not) }
  if (!('fact' in condition)) throw new Error('no such condition in the benches')
  const [first, second] = boundsOf(condition)
  const { fact, op } = condition
  return op === 'between'
    ? {
        all: [
          { fact, operator: 'from', value: first },
          { fact, operator: 'lessThanInclusive', value: second },
        ],
      }
    : { fact, operator: rulesOperators[op] ?? '', value: first }
}

/** json-rules-engine: rules by priority, stopped after the first that holds. */
export const byJsonRules = (rules: readonly Rule[]): Decides => {
  const engine = new Engine()
  engine.addOperator('from', (value: unknown, bound: unknown) =>
    typeof value === 'string' ? value >= String(bound) : Number(value) >= Number(bound),
  )
  rules.forEach(({ id, condition }, place) => {
    const asked = rulesCondition(condition)
    const conditions = 'fact' in asked || 'not' in asked ? { all: [asked] } : asked
    engine.addRule({
      conditions: conditions as { all: NestedCondition[] },
      event: { type: id },
      priority: rules.length - place,
      onSuccess: () => engine.stop(),
    })
  })
  return async (all) => {
    const ids: string[] = []
    for (const input of all) ids.push((await engine.run(input)).events[0]?.type ?? '')
    return ids
  }
}

/** GoRules: a first-hit table of one expression a row, with all evaluations of a batch in flight. */
export const byZen = (rules: readonly Rule[]): Decides => {
  const words = { and: ' and ', or: ' or ', not: 'not ' }
  const rows = rules.map(({ id, condition }, place) => ({
    _id: `${place}`,
    when: expression(condition, words, (value) => JSON.stringify(value)),
    then_: JSON.stringify(id),
  }))
  const decision = new ZenEngine().createDecision({
    nodes: [
      { id: 'in', type: 'inputNode', name: 'in' },
      {
        id: 'table',
        type: 'decisionTableNode',
        name: 'table',
        content: {
          hitPolicy: 'first',
          inputs: [{ id: 'when', name: 'when' }],
          outputs: [{ id: 'then_', name: 'rule', field: 'rule' }],
          rules: [...rows, { _id: 'last', when: '', then_: '""' }],
        },
      },
      { id: 'out', type: 'outputNode', name: 'out' },
    ],
    edges: [
      { id: 'a', sourceId: 'in', targetId: 'table', type: 'edge' },
      { id: 'b', sourceId: 'table', targetId: 'out', type: 'edge' },
    ],
  })
  return async (all) =>
    (await Promise.all(all.map((input) => decision.evaluate(input)))).map(
      ({ result }) => result.rule,
    )
}
