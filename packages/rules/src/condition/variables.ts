import { type Asks, compileTest } from './compile-condition.ts'
import type { Literal, Test } from './condition.ts'
import type { FactValue } from './fact.ts'
import { operandsOf } from './holds.ts'
import { intersect, nowhere, type Ranges, unite } from './ranges.ts'
import { type BoundFact, constantOf, type Scope } from './scope.ts'
import { type Key, kinds } from './value-kind.ts'

/**
 * A fact cut into regions within which every test of a rule set answers the same. Region 0 is that it
 * is missing. Of an ordered fact, region 1 lies below the first cut, and each cut begins one more. Of
 * any other fact, each cut is one value, and the last region is all other values.
 */
export interface FactVariable<Context> {
  readonly kind: 'fact'
  readonly fact: BoundFact<Context>
  /** Of a decimal: the decimals of the bounds, by which its keys are made. */
  readonly scale: number
  readonly cuts: readonly Key[]
  readonly regions: number
}

/** A test that does not come down to regions of one fact: region 1 is that it holds. */
export interface TestVariable<Context> {
  readonly kind: 'test'
  readonly test: Test
  readonly asks: Asks<Context>
  readonly regions: 2
}

export type Variable<Context> = FactVariable<Context> | TestVariable<Context>

/** Where a test holds. */
export interface Place {
  readonly variable: number
  readonly ranges: Ranges
}

/** The variables of a rule set, and what each of its tests asks of which. */
export interface Variables<Context> {
  readonly list: readonly Variable<Context>[]
  readonly placeOf: (test: Test) => Place
}

const regional = 'eq ne lt le gt ge in not-in between missing present'.split(' ')

export const isRegional = (test: Test, scope: Scope<never>): test is Test & { fact: string } =>
  'fact' in test &&
  regional.includes(test.op) &&
  operandsOf(test).every((operand) => constantOf(operand, scope) !== undefined)

export const variablesOf = <Context>(
  tests: readonly Test[],
  scope: Scope<Context>,
): Variables<Context> => {
  const constants = new Map<string, Literal[]>()
  const opaque = new Map<string, Test>()
  for (const test of tests) {
    if (isRegional(test, scope)) {
      const found = constants.get(test.fact) ?? []
      found.push(...constantsOf(test, scope))
      constants.set(test.fact, found)
    } else opaque.set(sameTest(test), test)
  }
  const list = [
    ...[...constants].map(([fact, values]) => factVariable(scope.fact(fact), values)),
    ...[...opaque.values()].map(
      (test) => ({ kind: 'test', test, asks: compileTest(test, scope), regions: 2 }) as const,
    ),
  ]
  const ids = new Map([...constants.keys(), ...opaque.keys()].map((id, place) => [id, place]))
  const regionsOf = list.map((variable) =>
    variable.kind === 'fact' ? regionFinder(variable) : null,
  )
  const placeOf = (test: Test): Place => {
    const found = regionsOf[ids.get('fact' in test ? test.fact : '') ?? -1]
    if (!found || !isRegional(test, scope)) {
      return { variable: ids.get(sameTest(test)) ?? -1, ranges: [1, 2] }
    }
    const ranges = rangesOf(test, constantsOf(test, scope), found)
    return { variable: ids.get(test.fact) ?? -1, ranges }
  }
  return { list, placeOf }
}

const constantsOf = (test: Test, scope: Scope<never>) =>
  operandsOf(test).flatMap((operand) => constantOf(operand, scope) ?? [])

/** No fact is named by a text that begins like this. */
const sameTest = ({ note: _, ...test }: Test) => JSON.stringify(test)

const factVariable = <Context>(
  fact: BoundFact<Context>,
  values: readonly Literal[],
): FactVariable<Context> => {
  const { isOrdered, keyOf, after } = kinds[fact.type]
  const scale = Math.max(0, ...values.map((value) => `${value}`.split('.')[1]?.length ?? 0))
  const keys = values.map((value) => keyOf(value, scale))
  const cuts = [...new Set(isOrdered ? keys.flatMap((key) => [key, after(key)]) : keys)]
  if (isOrdered) cuts.sort((a, b) => (a < b ? -1 : 1))
  return { kind: 'fact', fact, scale, cuts, regions: cuts.length + 2 }
}

/** In which region a value lies; `null` in the one of what is missing. */
export const regionOf = (
  { fact, cuts, scale, regions }: FactVariable<never>,
  value: FactValue | null,
): number => {
  if (value === null) return 0
  const { isOrdered, keyOf } = kinds[fact.type]
  const key = keyOf(value, scale)
  if (isOrdered) return cuts.filter((cut) => cut <= key).length + 1
  const place = cuts.indexOf(key)
  return place < 0 ? regions - 1 : place + 1
}

/** Where the region of a value begins, and where the next one does. */
interface RegionFinder {
  readonly from: (value: Literal) => number
  readonly past: (value: Literal) => number
  readonly end: number
}

const regionFinder = ({ fact, cuts, scale, regions }: FactVariable<never>): RegionFinder => {
  const { isOrdered, keyOf, after } = kinds[fact.type]
  const places = new Map(cuts.map((cut, place) => [cut, place + (isOrdered ? 2 : 1)]))
  const at = (key: Key) => places.get(key) ?? 0
  return {
    from: (value) => at(keyOf(value, scale)),
    past: (value) => (isOrdered ? at(after(keyOf(value, scale))) : at(value) + 1),
    end: regions,
  }
}

const span = (from: number, to: number): Ranges => (from < to ? [from, to] : nowhere)

const rangesOf = (
  test: Test,
  constants: readonly Literal[],
  { from, past, end }: RegionFinder,
): Ranges => {
  const at = (value: Literal) => span(from(value), past(value))
  const notAt = (value: Literal) => unite(span(1, from(value)), span(past(value), end))
  const [first = 0, second = 0] = constants
  switch (test.op) {
    case 'missing':
      return span(0, 1)
    case 'eq':
    case 'in':
      return constants.map(at).reduce(unite, nowhere)
    case 'ne':
    case 'not-in':
      return constants.map(notAt).reduce(intersect, span(1, end))
    case 'lt':
      return span(1, from(first))
    case 'le':
      return span(1, past(first))
    case 'gt':
      return span(past(first), end)
    case 'ge':
      return span(from(first), end)
    case 'between': {
      const closed = test.closed ?? '[]'
      const lower = closed.startsWith('[') ? from(first) : past(first)
      return span(lower, closed.endsWith(']') ? past(second) : from(second))
    }
    default:
      return span(1, end)
  }
}
