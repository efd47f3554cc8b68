import { type Boxes, boxesOf, tooMany } from '../condition/boxes.ts'
import type { Condition, Test } from '../condition/condition.ts'
import { type Folding, fold } from '../condition/fold.ts'
import { sceneOf } from '../condition/holds.ts'
import type { Scope } from '../condition/scope.ts'
import { type Variables, variablesOf } from '../condition/variables.ts'
import type { Decision } from './decision.ts'
import { type DiagramNode, diagramOf, type Effort, type RuleBox } from './diagram.ts'
import { compileFlat } from './flat.ts'
import { settle, stopsAtFirst } from './hit-policy.ts'
import { decideRows } from './reference.ts'
import type { Rows } from './rows.ts'
import { compileDiagram } from './run-diagram.ts'

/** How rules are decided. All answer the same; `auto` takes a diagram where one is small enough. */
export type Executor = 'auto' | 'reference' | 'flat'

/** The rules of a set over its variables, and the diagram of which of them hold where. */
export interface Picture<Context> {
  readonly variables: Variables<Context>
  readonly boxes: readonly RuleBox[]
  readonly root: DiagramNode
}

const defaultEffort: Effort = { nodes: 20_000, steps: 20_000_000 }
const mostBoxes = 256

/** All tests of a rule set, those of shared conditions included. */
export const testsOf = (rows: Rows, named: (name: string) => Condition): readonly Test[] => {
  const gather: Folding<readonly Test[]> = {
    test: (test) => [test],
    all: (parts) => parts.flat(),
    any: (parts) => parts.flat(),
    not: (part) => part,
    use: (name) => fold(named(name), gather),
  }
  return rows.rules.flatMap(({ clauses }) =>
    clauses.flatMap(({ condition }) => fold(condition, gather)),
  )
}

/** The boxes of a rule: where all its clauses hold. */
const ruleBoxes = (
  clauses: Rows['rules'][number]['clauses'],
  variables: Variables<never>,
  named: (name: string) => Condition,
): Boxes => boxesOf({ all: clauses.map(({ condition }) => condition) }, variables, named, mostBoxes)

/** Null where the rules are too entangled for the effort allowed. */
export const pictureOf = <Context>(
  rows: Rows,
  scope: Scope<Context>,
  effort: Effort = defaultEffort,
  firstOnly = stopsAtFirst(rows),
): Picture<Context> | null => {
  try {
    const variables = variablesOf(testsOf(rows, scope.named), scope)
    const boxes = rows.rules.flatMap(({ clauses }, rule) =>
      ruleBoxes(clauses, variables, scope.named).map((box) => ({ rule, box })),
    )
    const root = diagramOf(variables.list, boxes, firstOnly, effort)
    return root && { variables, boxes, root }
  } catch (error) {
    if (error === tooMany) return null
    throw error
  }
}

export const compileRows = <Context>(
  rows: Rows,
  scope: Scope<Context>,
  executor: Executor = 'auto',
  effort?: Effort,
): ((context: Context) => Decision<unknown>) => {
  if (executor === 'reference') return (context) => decideRows(rows, sceneOf(scope, context))
  const picture = executor === 'flat' ? null : pictureOf(rows, scope, effort)
  if (!picture) return compileFlat(rows, scope)
  const { root, variables } = picture
  const decisionOf = (hits: readonly number[]) =>
    settle(
      rows,
      hits.flatMap((place) => rows.rules[place] ?? []),
    )
  return compileDiagram(root, variables.list, decisionOf) ?? compileFlat(rows, scope)
}
