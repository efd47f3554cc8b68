import type { Check, Comparison, Condition, Operand, Test, TextTest } from './condition.ts'
import { compareDecimals, readDecimal } from './decimal.ts'
import type { FactType, FactValue } from './fact.ts'
import type { Scope } from './scope.ts'
import { readFactStrictly } from './scope.ts'

/** A value as a condition sees it: `null` where it is missing. */
export type Seen = FactValue | null

/** What the words of a condition come to in one context. */
export interface Scene {
  readonly seen: (operand: Operand | Test) => Seen
  readonly typeOf: (test: Test) => FactType
  readonly named: (name: string) => Condition
}

/** The meaning of a condition. Every compilation must answer what this does. */
export const holds = (condition: Condition, scene: Scene): boolean => {
  if ('all' in condition) return condition.all.every((part) => holds(part, scene))
  if ('any' in condition) return condition.any.some((part) => holds(part, scene))
  if ('not' in condition) return !holds(condition.not, scene)
  if ('use' in condition) return holds(scene.named(condition.use), scene)
  const operands = operandsOf(condition).map(scene.seen)
  return answers(scene.typeOf(condition), condition, scene.seen(condition), operands)
}

/** What a test compares with, in order. */
export const operandsOf = (test: Test): readonly Operand[] => {
  if (test.op === undefined || !('value' in test)) return []
  return Array.isArray(test.value) ? test.value : [test.value as Operand]
}

/** Whether a value stands the check: with nothing to compare, whether it is yes itself. */
export const answers = (
  type: FactType,
  check: Check | { readonly op?: never },
  value: Seen,
  operands: readonly Seen[],
): boolean => {
  if (check.op === 'missing') return value === null
  if (value === null || operands.includes(null)) return false
  const is = (comparison: Comparison, operand: Seen | undefined) =>
    relations[comparison](order(type, value, operand as FactValue))
  const [first, second] = operands
  switch (check.op) {
    case undefined:
      return value === true
    case 'present':
      return true
    case 'in':
      return operands.some((operand) => is('eq', operand))
    case 'not-in':
      return operands.every((operand) => is('ne', operand))
    case 'between': {
      const closed = check.closed ?? '[]'
      return (
        is(closed.startsWith('[') ? 'ge' : 'gt', first) &&
        is(closed.endsWith(']') ? 'le' : 'lt', second)
      )
    }
    case 'starts-with':
    case 'ends-with':
    case 'contains':
    case 'equals-ignore-case':
    case 'has':
      return textTests[check.op](value as string, first as string)
    default:
      return is(check.op, first)
  }
}

const order = (type: FactType, a: FactValue, b: FactValue): number => {
  if (type === 'decimal') return compareDecimals(readDecimal(a as string), readDecimal(b as string))
  if (type === 'instant') return Date.parse(a as string) - Date.parse(b as string)
  return a < b ? -1 : a > b ? 1 : 0
}

const relations: Readonly<Record<Comparison, (order: number) => boolean>> = {
  eq: (order) => order === 0,
  ne: (order) => order !== 0,
  lt: (order) => order < 0,
  le: (order) => order <= 0,
  gt: (order) => order > 0,
  ge: (order) => order >= 0,
}

const textTests: Readonly<Record<TextTest, (value: string, word: string) => boolean>> = {
  'starts-with': (value, word) => value.startsWith(word),
  'ends-with': (value, word) => value.endsWith(word),
  contains: (value, word) => value.includes(word),
  'equals-ignore-case': (value, word) => value.toLowerCase() === word.toLowerCase(),
  has: (value, word) => value.includes(word),
}

/** The words of a scope as one context answers them. */
export const sceneOf = <Context>(scope: Scope<Context>, context: Context): Scene => {
  const seen = (operand: Operand | Test): Seen => {
    if (typeof operand !== 'object') return operand
    if ('fact' in operand) return readFactStrictly(scope.fact(operand.fact))(context)
    if ('param' in operand) return scope.param(operand.param)
    if ('fn' in operand) return called(scope.fn(operand.fn).run, operand.args.map(seen))
    return null
  }
  const typeOf = (test: Test) =>
    'fact' in test ? scope.fact(test.fact).type : scope.fn(test.fn).returns
  return { seen, typeOf, named: scope.named }
}

/** A function is not asked about what is missing. */
export const called = (run: (...args: never[]) => Seen, args: readonly Seen[]): Seen =>
  args.includes(null) ? null : (run(...(args as never[])) ?? null)
