import { absent, type BoundFact, mistyped } from '../condition/scope.ts'
import { type Key, kinds } from '../condition/value-kind.ts'
import type { FactVariable, Variable } from '../condition/variables.ts'

/** How the region of a variable is found: of what stands here at once, of all else by `find`. */
export interface Axis<Context> {
  readonly get: (context: Context) => unknown
  /** Of the whole numbers from `low` on. */
  readonly near: Int32Array
  readonly low: number
  readonly yes: number | undefined
  readonly no: number | undefined
  /** Of the texts that rules name. */
  readonly texts: ReadonlyMap<unknown, number>
  /** Of any value; refuses what is none of the fact (`rules.fact-mistyped`). */
  readonly find: (value: unknown) => number
}

/** Between the first and the last of its bounds and its domain; what is further apart is searched. */
const mostNear = 4096

const nothingNear = {
  near: new Int32Array(),
  low: 0,
  yes: undefined,
  no: undefined,
  texts: new Map<unknown, number>(),
}

export const axisOf = <Context>(variable: Variable<Context>): Axis<Context> => {
  if (variable.kind === 'test') {
    return { ...nothingNear, get: variable.asks, yes: 1, no: 0, find: () => 0 }
  }
  const { fact } = variable
  const find = finderOf(variable)
  const axis = { ...nothingNear, get: fact.get, find }
  if (fact.type === 'boolean') return { ...axis, yes: find(true), no: find(false) }
  if (fact.type === 'string') {
    return { ...axis, texts: new Map(variable.cuts.map((text) => [text, find(text)])) }
  }
  const [first, last] = [variable.cuts[0], variable.cuts.at(-1)] as (number | undefined)[]
  if (fact.type !== 'integer' || first === undefined || last === undefined) return axis
  const low = Math.min(first, (fact.min as number | undefined) ?? first)
  const high = Math.max(last, (fact.max as number | undefined) ?? last)
  if (high - low > mostNear) return axis
  return {
    ...axis,
    low,
    near: Int32Array.from({ length: high - low + 1 }, (_, place) => find(low + place)),
  }
}

export const regionIn = (axis: Axis<never>, value: unknown): number => {
  let region: number | undefined
  if (typeof value === 'number') region = axis.near[value - axis.low]
  else if (typeof value === 'string') region = axis.texts.get(value)
  else if (value === true) region = axis.yes
  else if (value === false) region = axis.no
  return region ?? axis.find(value)
}

const finderOf = ({ fact, cuts, scale, regions }: FactVariable<never>) => {
  const { isOrdered, isPlain, js, keyOf } = kinds[fact.type]
  const places = new Map(cuts.map((cut, place) => [cut, place + 1]))
  return (value: unknown): number => {
    if (typeof value !== js || value === null) {
      absent(value, fact)
      return 0
    }
    if (!isOrdered) return places.get(value as Key) ?? regions - 1
    return search(cuts, isPlain ? (value as Key) : keyOf(value as string, scale), fact)
  }
}

/** The first region is for what lies below all bounds, and each bound begins one more. */
const search = (bounds: readonly Key[], key: Key, fact: BoundFact<never>): number => {
  let [low, high] = [0, bounds.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if (key >= (bounds[middle] as Key)) low = middle + 1
    else high = middle
  }
  // What is not a number is above nothing.
  return low === 0 && Number.isNaN(key) ? mistyped(fact) : low + 1
}
