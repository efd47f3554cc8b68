import type { Scope } from '../condition/scope.ts'
import { kinds } from '../condition/value-kind.ts'
import type { FactVariable, Variable } from '../condition/variables.ts'
import { literal } from './emit-condition.ts'

/** Short names for texts, in the order in which they were first asked for. */
export const naming = (letter: string) => {
  const names = new Map<string, string>()
  const nameOf = (text: string): string => {
    const name = names.get(text) ?? `${letter}${names.size}`
    names.set(text, name)
    return name
  }
  return { nameOf, entries: (): readonly (readonly [text: string, name: string])[] => [...names] }
}

/** The names of a module, and the lines that give them their meaning. */
export interface ModuleNames {
  readonly getter: (fact: string) => string
  readonly fn: (name: string) => string
  readonly decision: (decision: unknown) => string
  /** Lines at the top of the module. */
  readonly constants: () => readonly string[]
  /** Lines at the top of `create`. */
  readonly parameters: () => readonly string[]
}

export const moduleNames = (): ModuleNames => {
  const [getters, functions, decisions] = [naming('g'), naming('h'), naming('d')]
  return {
    getter: getters.nameOf,
    fn: functions.nameOf,
    decision: (decision) => decisions.nameOf(JSON.stringify(decision)),
    constants: () =>
      decisions.entries().map(([text, name]) => `const ${name} = decision(${literal(text)})`),
    parameters: () => [
      ...getters.entries().map(([fact, name]) => `  const ${name} = facts[${literal(fact)}].get`),
      ...functions.entries().map(([fn, name]) => `  const ${name} = functions[${literal(fn)}].run`),
    ],
  }
}

const scaleOf = (fact: string, variables: readonly Variable<never>[]) =>
  variables.find((one): one is FactVariable<never> => one.kind === 'fact' && one.fact.id === fact)
    ?.scale ?? 0

/** What a fact is ordered by, given an expression for its value. */
export const keyOfText = (
  value: string,
  fact: string,
  scope: Scope<never>,
  variables: readonly Variable<never>[],
): string => {
  const { type } = scope.fact(fact)
  if (kinds[type].isPlain) return value
  return type === 'decimal' ? `key(${value}, ${scaleOf(fact, variables)})` : `instant(${value})`
}
