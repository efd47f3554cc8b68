import type { Scope } from '../condition/scope.ts'
import { variablesOf } from '../condition/variables.ts'
import { testsOf } from '../table/compile-rows.ts'
import { settle } from '../table/hit-policy.ts'
import type { Rows } from '../table/rows.ts'
import { conditionText, isFalseOfNull, type Names } from './emit-condition.ts'
import { keyOfText, type ModuleNames, naming } from './emit-names.ts'
import { factsIn } from './facts-of.ts'

/** Rules as one would write them: one `if` after the other, each fact read before it is first asked for. */
export const chainText = (rows: Rows, scope: Scope<never>, module: ModuleNames): string => {
  const tests = testsOf(rows, scope.named)
  const variables = variablesOf(tests, scope).list
  const strict = new Set(tests.filter((test) => !isFalseOfNull(test, scope)).flatMap(factsIn))
  const [values, keys] = [naming('f'), naming('k')]
  const names: Names = { value: values.nameOf, key: keys.nameOf, fn: module.fn }
  const lines: string[] = []
  const read = { values: 0, keys: 0 }
  const readNew = () => {
    for (const [fact] of keys.entries().slice(read.keys)) values.nameOf(fact)
    for (const [fact, name] of values.entries().slice(read.values)) {
      const orNothing = strict.has(fact) ? ' ?? undefined' : ''
      lines.push(`    const ${name} = ${module.getter(fact)}(context)${orNothing}`)
    }
    for (const [fact, name] of keys.entries().slice(read.keys)) {
      lines.push(`    const ${name} = ${keyOfText(values.nameOf(fact), fact, scope, variables)}`)
    }
    read.values = values.entries().length
    read.keys = keys.entries().length
  }
  for (const rule of rows.rules) {
    const all = { all: rule.clauses.map(({ condition }) => condition) }
    const test = conditionText(all, scope, variables, names)
    readNew()
    lines.push(`    if (${test}) return ${module.decision(settle(rows, [rule]))}`)
  }
  lines.push(`    return ${module.decision(settle(rows, []))}`)
  return lines.join('\n')
}
