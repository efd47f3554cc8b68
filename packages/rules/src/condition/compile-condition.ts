import type { Check, Comparison, Condition, Operand, Test } from './condition.ts'
import type { FactValue } from './fact.ts'
import { fold, type Path } from './fold.ts'
import { answers, called, operandsOf, type Seen } from './holds.ts'
import { type BoundFact, constantOf, readFact, type Scope } from './scope.ts'
import { type Key, kinds } from './value-kind.ts'

/** A condition as a function of the context. */
export type Asks<Context> = (context: Context) => boolean

/** Puts something between a test and whoever asks it, such as a counter. */
export type Probe<Context> = (asks: Asks<Context>, path: Path) => Asks<Context>

/** Compiles a condition to closures that look at each fact where it is asked for. */
export const compileCondition = <Context>(
  condition: Condition,
  scope: Scope<Context>,
  path: Path = [],
  probe: Probe<Context> = (asks) => asks,
): Asks<Context> =>
  fold<Asks<Context>>(
    condition,
    {
      test: (test, at) => probe(compileTest(test, scope), at),
      all: (parts) => everyOf(parts),
      any: (parts) => someOf(parts),
      not: (part) => (context) => !part(context),
      use: (name, at) => compileCondition(scope.named(name), scope, [...at, 'use', name], probe),
    },
    path,
  )

export const everyOf = <Context>(parts: readonly Asks<Context>[]): Asks<Context> => {
  const [first, second] = parts
  if (first && parts.length === 1) return first
  if (first && second && parts.length === 2) return (context) => first(context) && second(context)
  return (context) => {
    for (const part of parts) if (!part(context)) return false
    return true
  }
}

const someOf =
  <Context>(parts: readonly Asks<Context>[]): Asks<Context> =>
  (context) => {
    for (const part of parts) if (part(context)) return true
    return false
  }

export const compileTest = <Context>(test: Test, scope: Scope<Context>): Asks<Context> => {
  const operands = operandsOf(test)
  const constants = operands.flatMap((operand) => constantOf(operand, scope) ?? [])
  const isFixed = constants.length === operands.length
  const fast = isFixed && 'fact' in test ? compared(scope.fact(test.fact), test, constants) : null
  if (fast) return fast
  const value = compileOperand(test, scope)
  const type = 'fact' in test ? scope.fact(test.fact).type : scope.fn(test.fn).returns
  if (isFixed) return (context) => answers(type, test, value(context), constants)
  const readers = operands.map((operand) => compileOperand(operand, scope))
  return (context) =>
    answers(
      type,
      test,
      value(context),
      readers.map((read) => read(context)),
    )
}

export const compileOperand = <Context>(
  operand: Operand | Test,
  scope: Scope<Context>,
): ((context: Context) => Seen) => {
  if (typeof operand !== 'object') return () => operand
  if ('fact' in operand) return readFact(scope.fact(operand.fact))
  if ('param' in operand) {
    const param = scope.param(operand.param)
    return () => param
  }
  if (!('fn' in operand)) return () => null
  const { run } = scope.fn(operand.fn)
  const args = operand.args.map((arg) => compileOperand(arg, scope))
  return (context) =>
    called(
      run,
      args.map((read) => read(context)),
    )
}

/** A comparison of a fact with one constant, by keys; null for any other test. */
const compared = <Context>(
  fact: BoundFact<Context>,
  { op }: Check | { readonly op?: never },
  [constant]: readonly FactValue[],
): Asks<Context> | null => {
  const against = comparisons[op as Comparison]
  const kind = kinds[fact.type]
  if (!against || !kind.isPlain || constant === undefined) return null
  return against(readFact(fact), constant as Key)
}

type Against = <Context>(read: (context: Context) => Seen, bound: Key) => Asks<Context>

const comparisons: Readonly<Partial<Record<string, Against>>> = {
  eq: (read, bound) => (context) => read(context) === bound,
  ne: (read, bound) => (context) => {
    const value = read(context)
    return value !== null && value !== bound
  },
  lt: (read, bound) => (context) => {
    const value = read(context)
    return value !== null && value < bound
  },
  le: (read, bound) => (context) => {
    const value = read(context)
    return value !== null && value <= bound
  },
  gt: (read, bound) => (context) => {
    const value = read(context)
    return value !== null && value > bound
  },
  ge: (read, bound) => (context) => {
    const value = read(context)
    return value !== null && value >= bound
  },
}
