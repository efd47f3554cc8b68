import type { Condition, Test } from './condition.ts'
import { type Folding, fold } from './fold.ts'
import { complement, intersect, type Ranges, unite } from './ranges.ts'
import type { Variables } from './variables.ts'

/** Where one way of holding lies: the regions of each variable it asks for, by the variable's place. */
export type Box = ReadonlyMap<number, Ranges>

/** A condition as boxes: it holds where a point lies in one of them. */
export type Boxes = readonly Box[]

/** More boxes than allowed; the rule set is then decided and checked without them. */
export const tooMany = Symbol('too many boxes')

interface Sides {
  readonly holds: () => Boxes
  readonly fails: () => Boxes
}

const everywhere: Boxes = [new Map()]

/** Throws `tooMany` when a condition takes more than `most` boxes. */
export const boxesOf = (
  condition: Condition,
  variables: Variables<never>,
  named: (name: string) => Condition,
  most: number,
): Boxes => {
  const bounded = (boxes: Boxes): Boxes => {
    if (boxes.length > most) throw tooMany
    return boxes
  }
  const both = (a: Boxes, b: Boxes): Boxes => {
    if (a.length * b.length > most) throw tooMany
    return a.flatMap((one) => b.flatMap((other) => overlap(one, other) ?? []))
  }
  const either = (parts: readonly Boxes[]): Boxes => bounded(joined(parts.flat()))
  const folding: Folding<Sides> = {
    test: (test) => sidesOf(test, variables),
    all: (parts) => ({
      holds: () => parts.map(({ holds }) => holds()).reduce(both, everywhere),
      fails: () => either(parts.map(({ fails }) => fails())),
    }),
    any: (parts) => ({
      holds: () => either(parts.map(({ holds }) => holds())),
      fails: () => parts.map(({ fails }) => fails()).reduce(both, everywhere),
    }),
    not: ({ holds, fails }) => ({ holds: fails, fails: holds }),
    use: (name) => fold(named(name), folding),
  }
  return fold(condition, folding).holds()
}

const sidesOf = (test: Test, { list, placeOf }: Variables<never>): Sides => {
  const { variable, ranges } = placeOf(test)
  const outside = complement(ranges, list[variable]?.regions ?? 0)
  const box = (inside: Ranges, rest: Ranges): Boxes => {
    if (inside.length === 0) return []
    return rest.length === 0 ? everywhere : [new Map([[variable, inside]])]
  }
  return { holds: () => box(ranges, outside), fails: () => box(outside, ranges) }
}

const overlap = (a: Box, b: Box): Box | null => {
  const merged = new Map(a)
  for (const [variable, ranges] of b) {
    const both = merged.has(variable) ? intersect(merged.get(variable) ?? [], ranges) : ranges
    if (both.length === 0) return null
    merged.set(variable, both)
  }
  return merged
}

/** Boxes that ask one and the same variable only are one box. */
const joined = (boxes: Boxes): Boxes => {
  const single = new Map<number, Ranges>()
  const others: Box[] = []
  for (const box of boxes) {
    const [only] = box
    if (only && box.size === 1) single.set(only[0], unite(single.get(only[0]) ?? [], only[1]))
    else others.push(box)
  }
  return [...[...single].map(([variable, ranges]) => new Map([[variable, ranges]])), ...others]
}
