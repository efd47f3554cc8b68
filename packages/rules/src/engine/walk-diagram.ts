import type { Variable } from '../condition/variables.ts'
import type { DiagramNode, Leaf } from '../table/diagram.ts'
import type { Domain, Example } from './regions-in-domain.ts'

type Variables = readonly Pick<Variable<never>, 'kind'>[]

/** All leaves that facts of the domain may lead to, whichever way tests of other kinds turn out. */
export const leavesWithin = (root: DiagramNode, domain: Domain): readonly Leaf[] => {
  const seen = new Set<DiagramNode>()
  const leaves: Leaf[] = []
  const visit = (node: DiagramNode) => {
    if (seen.has(node)) return
    seen.add(node)
    if (node.variable === null) leaves.push(node)
    else {
      for (const { from, to, node: next } of node.runs) {
        if (domain.regionIn(node.variable, from, to) !== null) visit(next)
      }
    }
  }
  visit(root)
  return leaves
}

/**
 * Inputs that surely lead to a leaf of the kind asked for, at most so many. Ways through a test that is
 * no matter of regions are left out: whether facts can make it turn out so is not known.
 */
export const examplesOf = (
  root: DiagramNode,
  variables: Variables,
  domain: Domain,
  isMeant: (leaf: Leaf) => boolean,
  most: number,
): readonly { readonly leaf: Leaf; readonly example: Example }[] => {
  const leads = new Map<DiagramNode, boolean>()
  const waysOn = (node: DiagramNode) =>
    node.variable === null || variables[node.variable]?.kind === 'test'
      ? []
      : node.runs.flatMap(({ from, to, node: next }) => {
          const region = domain.regionIn(node.variable, from, to)
          return region === null ? [] : [{ variable: node.variable, region, next }]
        })
  const leadsOn = (node: DiagramNode): boolean => {
    const known = leads.get(node)
    if (known !== undefined) return known
    const answer =
      node.variable === null ? isMeant(node) : waysOn(node).some(({ next }) => leadsOn(next))
    leads.set(node, answer)
    return answer
  }
  const found: { leaf: Leaf; example: Example }[] = []
  const regions = new Map<number, number>()
  const visit = (node: DiagramNode) => {
    if (found.length >= most || !leadsOn(node)) return
    if (node.variable === null) found.push({ leaf: node, example: domain.exampleOf(regions) })
    for (const { variable, region, next } of waysOn(node)) {
      regions.set(variable, region)
      visit(next)
      regions.delete(variable)
    }
  }
  visit(root)
  return found
}

/** Where regions of all variables lead; null where that depends on a test that is no matter of regions. */
export const leafAt = (
  root: DiagramNode,
  variables: Variables,
  regions: ReadonlyMap<number, number>,
): Leaf | null => {
  let node = root
  while (node.variable !== null) {
    if (variables[node.variable]?.kind === 'test') return null
    const region = regions.get(node.variable) ?? 0
    const run = node.runs.find(({ from, to }) => from <= region && region < to)
    if (!run) return null
    node = run.node
  }
  return node
}
