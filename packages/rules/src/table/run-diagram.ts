import type { Variable } from '../condition/variables.ts'
import { type Axis, axisOf, regionIn } from './axis.ts'
import type { Decision } from './decision.ts'
import type { DiagramNode } from './diagram.ts'

/** Numbers of a program; rules in turn are better than a longer one. */
const longest = 4_000_000

/**
 * Compiles a diagram to a program of numbers: of each fork its variable, then for each region of it where
 * to go on, or, below nought, what is decided. Each fact is read at most once on the way down, and nothing
 * is made. `decisionOf` is asked once for each leaf. Null where the program would be too long.
 */
export const compileDiagram = <Context>(
  root: DiagramNode,
  variables: readonly Variable<Context>[],
  decisionOf: (hits: readonly number[]) => Decision<unknown>,
): ((context: Context) => Decision<unknown>) | null => {
  const program: number[] = []
  const decisions: Decision<unknown>[] = []
  const known = new Map<DiagramNode, number>()
  const placeOf = (node: DiagramNode): number => {
    const found = known.get(node)
    // Of one that is too long already nobody runs anything.
    if (found !== undefined || program.length > longest) return found ?? 0
    const place = node.variable === null ? ~decisions.length : program.length
    known.set(node, place)
    if (node.variable === null) decisions.push(decisionOf(node.hits))
    else {
      program.length += 1 + (variables[node.variable]?.regions ?? 0)
      program[place] = node.variable
      for (const { from, to, node: next } of node.runs) {
        program.fill(placeOf(next), place + 1 + from, place + 1 + to)
      }
    }
    return place
  }
  const start = placeOf(root)
  return program.length > longest
    ? null
    : run(
        start,
        Int32Array.from(program),
        variables.map((each) => axisOf(each)),
        decisions,
      )
}

const run =
  <Context>(
    start: number,
    program: Int32Array,
    axes: readonly Axis<Context>[],
    decisions: readonly Decision<unknown>[],
  ) =>
  (context: Context): Decision<unknown> => {
    let at = start
    while (at >= 0) {
      const axis = axes[program[at] as number] as Axis<Context>
      const region = regionIn(axis, axis.get(context))
      at = program[at + 1 + region] as number
    }
    return decisions[~at] as Decision<unknown>
  }
