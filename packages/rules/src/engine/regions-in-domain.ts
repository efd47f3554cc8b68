import type { Box } from '../condition/boxes.ts'
import type { FactValue } from '../condition/fact.ts'
import type { Ranges } from '../condition/ranges.ts'
import { sampleIn } from '../condition/sample.ts'
import type { Variable } from '../condition/variables.ts'

/** An input by fact; `null` is a missing one. */
export type Example = Readonly<Record<string, FactValue | null>>

/** Which regions the declared facts can lie in, with a value of each. */
export interface Domain {
  /** A region between the two, the upper not included, that can occur; null where none can. */
  readonly regionIn: (variable: number, from: number, to: number) => number | null
  readonly meets: (variable: number, ranges: Ranges) => boolean
  readonly holds: (box: Box) => boolean
  /** A region of each variable: in the box where that says something, else any that can occur. */
  readonly regionsIn: (box: Box) => ReadonlyMap<number, number>
  /** Values in the regions given, and any possible ones of the other facts. */
  readonly exampleOf: (regions: ReadonlyMap<number, number>) => Example
}

export const domainOf = (variables: readonly Variable<never>[]): Domain => {
  const samples = variables.map((variable) =>
    Array.from({ length: variable.regions }, (_, region) =>
      variable.kind === 'fact' ? sampleIn(variable, region) : true,
    ),
  )
  const regionIn = (variable: number, from: number, to: number) => {
    for (let region = from; region < to; region += 1) {
      if (samples[variable]?.[region] !== undefined) return region
    }
    return null
  }
  const regionOf = (variable: number, ranges: Ranges): number | null => {
    for (let place = 0; place < ranges.length; place += 2) {
      const region = regionIn(variable, ranges[place] ?? 0, ranges[place + 1] ?? 0)
      if (region !== null) return region
    }
    return null
  }
  const meets = (variable: number, ranges: Ranges) => regionOf(variable, ranges) !== null
  const holds = (box: Box) => [...box].every(([variable, ranges]) => meets(variable, ranges))
  const regionsIn = (box: Box) =>
    new Map(
      variables.map(({ regions }, variable) => [
        variable,
        regionOf(variable, box.get(variable) ?? [1, regions]) ?? 0,
      ]),
    )
  const exampleOf = (regions: ReadonlyMap<number, number>): Example =>
    Object.fromEntries(
      variables.flatMap((variable, place) => {
        if (variable.kind === 'test') return []
        const region = regions.get(place) ?? regionIn(place, 1, variable.regions)
        const value = samples[place]?.[region ?? 0]
        return value === undefined ? [] : [[variable.fact.id, value]]
      }),
    )
  return { regionIn, meets, holds, regionsIn, exampleOf }
}
