import type { Variable } from '../condition/variables.ts'
import type { DiagramNode } from './diagram.ts'

/** A fact that is read at the outset, and the nodes that may be waiting when it is. */
export interface Level {
  readonly variable: number
  readonly regions: number
  readonly nodes: readonly DiagramNode[]
}

const mostLevels = 8
const mostNumbers = 65_536

/**
 * The facts at the head of a diagram that are read before it is known that they are needed: up to eight, of the
 * host alone. A node that does not ask for the fact of a level waits in it with the others, for the next one.
 * No more levels than there is room for.
 */
export const levelsOf = (
  root: DiagramNode,
  variables: readonly Variable<never>[],
): readonly Level[] => {
  const levels: Level[] = []
  let nodes = [root]
  let numbers = 0
  for (const [place, variable] of variables.entries()) {
    if (variable.kind === 'test' || variable.fact.outcomeOf !== undefined) break
    if (!nodes.some((node) => node.variable === place)) continue
    const { regions } = variable
    numbers += nodes.length * regions
    if (levels.length === mostLevels || numbers > mostNumbers) break
    levels.push({ variable: place, regions, nodes })
    const next = nodes.flatMap((node) =>
      node.variable === place ? node.runs.map((run) => run.node) : node,
    )
    nodes = [...new Set(next)]
  }
  return levels
}
