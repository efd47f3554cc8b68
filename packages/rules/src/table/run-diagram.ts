import type { Variable } from '../condition/variables.ts'
import type { Decision } from './decision.ts'
import type { DiagramNode, Fork } from './diagram.ts'
import { readRegion } from './read-region.ts'

/**
 * Compiles a diagram; `decisionOf` is asked once for each leaf. Going down it reads each fact at most
 * once and makes nothing: the diagram lies in one array of whole numbers, and a fork takes a few reads
 * from it whichever way it goes.
 */
export const compileDiagram = <Context>(
  root: DiagramNode,
  variables: readonly Variable<Context>[],
  decisionOf: (hits: readonly number[]) => Decision<unknown>,
): ((context: Context) => Decision<unknown>) => {
  const readers = variables.map((variable) => readRegion(variable))
  const { code, decisions, start } = encode(root, variables, decisionOf)
  return (context) => {
    let at = start
    while (at >= 0) {
      const variable = code[at] as number
      if (variable >= 0) {
        const region = (readers[variable] as (typeof readers)[0])(context)
        at = code[at + 1 + region] as number
      } else {
        const region = (readers[~variable] as (typeof readers)[0])(context)
        at = searched(code, at, region)
      }
    }
    return decisions[~at] as Decision<unknown>
  }
}

interface Encoded {
  readonly code: Int32Array
  readonly decisions: readonly Decision<unknown>[]
  readonly start: number
}

/**
 * A fork is its variable and then, by region, where to go on: the place of another fork, or the
 * complement of a decision's. One with far fewer runs than regions is the complement of the variable,
 * how many runs, where each ends, and where each goes on.
 */
const encode = (
  root: DiagramNode,
  variables: readonly Pick<Variable<never>, 'regions'>[],
  decisionOf: (hits: readonly number[]) => Decision<unknown>,
): Encoded => {
  const code: number[] = []
  const decisions: Decision<unknown>[] = []
  const places = new Map<DiagramNode, number>()
  const placed = (node: DiagramNode): number =>
    node.variable === null
      ? ~(decisions.push(decisionOf(node.hits)) - 1)
      : written(forkOf(node, variables[node.variable]?.regions ?? 0, placeOf))
  const placeOf = (node: DiagramNode): number => {
    const known = places.get(node)
    if (known !== undefined) return known
    const place = placed(node)
    places.set(node, place)
    return place
  }
  const written = (fork: readonly number[]) => {
    const place = code.length
    for (const word of fork) code.push(word)
    return place
  }
  const start = placeOf(root)
  return { code: Int32Array.from(code), decisions, start }
}

/** How many times as many regions as runs a fork may have before it is searched. */
const sparse = 8

const forkOf = (
  { variable, runs }: Fork,
  regions: number,
  placeOf: (node: DiagramNode) => number,
): readonly number[] => {
  const places = runs.map(({ node }) => placeOf(node))
  if (regions > runs.length * sparse) {
    return [~variable, runs.length, ...runs.map(({ to }) => to), ...places]
  }
  return [variable, ...runs.flatMap(({ from, to }, run) => Array(to - from).fill(places[run]))]
}

/** Where the fork at this place goes on: with the first run that ends after the region. */
const searched = (code: Int32Array, at: number, region: number): number => {
  const runs = code[at + 1] as number
  let [low, high] = [at + 2, at + 1 + runs]
  while (low < high) {
    const middle = (low + high) >> 1
    if (region < (code[middle] as number)) high = middle
    else low = middle + 1
  }
  return code[low + runs] as number
}
