import type { Variable } from '../condition/variables.ts'
import { type Axis, axisOf, regionIn } from './axis.ts'
import type { Decision } from './decision.ts'
import type { DiagramNode, Run } from './diagram.ts'
import { levelsOf } from './levels.ts'

/** Numbers of a program; rules in turn are better than a longer one. */
const longest = 4_000_000

/**
 * Compiles a diagram to a program of numbers. At its head stand the levels of what is read at the outset, then
 * the forks below them, each with its variable. For each region stands where to go on, or, below nought, what
 * is decided. Each fact is read at most once, and nothing is made. `decisionOf` is asked once for each leaf.
 * Null where the program would be too long.
 */
export const compileDiagram = <Context>(
  root: DiagramNode,
  variables: readonly Variable<Context>[],
  decisionOf: (hits: readonly number[]) => Decision<unknown>,
): ((context: Context) => Decision<unknown>) | null => {
  const program: number[] = []
  const decisions: Decision<unknown>[] = []
  const known = new Map<DiagramNode, number>()
  const lay = (runs: readonly Run[], place: number, goOn: (node: DiagramNode) => number) => {
    for (const { from, to, node } of runs) program.fill(goOn(node), place + from, place + to)
  }
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
      lay(node.runs, place + 1, placeOf)
    }
    return place
  }
  const levels = levelsOf(root, variables)
  const places = levels.map(
    ({ regions, nodes }) =>
      new Map(
        nodes.map((node) => {
          program.length += regions
          return [node, program.length - regions]
        }),
      ),
  )
  for (const [nth, { variable, regions }] of levels.entries()) {
    for (const [node, place] of places[nth] ?? []) {
      const runs = node.variable === variable ? node.runs : [{ from: 0, to: regions, node }]
      lay(runs, place, (next) => places[nth + 1]?.get(next) ?? placeOf(next))
    }
  }
  const start = levels.length > 0 ? 0 : placeOf(root)
  if (program.length > longest) return null
  const axes = variables.map(axisOf)
  const ahead = levels.flatMap(({ variable }) => axes[variable] ?? [])
  const run = ahead.length > 4 ? runMany : runFew
  return run(start, Int32Array.from(program), ahead, axes, decisions)
}

/** Where a level goes on. */
const next = (program: Int32Array, at: number, axis: Axis<never>, value: unknown) =>
  program[at + regionIn(axis, value)] as number

/** What is decided at a place below the levels. */
const finish = <Context>(
  at: number,
  program: Int32Array,
  axes: readonly Axis<Context>[],
  decisions: readonly Decision<unknown>[],
  context: Context,
): Decision<unknown> => {
  let place = at
  while (place >= 0) {
    const axis = axes[program[place] as number] as Axis<Context>
    place = next(program, place + 1, axis, axis.get(context))
  }
  return decisions[~place] as Decision<unknown>
}

type Runner = <Context>(
  start: number,
  program: Int32Array,
  ahead: readonly Axis<Context>[],
  axes: readonly Axis<Context>[],
  decisions: readonly Decision<unknown>[],
) => (context: Context) => Decision<unknown>

// Each accessor is called at a place of its own: V8 inlines it there, as long as no other rule set calls
// another one at that place. Sets of few facts have places apart from those of many.
const runFew: Runner = (start, program, ahead, axes, decisions) => {
  const [first, second, third, fourth] = ahead
  return (context) => {
    let at = start
    if (first) at = next(program, at, first, first.get(context))
    if (second) at = next(program, at, second, second.get(context))
    if (third) at = next(program, at, third, third.get(context))
    if (fourth) at = next(program, at, fourth, fourth.get(context))
    return finish(at, program, axes, decisions, context)
  }
}

const runMany: Runner = (start, program, ahead, axes, decisions) => {
  const [first, second, third, fourth, fifth, sixth, seventh, eighth] = ahead
  return (context) => {
    let at = start
    if (first) at = next(program, at, first, first.get(context))
    if (second) at = next(program, at, second, second.get(context))
    if (third) at = next(program, at, third, third.get(context))
    if (fourth) at = next(program, at, fourth, fourth.get(context))
    if (fifth) at = next(program, at, fifth, fifth.get(context))
    if (sixth) at = next(program, at, sixth, sixth.get(context))
    if (seventh) at = next(program, at, seventh, seventh.get(context))
    if (eighth) at = next(program, at, eighth, eighth.get(context))
    return finish(at, program, axes, decisions, context)
  }
}
