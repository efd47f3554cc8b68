import { refuse } from '../refusal.ts'
import type { Condition, Literal, Operand } from './condition.ts'
import type { ChainedFact, FactDeclaration, Facts, FactValue, RuleFunction } from './fact.ts'
import { kinds } from './value-kind.ts'

/** Whether a day `YYYY-MM-DD` is a working day; `null` where the calendar does not reach. */
export type WorkDays = (day: string) => boolean | null

/** The words that rules may use, declared once by the vendor. */
export interface Vocabulary<Context> {
  readonly facts: Facts<Context>
  readonly functions?: Readonly<Record<string, RuleFunction>> | undefined
  /** Conditions that rule sets share by name. */
  readonly conditions?: Readonly<Record<string, Condition>> | undefined
  readonly calendars?: Readonly<Record<string, WorkDays>> | undefined
}

/** A fact as one compiled rule set reads it. */
export interface BoundFact<Context> extends FactDeclaration {
  readonly id: string
  /** As the host answers: neither checked, nor `undefined` made `null`. */
  readonly get: (context: Context) => unknown
  /** The set whose outcome it is, where it is one. */
  readonly outcomeOf?: string
}

/** What the words of one rule set stand for. Refuses a word that nobody declared (`rules.unknown-word`). */
export interface Scope<Context> {
  readonly fact: (id: string) => BoundFact<Context>
  readonly param: (name: string) => Literal
  readonly fn: (name: string) => RuleFunction
  readonly named: (name: string) => Condition
  readonly calendar: (name: string) => WorkDays
}

/** What a rule set brings to its scope. */
interface Speaker {
  readonly id: string
  readonly params?: Readonly<Record<string, Literal>> | undefined
  readonly conditions?: Readonly<Record<string, Condition>> | undefined
}

const lookUp = <Value>(
  set: string,
  what: string,
  ...records: (Readonly<Record<string, Value>> | undefined)[]
) => {
  const known = new Map(records.flatMap((record) => Object.entries(record ?? {})))
  return (name: string): Value => {
    const found = known.get(name)
    return found === undefined ? refuse('rules.unknown-word', { set, [what]: name }) : found
  }
}

export const scopeOf = <Context>(
  { id, params, conditions }: Speaker,
  vocabulary: Vocabulary<Context>,
  outcomeOf: (fact: ChainedFact) => (context: Context) => unknown,
): Scope<Context> => {
  const declared = lookUp(id, 'fact', vocabulary.facts)
  const bound = new Map<string, BoundFact<Context>>()
  const bind = (fact: string): BoundFact<Context> => {
    const declaration = declared(fact)
    const get = 'get' in declaration ? declaration.get : outcomeOf(declaration)
    const answer = { ...declaration, id: fact, get }
    bound.set(fact, answer)
    return answer
  }
  return {
    fact: (name) => bound.get(name) ?? bind(name),
    param: lookUp(id, 'param', params),
    fn: lookUp(id, 'function', vocabulary.functions),
    named: lookUp(id, 'condition', vocabulary.conditions, conditions),
    calendar: lookUp(id, 'calendar', vocabulary.calendars),
  }
}

/** The host answered with something that the declared type of the fact excludes. */
export const mistyped = ({ id, type }: Pick<BoundFact<never>, 'id' | 'type'>): never =>
  refuse('rules.fact-mistyped', { fact: id, type })

/** What is there instead of a value of the fact's type: nothing, and then the fact is missing, or a mistake. */
export const absent = (value: unknown, fact: Pick<BoundFact<never>, 'id' | 'type'>): null =>
  value === null || value === undefined ? null : mistyped(fact)

/** Checks only what costs nothing: a text is a text, but whether it is a day is the accessor's word. */
export const readFact =
  <Context>(fact: BoundFact<Context>) =>
  (context: Context): FactValue | null => {
    const value = fact.get(context)
    return typeof value === kinds[fact.type].js && value !== null
      ? (value as FactValue)
      : absent(value, fact)
  }

/** Refuses a value that its declared type excludes (`rules.fact-mistyped`). */
export const readFactStrictly =
  <Context>(fact: BoundFact<Context>) =>
  (context: Context): FactValue | null => {
    const value = (fact.get(context) ?? null) as FactValue | null
    return value === null || kinds[fact.type].isValid(value) ? value : mistyped(fact)
  }

/** The constant that an operand is, whatever the facts; undefined where it depends on them. */
export const constantOf = (operand: Operand, scope: Pick<Scope<never>, 'param'>) => {
  if (typeof operand !== 'object') return operand
  return 'param' in operand ? scope.param(operand.param) : undefined
}
