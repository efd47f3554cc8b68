import type { Scope } from '../condition/scope.ts'
import { type Key, kinds } from '../condition/value-kind.ts'
import type { FactVariable, Variable } from '../condition/variables.ts'
import type { Picture } from '../table/compile-rows.ts'
import type { DiagramNode, Fork, Leaf, Run } from '../table/diagram.ts'
import { keyText, type Names, testText } from './emit-condition.ts'
import { keyOfText, type ModuleNames, naming } from './emit-names.ts'

/** Characters of a function before a part of it becomes a function of its own: long ones stay slow. */
const longest = 4000
/** Up to here a part that is reached in several ways is written out in each, which saves a call. */
const shortest = 400

/**
 * A diagram as nested questions to facts that are all read at the outset: the engine inlines a few calls of
 * accessors, and not one at every question. What would be too long in its place is a function.
 */
export const diagramText = (
  { root, variables }: Picture<never>,
  scope: Scope<never>,
  module: ModuleNames,
  decisionOf: (leaf: Leaf) => unknown,
): { readonly functions: readonly string[]; readonly body: string } => {
  const shared = sharedNodes(root)
  const functions: string[] = []
  const texts = new Map<DiagramNode, string>()
  const facts = naming('f')
  const names: Names = {
    value: facts.nameOf,
    key: (fact) => keyOfText(facts.nameOf(fact), fact, scope, variables.list),
    fn: module.fn,
  }
  // What every function is handed is known when all is written; no literal holds this character as it is.
  const given = '\0'
  const asFunction = (body: string): string => {
    const name = `n${functions.length}`
    functions.push(`  const ${name} = (${given}) => {\n${body}\n  }`)
    return `return ${name}(${given})`
  }
  const textOf = (node: DiagramNode): string => {
    const known = texts.get(node)
    if (known !== undefined) return known
    if (node.variable === null) return `return ${module.decision(decisionOf(node))}`
    const body = forkText(node, variables.list[node.variable])
    const most = shared.has(node) ? shortest : longest
    const text = body.length > most && node !== root ? asFunction(body) : body
    texts.set(node, text)
    return text
  }
  const forkText = ({ runs }: Fork, variable: Variable<never> | undefined): string => {
    const [missing, ...present] = runs
    if (!missing || !variable) return ''
    if (variable.kind === 'test') {
      const test = testText(variable.test, scope, variables.list, names)
      return either(test, present.map(({ node }) => textOf(node)).join(), textOf(missing.node))
    }
    const { fact, cuts } = variable
    const { isOrdered, isPlain, js } = kinds[fact.type]
    const value = `const v = ${(isOrdered ? names.key : names.value)(fact.id)}`
    const unlessMissing = (text: string) => either('v === undefined', textOf(missing.node), text)
    // Nothing is more than undefined, nor the same; with a text it is slow to compare.
    const isLast = !(isOrdered && isPlain && js === 'string')
    const lastOf: TextOf = (node) =>
      !isLast || node === missing.node ? textOf(node) : unlessMissing(textOf(node))
    const found = isOrdered
      ? searchText(present, cuts, textOf, lastOf)
      : switchText(present, variable, textOf, lastOf)
    return `${value}\n${isLast ? found : unlessMissing(found)}`
  }
  const text = textOf(root)
  const all = facts
    .entries()
    .map(([, name]) => name)
    .join(', ')
  const handed = (part: string) => part.replaceAll(given, all)
  const reading = facts
    .entries()
    .map(([fact, name]) => `    const ${name} = ${module.getter(fact)}(context) ?? undefined\n`)
  return { body: reading.join('') + handed(text), functions: functions.map(handed) }
}

const either = (test: string, yes: string, no: string) => `if (${test}) { ${yes} } else { ${no} }`

type TextOf = (node: DiagramNode) => string

const searchText = (
  runs: readonly Run[],
  cuts: readonly Key[],
  textOf: TextOf,
  lastOf: TextOf,
): string => {
  const [first] = runs
  if (!first || runs.length === 1) return first ? lastOf(first.node) : ''
  const middle = runs.length >> 1
  const bound = cuts[(runs[middle]?.from ?? 0) - 2] ?? 0
  const below = searchText(runs.slice(0, middle), cuts, textOf, textOf)
  const above = searchText(runs.slice(middle), cuts, textOf, lastOf)
  return either(`v < ${keyText(bound)}`, below, above)
}

const switchText = (
  runs: readonly Run[],
  { cuts, regions }: FactVariable<never>,
  textOf: TextOf,
  lastOf: TextOf,
): string => {
  const other = runs.find(({ to }) => to === regions)
  const [only, ...further] = runs.filter((run) => run !== other)
  if (only && other && further.length === 0 && only.to === only.from + 1) {
    return either(
      `v === ${keyText(cuts[only.from - 1] ?? '')}`,
      textOf(only.node),
      lastOf(other.node),
    )
  }
  const byNode = Map.groupBy(
    runs.filter((run) => run !== other),
    ({ node }) => node,
  )
  const cases = [...byNode].map(([node, same]) => {
    const values = same.flatMap(({ from, to }) => cuts.slice(from - 1, to - 1))
    return `${values.map((value) => `case ${keyText(value)}:`).join(' ')} { ${textOf(node)} }`
  })
  return `switch (v) { ${[...cases, `default: { ${other ? lastOf(other.node) : ''} }`].join('\n')} }`
}

const sharedNodes = (root: DiagramNode): ReadonlySet<DiagramNode> => {
  const [seen, shared] = [new Set<DiagramNode>(), new Set<DiagramNode>()]
  const visit = (node: DiagramNode) => {
    if (node.variable === null) return
    if (seen.has(node)) shared.add(node)
    else {
      seen.add(node)
      for (const { node: next } of node.runs) visit(next)
    }
  }
  visit(root)
  return shared
}
