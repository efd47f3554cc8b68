/**
 * What a fact of each type is as a value. `decimal` is a decimal text of any length, `date` a civil day
 * `YYYY-MM-DD`, `instant` RFC 3339 with its offset, `time` a time of day `HH:MM`, `strings` a list.
 */
export interface FactTypes {
  readonly boolean: boolean
  readonly string: string
  readonly strings: readonly string[]
  readonly integer: number
  readonly number: number
  readonly decimal: string
  readonly date: string
  readonly instant: string
  readonly time: string
}
export type FactType = keyof FactTypes
export type FactValue = FactTypes[FactType]

/** What is declared of a fact besides where it comes from. */
export interface FactDeclaration<Type extends FactType = FactType> {
  readonly type: Type
  /** What people call it; shown in traces. */
  readonly label?: string | undefined
  /** It may be missing. Checks take any other fact for always known. */
  readonly optional?: boolean | undefined
  /** All the values there are; a rule that names another is wrong. */
  readonly values?: readonly FactTypes[Type][] | undefined
  readonly min?: FactTypes[Type] | undefined
  readonly max?: FactTypes[Type] | undefined
  /** Of a decimal: how many decimals it has at most, so that nothing lies between 1.00 and 1.01. */
  readonly decimals?: number | undefined
}

/** Read from the host's context; `null` and `undefined` say that it is missing. Must be pure. */
export interface ReadFact<Context, Type extends FactType> {
  readonly get: (context: Context) => FactTypes[Type] | null | undefined
}

/** The outcome of another rule set, or one key of it. */
export interface ChainedFact {
  readonly outcomeOf: string
  readonly key?: string | undefined
}

/** A fact that rules may name: its type and domain, and the one function that reads it. */
export type Fact<Context> = {
  [Type in FactType]: FactDeclaration<Type> & (ReadFact<Context, Type> | ChainedFact)
}[FactType]

export type Facts<Context> = Readonly<Record<string, Fact<Context>>>

/**
 * A function of the vendor that rules may name. It is trusted code and must be pure; it is not called
 * with a missing argument, and answers `null` where it has no answer.
 */
export interface RuleFunction {
  readonly args: readonly FactType[]
  readonly returns: FactType
  readonly run: (...args: never[]) => FactValue | null
}

type ValuesOf<Types extends readonly FactType[]> = {
  -readonly [Place in keyof Types]: FactTypes[Types[Place]]
}

/** Declares a function with its arguments and answer typed by the fact types they name. */
export const ruleFunction = <const Args extends readonly FactType[], Returns extends FactType>(
  args: Args,
  returns: Returns,
  run: (...args: ValuesOf<Args>) => FactTypes[Returns] | null,
) => ({ args, returns, run })
