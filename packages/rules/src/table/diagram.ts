import type { Box } from '../condition/boxes.ts'
import { isIn } from '../condition/ranges.ts'
import type { Variable } from '../condition/variables.ts'

/** Which rules hold, by their place; where the first decides, at most that one. */
export interface Leaf {
  readonly variable: null
  readonly hits: readonly number[]
}

/** A question to one variable: its regions in runs, each leading on. Region 0 is a run of its own. */
export interface Fork {
  readonly variable: number
  readonly runs: readonly Run[]
}

export interface Run {
  readonly from: number
  readonly to: number
  readonly node: DiagramNode
}

/** A decision diagram: all ways down ask the variables in the same order, and equal parts are one node. */
export type DiagramNode = Leaf | Fork

/** One box of one rule, the rules ascending; a rule holds in any of its boxes. */
export interface RuleBox {
  readonly rule: number
  readonly box: Box
}

/** How much may be spent: nodes made, and comparisons of a box with a region. */
export interface Effort {
  readonly nodes: number
  readonly steps: number
}

/** `asks`: the variables of its box, as bits of a whole number. */
interface Candidate extends RuleBox {
  readonly id: number
  readonly asks: number
}

const mostVariables = 30

/** Null where it would take more effort than allowed, or more variables than thirty. */
export const diagramOf = (
  variables: readonly Pick<Variable<never>, 'regions'>[],
  boxes: readonly RuleBox[],
  firstOnly: boolean,
  { nodes, steps }: Effort,
): DiagramNode | null => {
  if (variables.length > mostVariables) return null
  const known = new Map<string, DiagramNode>()
  let [nodesLeft, stepsLeft] = [nodes, steps]

  const build = (alive: readonly Candidate[], asked: number): DiagramNode | null => {
    const left = withoutNeedless(alive, asked, firstOnly)
    const open = left.reduce((bits, { asks }) => bits | (asks & ~asked), 0)
    const key = left.map(({ rule, id, asks }) =>
      asks & ~asked ? `${id}/${asks & ~asked}` : `=${rule}`,
    )
    const found = known.get(key.join())
    if (found) return found
    nodesLeft -= 1
    if (nodesLeft < 0) return null
    const node =
      open !== 0
        ? fork(left, firstOf(open), asked)
        : { variable: null, hits: left.map(({ rule }) => rule) }
    if (node) known.set(key.join(), node)
    return node
  }

  const fork = (alive: readonly Candidate[], variable: number, asked: number) => {
    const borders = bordersOf(alive, variable, variables[variable]?.regions ?? 0)
    stepsLeft -= alive.length * borders.length
    if (stepsLeft < 0) return null
    const runs: Run[] = []
    for (const [place, from] of borders.slice(0, -1).entries()) {
      const there = alive.filter(({ box }) => isIn(box.get(variable) ?? everywhere, from))
      const node = build(there, asked | (1 << variable))
      if (!node) return null
      const to = borders[place + 1] ?? from
      const before = runs.at(-1)
      if (before && before.node === node && place > 1) runs.splice(-1, 1, { ...before, to })
      else runs.push({ from, to, node })
    }
    const [first] = runs
    return first && runs.every(({ node }) => node === first.node) ? first.node : { variable, runs }
  }

  return build(
    boxes.map(({ rule, box }, id) => ({
      rule,
      box,
      id,
      asks: [...box.keys()].reduce((bits, variable) => bits | (1 << variable), 0),
    })),
    0,
  )
}

const everywhere = [0]

/** Without what can no longer matter: boxes of rules that hold already, or come after one that decides. */
const withoutNeedless = (alive: readonly Candidate[], asked: number, firstOnly: boolean) => {
  const holding = new Set<number>()
  for (const { rule, asks } of alive) if ((asks & ~asked) === 0) holding.add(rule)
  if (holding.size === 0) return alive
  const first = firstOnly ? Math.min(...holding) : Number.POSITIVE_INFINITY
  const told = new Set<number>()
  return alive.filter(({ rule, asks }) => {
    if (rule > first || told.has(rule)) return false
    if (!holding.has(rule)) return true
    const holds = (asks & ~asked) === 0
    if (holds) told.add(rule)
    return holds
  })
}

/** The first variable of some told as bits. */
const firstOf = (bits: number) => 31 - Math.clz32(bits & -bits)

const bordersOf = (alive: readonly Candidate[], variable: number, regions: number) => {
  const borders = new Set([0, 1, regions])
  for (const { box } of alive) for (const border of box.get(variable) ?? []) borders.add(border)
  return [...borders].sort((a, b) => a - b)
}
