import type { TableSet } from '@hospital-crm/rules'
import { type Token, tokensOf, Unreadable } from './tokens.ts'

export type Cell = TableSet['rows'][number]['when'][number]
export type Literal = string | number | boolean
type Operand = Literal | { readonly fact: string }

const comparisons: Readonly<Record<string, 'lt' | 'le' | 'gt' | 'ge' | 'eq' | 'ne'>> = {
  '<': 'lt',
  '<=': 'le',
  '>': 'gt',
  '>=': 'ge',
  '=': 'eq',
  '!=': 'ne',
}

/** What names in a cell may stand for: facts; null for any other. */
export type FactNamed = (name: string) => string | null

const none: FactNamed = () => null

/** Reads words one after the other. */
const readerOf = (tokens: readonly Token[]) => {
  let at = 0
  const peek = () => tokens[at]
  const take = (): Token => {
    const token = tokens[at]
    if (!token) throw new Unreadable('more expected at its end')
    at += 1
    return token
  }
  const isMark = (...marks: readonly string[]) => {
    const token = peek()
    return token?.kind === 'mark' && marks.includes(token.value)
  }
  const mark = (...marks: readonly string[]): string => {
    const token = peek()
    if (token?.kind !== 'mark' || !marks.includes(token.value)) {
      throw new Unreadable(`${marks.join(' or ')} expected${token ? `, not ${token.value}` : ''}`)
    }
    at += 1
    return token.value
  }
  return { peek, take, isMark, mark, isDone: () => at >= tokens.length }
}
type Reader = ReturnType<typeof readerOf>

const calls = ['date', 'time', 'date and time']

/** A day as it is, a time of day without its seconds, which must be none, an instant with its offset. */
const moment = (text: string): string => {
  const time = /^(\d\d:\d\d):00$/.exec(text)
  return time?.[1] ?? text
}

const operand = (reader: Reader, factNamed: FactNamed): Operand | null => {
  const token = reader.take()
  if (token.kind === 'number' || token.kind === 'text') return token.value
  if (token.kind === 'mark') {
    const next = reader.take()
    if (token.value === '-' && next.kind === 'number') return -next.value
    if (token.value === '@' && next.kind === 'text') return moment(next.value)
    throw new Unreadable(`a value expected, not ${token.value}`)
  }
  if (token.value === 'true' || token.value === 'false') return token.value === 'true'
  if (token.value === 'null') return null
  if (reader.isMark('(')) return called(token.value, reader)
  const fact = factNamed(token.value)
  if (fact === null) throw new Unreadable(`${token.value} is no value and no input`)
  return { fact }
}

const called = (name: string, reader: Reader): Literal => {
  if (!calls.includes(name)) throw new Unreadable(`${name}(…) is not known here`)
  reader.mark('(')
  const token = reader.take()
  if (token.kind !== 'text') throw new Unreadable('a text expected')
  reader.mark(')')
  return moment(token.value)
}

const present = (value: Operand | null): Operand => {
  if (value === null) throw new Unreadable('null has no order')
  return value
}

const interval = (reader: Reader, factNamed: FactNamed): Cell => {
  const low = reader.mark('[', '(', ']') === '[' ? '[' : '('
  const from = present(operand(reader, factNamed))
  reader.mark('..')
  const to = present(operand(reader, factNamed))
  const high = reader.mark(']', ')', '[') === ']' ? ']' : ')'
  return { op: 'between', value: [from, to], closed: `${low}${high}` }
}

const test = (reader: Reader, factNamed: FactNamed): Cell => {
  if (reader.isMark('[', '(', ']')) return interval(reader, factNamed)
  const op = reader.isMark(...Object.keys(comparisons))
    ? comparisons[reader.mark(...Object.keys(comparisons))]
    : 'eq'
  const value = operand(reader, factNamed)
  if (value === null) {
    if (op !== 'eq' && op !== 'ne') throw new Unreadable('null has no order')
    return { op: op === 'eq' ? 'missing' : 'present' }
  }
  return op === 'eq' && typeof value !== 'object' ? value : { op: op ?? 'eq', value }
}

const tests = (reader: Reader, factNamed: FactNamed): readonly Cell[] => {
  const all = [test(reader, factNamed)]
  while (reader.isMark(',')) {
    reader.mark(',')
    all.push(test(reader, factNamed))
  }
  return all
}

const oneOrList = (cells: readonly Cell[]): Cell =>
  cells.length === 1 ? (cells[0] ?? null) : cells

const ended = <Result>(reader: Reader, result: Result): Result => {
  if (!reader.isDone())
    throw new Unreadable(`${reader.peek()?.value} stands where nothing is expected`)
  return result
}

/** A cell of a decision table, `-` or nothing for any value. Throws `Unreadable` where it is no S-FEEL. */
export const readCell = (source: string, factNamed: FactNamed): Cell => {
  const text = source.trim()
  if (text === '' || text === '-') return null
  const tokens = tokensOf(text)
  const [first] = tokens
  if (first?.kind === 'name' && first.value === 'not') {
    const reader = readerOf(tokens.slice(1))
    reader.mark('(')
    const cells = tests(reader, factNamed)
    reader.mark(')')
    return ended(reader, { not: oneOrList(cells) })
  }
  const reader = readerOf(tokens)
  return ended(reader, oneOrList(tests(reader, factNamed)))
}

/** A value written out; null for `null` and for nothing. Throws `Unreadable` for an expression. */
export const readLiteral = (source: string): Literal | null => {
  if (source.trim() === '') return null
  const reader = readerOf(tokensOf(source))
  const value = ended(reader, operand(reader, none))
  if (typeof value === 'object' && value !== null) throw new Unreadable('a value expected')
  return value
}

/** A list of values, as allowed values are written; none where nothing is. */
export const readLiterals = (source: string): readonly Literal[] => {
  if (source.trim() === '') return []
  return tests(readerOf(tokensOf(source)), none).map((cell) => {
    if (typeof cell === 'object') throw new Unreadable('values expected')
    return cell
  })
}
