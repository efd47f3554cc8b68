import type { Variable } from '../condition/variables.ts'
import { type Axis, axisOf, regionIn } from './axis.ts'
import type { Decision } from './decision.ts'
import type { DiagramNode } from './diagram.ts'

const mostCells = 65_536

/**
 * Compiles a diagram over one to four facts of the host to a cell for each combination of their regions. All
 * are read, and what is decided stands where their regions come to. Null where it asks for something else, or
 * there would be too many cells. `decisionOf` is asked once for each leaf.
 */
export const compileGrid = <Context>(
  root: DiagramNode,
  variables: readonly Variable<Context>[],
  decisionOf: (hits: readonly number[]) => Decision<unknown>,
): ((context: Context) => Decision<unknown>) | null => {
  const isRead = (variable: Variable<Context>) =>
    variable.kind === 'fact' && variable.fact.outcomeOf === undefined
  const size = variables.reduce((cells, { regions }) => cells * regions, 1)
  if (!variables.every(isRead) || size > mostCells) return null
  let left = size
  const sides = variables.map((variable) => {
    left /= variable.regions
    return { regions: variable.regions, step: left, axis: axisOf(variable, left) }
  })
  const leafAt = (cell: number) => {
    let node = root
    while (node.variable !== null) {
      const { regions = 1, step = 1 } = sides[node.variable] ?? {}
      const region = Math.floor(cell / step) % regions
      node = node.runs.find(({ to }) => region < to)?.node ?? root
    }
    return node
  }
  const decisions: Decision<unknown>[] = []
  const places = new Map<DiagramNode, number>()
  const cells = Uint16Array.from({ length: size }, (_, cell) => {
    const leaf = leafAt(cell)
    const place = places.get(leaf) ?? decisions.push(decisionOf(leaf.hits)) - 1
    places.set(leaf, place)
    return place
  })
  const [first, second, third, fourth, ...more] = sides.map(({ axis }) => axis)
  return first && more.length === 0 ? run(cells, decisions, first, second, third, fourth) : null
}

// Every accessor is called where no other one of the table is: V8 then inlines it, as long as no other table
// is decided in the process.
const run =
  <Context>(
    cells: Uint16Array,
    decisions: readonly Decision<unknown>[],
    first: Axis<Context>,
    second?: Axis<Context>,
    third?: Axis<Context>,
    fourth?: Axis<Context>,
  ) =>
  (context: Context): Decision<unknown> => {
    let at = regionIn(first, first.get(context))
    if (second) at += regionIn(second, second.get(context))
    if (third) at += regionIn(third, third.get(context))
    if (fourth) at += regionIn(fourth, fourth.get(context))
    return decisions[cells[at] as number] as Decision<unknown>
  }
