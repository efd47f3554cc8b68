import type { Cell, Check, Condition, Operand, Test } from '../condition/condition.ts'
import { cellCondition, fold } from '../condition/fold.ts'
import type { Span } from '../table/rule-set.ts'

/** A value of any JSON as people write it. */
export const valueInWords = (value: unknown): string =>
  value === null || value === undefined ? 'nothing' : JSON.stringify(value)

const operandInWords = (operand: Operand | undefined): string => {
  if (typeof operand !== 'object') return valueInWords(operand)
  if ('fact' in operand) return operand.fact
  if ('param' in operand) return `the parameter ${operand.param}`
  return callInWords(operand)
}

const callInWords = ({ fn, args }: { readonly fn: string; readonly args: readonly Operand[] }) =>
  `${fn}(${args.map(operandInWords).join(', ')})`

const verbs: Readonly<Record<string, string>> = {
  eq: 'is',
  ne: 'is not',
  lt: 'is below',
  le: 'is at most',
  gt: 'is above',
  ge: 'is at least',
  in: 'is one of',
  'not-in': 'is none of',
  'starts-with': 'starts with',
  'ends-with': 'ends with',
  contains: 'contains',
  'equals-ignore-case': 'is, in any case of letters,',
  has: 'has',
  missing: 'is missing',
  present: 'is known',
}

const betweenInWords = ({ value, closed = '[]' }: Check & { readonly op: 'between' }) => {
  const [low, high] = value.map(operandInWords)
  const without = [closed.startsWith('(') ? low : '', closed.endsWith(')') ? high : ''].filter(
    (bound) => bound !== '',
  )
  const except = without.length === 0 ? '' : `, ${without.join(' and ')} not included`
  return `is between ${low} and ${high}${except}`
}

const testInWords = (test: Test): string => {
  const subject = 'fact' in test ? test.fact : callInWords(test)
  if (test.op === undefined) return `${subject} holds`
  if (test.op === 'between') return `${subject} ${betweenInWords(test)}`
  const verb = `${subject} ${verbs[test.op]}`
  if (!('value' in test)) return verb
  const operands = Array.isArray(test.value) ? test.value : [test.value as Operand]
  return `${verb} ${operands.map(operandInWords).join(', ')}`
}

const joined = (parts: readonly string[], word: string, empty: string) => {
  if (parts.length < 2) return parts[0] ?? empty
  return parts.map((part) => (/ (and|or) /.test(part) ? `(${part})` : part)).join(` ${word} `)
}

/** A condition as a sentence: `age is at least 75 and ward is "icu"`. */
export const conditionInWords = (condition: Condition): string =>
  fold<string>(condition, {
    test: testInWords,
    all: (parts) => joined(parts, 'and', 'always'),
    any: (parts) => joined(parts, 'or', 'never'),
    not: (part) => `not (${part})`,
    use: (name) => name,
  })

/** A row of a table as a sentence. */
export const rowInWords = (inputs: readonly string[], cells: readonly Cell[]): string => {
  const asked = cells.flatMap((cell, column) =>
    cell === null ? [] : [cellCondition(inputs[column] ?? '', cell)],
  )
  return conditionInWords({ all: asked })
}

/** `14 days`, `2 workingDays`. */
export const spanInWords = (span: Span): string =>
  Object.entries(span)
    .map(([unit, count]) => `${count} ${unit}`)
    .join()
