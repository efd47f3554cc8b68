import { absent, type BoundFact, mistyped } from '../condition/scope.ts'
import { type Key, kinds } from '../condition/value-kind.ts'
import type { FactVariable, Variable } from '../condition/variables.ts'
import type { Decision } from './decision.ts'
import type { DiagramNode, Run } from './diagram.ts'

/** One node of a diagram: it asks one fact and goes on to the next node, or decides. */
type Step<Context> = (context: Context) => Decision<unknown>

/**
 * Compiles a diagram to one closure a node, each made for the type of its fact and how many ways it
 * leads. Each fact is read at most once on the way down, and nothing is made. `decisionOf` is asked
 * once for each leaf.
 */
export const compileDiagram = <Context>(
  root: DiagramNode,
  variables: readonly Variable<Context>[],
  decisionOf: (hits: readonly number[]) => Decision<unknown>,
): Step<Context> => {
  const known = new Map<DiagramNode, Step<Context>>()
  const leaves: Leaves<Context> = new Map()
  const stepOf = (node: DiagramNode): Step<Context> => {
    const found = known.get(node)
    if (found) return found
    const step = makeStep(node)
    known.set(node, step)
    return step
  }
  const makeStep = (node: DiagramNode): Step<Context> => {
    if (node.variable === null) {
      const decision = decisionOf(node.hits)
      const step = () => decision
      leaves.set(step, decision)
      return step
    }
    const variable = variables[node.variable]
    const [missing, ...present] = node.runs.map((run) => ({ ...run, step: stepOf(run.node) }))
    if (!missing || !variable) throw new RangeError('a fork without its variable')
    return variable.kind === 'test'
      ? byTest(variable.asks, present[0]?.step ?? missing.step, missing.step)
      : byFact(variable, missing.step, present, leaves)
  }
  return stepOf(root)
}

/** Steps that decide at once, and what: whoever leads to two of these needs not call them. */
type Leaves<Context> = Map<Step<Context>, Decision<unknown>>

interface Way<Context> extends Run {
  readonly step: Step<Context>
}

const byTest =
  <Context>(
    asks: (context: Context) => boolean,
    yes: Step<Context>,
    no: Step<Context>,
  ): Step<Context> =>
  (context) =>
    asks(context) ? yes(context) : no(context)

const byFact = <Context>(
  variable: FactVariable<Context>,
  missing: Step<Context>,
  ways: readonly Way<Context>[],
  leaves: Leaves<Context>,
): Step<Context> => {
  const { fact, cuts } = variable
  const { isOrdered, isPlain, js } = kinds[fact.type]
  const without = (value: unknown, context: Context) => {
    absent(value, fact)
    return missing(context)
  }
  if (!isOrdered) return byValue(variable, without, ways, leaves)
  const bounds = ways.slice(1).flatMap(({ from }) => cuts[from - 2] ?? [])
  const steps = ways.map(({ step }) => step)
  return js === 'number' && isPlain
    ? byNumber(fact, without, bounds as number[], steps, leaves)
    : byKey(variable, without, bounds, steps)
}

/** Goes on where the fact is missing; refuses what is no value of it. */
type Without<Context> = (value: unknown, context: Context) => Decision<unknown>

const byValue = <Context>(
  { fact: { get, type }, cuts }: FactVariable<Context>,
  without: Without<Context>,
  ways: readonly Way<Context>[],
  leaves: Leaves<Context>,
): Step<Context> => {
  const { js } = kinds[type]
  const other = ways.at(-1)?.step ?? (() => without(null, null as never))
  const steps = new Map<unknown, Step<Context>>(
    ways.flatMap(({ from, to, step }) =>
      cuts.slice(from - 1, to - 1).map((cut) => [cut, step] as const),
    ),
  )
  const [yes, no] = [true, false].map((value) => steps.get(value) ?? other)
  if (type === 'boolean' && yes && no) {
    const [right, wrong] = [leaves.get(yes), leaves.get(no)]
    if (right && wrong) {
      return (context) => {
        const value = get(context)
        return value === true ? right : value === false ? wrong : without(value, context)
      }
    }
    return (context) => {
      const value = get(context)
      return value === true ? yes(context) : value === false ? no(context) : without(value, context)
    }
  }
  return (context) => {
    const value = get(context)
    const step = steps.get(value)
    if (step !== undefined) return step(context)
    return typeof value === js && value !== null ? other(context) : without(value, context)
  }
}

const byNumber = <Context>(
  fact: BoundFact<Context>,
  without: Without<Context>,
  bounds: readonly number[],
  steps: readonly Step<Context>[],
  leaves: Leaves<Context>,
): Step<Context> => {
  const { get } = fact
  const [bound, next] = bounds
  const [below, from, above] = steps
  const [low, high] = [below && leaves.get(below), from && leaves.get(from)]
  if (bounds.length === 1 && bound !== undefined && low && high) {
    return (context) => {
      const value = get(context)
      if (typeof value !== 'number') return without(value, context)
      return value < bound ? low : value >= bound ? high : mistyped(fact)
    }
  }
  if (bounds.length === 1 && bound !== undefined && below && from) {
    return (context) => {
      const value = get(context)
      if (typeof value !== 'number') return without(value, context)
      return value < bound ? below(context) : value >= bound ? from(context) : mistyped(fact)
    }
  }
  if (bounds.length === 2 && bound !== undefined && next !== undefined && below && from && above) {
    return (context) => {
      const value = get(context)
      if (typeof value !== 'number') return without(value, context)
      if (value < bound) return below(context)
      return value < next ? from(context) : value >= next ? above(context) : mistyped(fact)
    }
  }
  const sorted = Float64Array.from(bounds)
  return (context) => {
    const value = get(context)
    if (typeof value !== 'number') return without(value, context)
    return stepAt(steps, sorted, value, fact)(context)
  }
}

const byKey = <Context>(
  { fact, scale }: FactVariable<Context>,
  without: Without<Context>,
  bounds: readonly Key[],
  steps: readonly Step<Context>[],
): Step<Context> => {
  const { get } = fact
  const { isPlain, keyOf } = kinds[fact.type]
  return (context) => {
    const value = get(context)
    if (typeof value !== 'string') return without(value, context)
    return stepAt(steps, bounds, isPlain ? value : keyOf(value, scale), fact)(context)
  }
}

/** The first step is for what lies below all bounds, and each bound begins one more. */
const stepAt = <Context>(
  steps: readonly Step<Context>[],
  bounds: { readonly [place: number]: Key; readonly length: number },
  key: Key,
  fact: BoundFact<Context>,
): Step<Context> => {
  let [low, high] = [0, bounds.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if (key >= (bounds[middle] as Key)) low = middle + 1
    else high = middle
  }
  // What is not a number is above nothing.
  return (low === 0 && Number.isNaN(key) ? undefined : steps[low]) ?? mistyped(fact)
}
