import type { Condition, Operand, Test } from '../condition/condition.ts'
import { type Folding, fold } from '../condition/fold.ts'
import { operandsOf } from '../condition/holds.ts'
import { constantOf, type Scope } from '../condition/scope.ts'
import { type Key, kinds } from '../condition/value-kind.ts'
import { isRegional, type Variable } from '../condition/variables.ts'

/** JSON is JavaScript but for two line separators, which older engines end a text at. */
export const literal = (value: unknown): string =>
  JSON.stringify(value).replace(
    /[\u2028\u2029]/g,
    (mark) => `\\u${mark.charCodeAt(0).toString(16)}`,
  )

export const keyText = (key: Key): string => (typeof key === 'bigint' ? `${key}n` : literal(key))

/** Names for what a module reads. A missing value is `undefined`, with which nothing compares. */
export interface Names {
  /** The fact's value. */
  readonly value: (fact: string) => string
  /** What the fact is ordered by. */
  readonly key: (fact: string) => string
  readonly fn: (name: string) => string
}

/** A condition as an expression of JavaScript that holds exactly when the condition does. */
export const conditionText = (
  condition: Condition,
  scope: Scope<never>,
  variables: readonly Variable<never>[],
  names: Names,
): string => {
  const by: Folding<string> = {
    test: (test) => testText(test, scope, variables, names),
    all: (parts) => (parts.length === 0 ? 'true' : `(${parts.join(' && ')})`),
    any: (parts) => (parts.length === 0 ? 'false' : `(${parts.join(' || ')})`),
    not: (part) => `!${part}`,
    use: (name) => fold(scope.named(name), by),
  }
  return fold(condition, by)
}

export const testText = (
  test: Test,
  scope: Scope<never>,
  variables: readonly Variable<never>[],
  names: Names,
): string => {
  if (!isRegional(test, scope)) return otherTest(test, scope, names)
  const scale = variables.reduce(
    (found, one) => (one.kind === 'fact' && one.fact.id === test.fact ? one.scale : found),
    0,
  )
  const { keyOf, isPlain } = kinds[scope.fact(test.fact).type]
  const bounds = operandsOf(test).map((operand) =>
    keyText(keyOf(constantOf(operand, scope) ?? '', scale)),
  )
  return compared(test, (isPlain ? names.value : names.key)(test.fact), bounds)
}

const signs = { eq: '===', ne: '!==', lt: '<', le: '<=', gt: '>', ge: '>=' } as const

/** A comparison of keys with constants; `undefined` is neither below nor above anything. */
const compared = (test: Test, value: string, bounds: readonly string[]): string => {
  const [first = '', second = ''] = bounds
  switch (test.op) {
    case 'missing':
      return `(${value} === undefined)`
    case 'present':
      return `(${value} !== undefined)`
    case 'in':
      return `(${bounds.map((bound) => `${value} === ${bound}`).join(' || ')})`
    case 'ne':
    case 'not-in':
      return `(${['undefined', ...bounds].map((bound) => `${value} !== ${bound}`).join(' && ')})`
    case 'between': {
      const closed = test.closed ?? '[]'
      const lower = `${value} ${closed.startsWith('[') ? '>=' : '>'} ${first}`
      return `(${lower} && ${value} ${closed.endsWith(']') ? '<=' : '<'} ${second})`
    }
    case 'eq':
    case 'lt':
    case 'le':
    case 'gt':
    case 'ge':
      return `(${value} ${signs[test.op]} ${first})`
    default:
      return 'false'
  }
}

/** Whether the expression of a test is as false of `null`, which compares as 0, as it is of `undefined`. */
export const isFalseOfNull = (test: Test, scope: Scope<never>): boolean => {
  if (!isRegional(test, scope) || !kinds[scope.fact(test.fact).type].isPlain) return false
  const [first = 0, second = 0] = operandsOf(test).map((operand) =>
    Number(constantOf(operand, scope)),
  )
  switch (test.op) {
    case 'eq':
    case 'in':
      return true
    case 'lt':
      return !(first > 0)
    case 'le':
      return !(first >= 0)
    case 'gt':
      return !(first < 0)
    case 'ge':
      return !(first <= 0)
    case 'between':
      return !(first <= 0 && second >= 0)
    default:
      return false
  }
}

/** A test against what is known only then: handed to the `answers` of the module's preamble. */
const otherTest = (test: Test, scope: Scope<never>, names: Names): string => {
  const value = operandText(test, scope, names)
  if (test.op === undefined) return `(${value} === true)`
  const type = 'fact' in test ? scope.fact(test.fact).type : scope.fn(test.fn).returns
  const operands = operandsOf(test).map((operand) => operandText(operand, scope, names))
  const closed = test.op === 'between' ? (test.closed ?? '[]') : ''
  return `answers(${[literal(type), literal(test.op), value, `[${operands.join(', ')}]`, literal(closed)].join(', ')})`
}

const operandText = (operand: Operand | Test, scope: Scope<never>, names: Names): string => {
  if (typeof operand !== 'object') return literal(operand)
  if ('fact' in operand) return names.value(operand.fact)
  if ('param' in operand) return literal(scope.param(operand.param))
  if (!('fn' in operand)) return 'undefined'
  const args = operand.args.map((arg) => operandText(arg, scope, names))
  return `call(${names.fn(operand.fn)}, [${args.join(', ')}])`
}
