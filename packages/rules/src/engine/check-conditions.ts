import type { Condition, Literal, Operand, Test } from '../condition/condition.ts'
import type { FactDeclaration, FactType } from '../condition/fact.ts'
import { fold, type Path } from '../condition/fold.ts'
import { operandsOf } from '../condition/holds.ts'
import type { Vocabulary } from '../condition/scope.ts'
import { kinds } from '../condition/value-kind.ts'
import type { Report } from './finding.ts'

/** The words of one rule set: those of the vendor and its own. */
export interface Words {
  readonly vocabulary: Vocabulary<never>
  readonly params: Readonly<Record<string, Literal>>
  readonly conditions: Readonly<Record<string, Condition>>
}

const own = <Value>(record: Readonly<Record<string, Value>> | undefined, name: string) =>
  record && Object.hasOwn(record, name) ? record[name] : undefined

/** The declaration of a fact, or a finding that there is none. */
export const knownFact = (
  name: string,
  { vocabulary }: Words,
  path: Path,
  report: Report,
): FactDeclaration | undefined => {
  const fact = own(vocabulary.facts, name)
  if (!fact) report('error', 'unknown-fact', path, `no fact is called ${quoted(name)}`)
  return fact
}

export const quoted = (name: unknown): string => {
  const text = JSON.stringify(name) ?? 'nothing'
  return text.length > 80 ? `${text.slice(0, 80)}…` : text
}

/** Checks each test of a condition: its words, their types, and constants against what is declared. */
export const checkCondition = (
  condition: Condition,
  words: Words,
  path: Path,
  report: Report,
): void => {
  const nothing = () => undefined
  fold<void>(
    condition,
    {
      test: (test, at) => checkTest(test, words, at, report),
      all: nothing,
      any: nothing,
      not: nothing,
      use: (name, at) => {
        if (own(words.conditions, name)) return
        report('error', 'unknown-condition', at, `no condition is called ${quoted(name)}`)
      },
    },
    path,
  )
}

const checkTest = (test: Test, words: Words, path: Path, report: Report) => {
  const subject =
    'fact' in test
      ? knownFact(test.fact, words, [...path, 'fact'], report)
      : checkCall(test, words, path, report)
  if (!subject) return
  const fault = opFault(test, subject.type)
  if (fault) return report('error', 'type', [...path, 'op'], fault)
  const expected: FactDeclaration = subject.type === 'strings' ? { type: 'string' } : subject
  const operands = operandsOf(test)
  operands.forEach((operand, place) => {
    const at = Array.isArray('value' in test ? test.value : null) ? ['value', place] : ['value']
    checkOperand(operand, expected, words, [...path, ...at], report)
  })
}

const ordering = ['lt', 'le', 'gt', 'ge', 'between']
const texts = ['starts-with', 'ends-with', 'contains', 'equals-ignore-case']

const opFault = ({ op }: Test, type: FactType): string | null => {
  if (op === undefined)
    return type === 'boolean' ? null : 'a function that answers yes or no expected'
  if (ordering.includes(op) && !kinds[type].isOrdered) return `a ${type} has no order`
  if (texts.includes(op) && type !== 'string') return `${op} asks a string, not a ${type}`
  if (op === 'has' && type !== 'strings') return `has asks a list of strings, not a ${type}`
  const isListed = type === 'strings' && !['has', 'missing', 'present'].includes(op)
  return isListed ? `${op} cannot ask a list of strings` : null
}

/** What a call answers, with its arguments checked; undefined where the function is unknown. */
const checkCall = (
  { fn, args }: { readonly fn: string; readonly args: readonly Operand[] },
  words: Words,
  path: Path,
  report: Report,
): FactDeclaration | undefined => {
  const known = own(words.vocabulary.functions, fn)
  if (!known) {
    report('error', 'unknown-function', [...path, 'fn'], `no function is called ${quoted(fn)}`)
    return undefined
  }
  if (args.length !== known.args.length) {
    report('error', 'type', [...path, 'args'], `${known.args.length} arguments expected`)
  }
  args.slice(0, known.args.length).forEach((arg, place) => {
    const type = known.args[place] ?? 'string'
    checkOperand(arg, { type }, words, [...path, 'args', place], report)
  })
  return { type: known.returns }
}

const familyOf = (type: FactType) => (type === 'integer' ? 'number' : type)

const checkOperand = (
  operand: Operand,
  expected: FactDeclaration,
  words: Words,
  path: Path,
  report: Report,
): void => {
  if (typeof operand !== 'object' || 'param' in operand) {
    const constant = typeof operand === 'object' ? own(words.params, operand.param) : operand
    const fault = constant === undefined ? unknownParam : literalFault(constant, expected)
    if (fault) report(fault.level, fault.code, path, fault.message)
    return
  }
  const found =
    'fact' in operand
      ? knownFact(operand.fact, words, [...path, 'fact'], report)
      : checkCall(operand, words, path, report)
  if (found && familyOf(found.type) !== familyOf(expected.type)) {
    report('error', 'type', path, `a ${expected.type} expected, not a ${found.type}`)
  }
}

const unknownParam = {
  level: 'error',
  code: 'unknown-param',
  message: 'the set has no parameter of this name',
} as const

/** Decimals, to compare a constant with a domain: no constant has more. */
const finest = 40

/** Why a constant cannot be a value of a fact, by its type or by what is declared of it. */
export const literalFault = (value: Literal, { type, values, min, max }: FactDeclaration) => {
  const { isValid, keyOf } = kinds[type]
  if (!isValid(value)) {
    return {
      level: 'error',
      code: 'type',
      message: `a ${type} expected, not ${quoted(value)}`,
    } as const
  }
  const key = keyOf(value, finest)
  if (values && !values.some((one) => keyOf(one, finest) === key)) {
    const message = `${quoted(value)} is none of ${quoted(values)}`
    return { level: 'error', code: 'out-of-domain', message } as const
  }
  const isOutside =
    (min !== undefined && key < keyOf(min, finest)) ||
    (max !== undefined && key > keyOf(max, finest))
  if (!isOutside) return null
  const message = `${quoted(value)} is not between ${quoted(min)} and ${quoted(max)}`
  return { level: 'warning', code: 'out-of-domain', message } as const
}
