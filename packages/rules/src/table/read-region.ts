import { absent, type BoundFact, mistyped } from '../condition/scope.ts'
import { type Key, kinds } from '../condition/value-kind.ts'
import type { FactVariable, Variable } from '../condition/variables.ts'

/** In which region of a variable a context lies. */
export type ReadRegion<Context> = (context: Context) => number

/** Compiled for the type of the fact: this is most of what a decision costs. */
export const readRegion = <Context>(variable: Variable<Context>): ReadRegion<Context> => {
  if (variable.kind === 'test') {
    const { asks } = variable
    return (context) => (asks(context) ? 1 : 0)
  }
  const { isOrdered, js } = kinds[variable.fact.type]
  if (!isOrdered) return variable.fact.type === 'boolean' ? byTruth(variable) : byValue(variable)
  return js === 'number' ? byNumber(variable) : byKey(variable)
}

const missing = 0

const without = (value: unknown, fact: BoundFact<never>): number =>
  absent(value, fact) === null ? missing : mistyped(fact)

/** The regions of an ordered fact: one below the first bound, and one from each bound on. */
const regionAt = (
  key: Key,
  bounds: { readonly [place: number]: Key; readonly length: number },
  fact: BoundFact<never>,
): number => {
  let [low, high] = [0, bounds.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if (key >= (bounds[middle] as Key)) low = middle + 1
    else high = middle
  }
  // What is not a number is above nothing.
  return low === 0 && Number.isNaN(key) ? mistyped(fact) : low + 1
}

const byTruth = <Context>({ fact, cuts, regions }: FactVariable<Context>): ReadRegion<Context> => {
  const { get } = fact
  const placeOf = (value: boolean) => (cuts.includes(value) ? cuts.indexOf(value) + 1 : regions - 1)
  const [yes, no] = [placeOf(true), placeOf(false)]
  return (context) => {
    const value = get(context)
    return value === true ? yes : value === false ? no : without(value, fact)
  }
}

const byValue = <Context>({ fact, cuts, regions }: FactVariable<Context>): ReadRegion<Context> => {
  const { get } = fact
  const { js } = kinds[fact.type]
  const known = new Map<unknown, number>(cuts.map((cut, place) => [cut, place + 1]))
  return (context) => {
    const value = get(context)
    const region = known.get(value)
    if (region !== undefined) return region
    return typeof value === js && value !== null ? regions - 1 : without(value, fact)
  }
}

const byKey = <Context>({ fact, cuts, scale }: FactVariable<Context>): ReadRegion<Context> => {
  const { get } = fact
  const { isPlain, keyOf } = kinds[fact.type]
  return (context) => {
    const value = get(context)
    if (typeof value !== 'string') return without(value, fact)
    return regionAt(isPlain ? value : keyOf(value, scale), cuts, fact)
  }
}

/** Whole numbers between bounds so close together are looked up rather than searched for. */
const widest = 4096

const byNumber = <Context>(variable: FactVariable<Context>): ReadRegion<Context> => {
  const { fact, cuts, regions } = variable
  const { get } = fact
  const bounds = Float64Array.from(cuts as readonly number[])
  const first = bounds[0] ?? 0
  const width = (bounds.at(-1) ?? first) - first
  if (fact.type !== 'integer' || width > widest || regions > 65_535) {
    return (context) => {
      const value = get(context)
      return typeof value === 'number' ? regionAt(value, bounds, fact) : without(value, fact)
    }
  }
  const known = Uint16Array.from({ length: width }, (_, place) =>
    regionAt(first + place, bounds, fact),
  )
  return (context) => {
    const value = get(context)
    if (typeof value !== 'number') return without(value, fact)
    const place = value - first
    if (place < 0) return 1
    return place >= width ? regions - 1 : (known[place] ?? regionAt(value, bounds, fact))
  }
}
