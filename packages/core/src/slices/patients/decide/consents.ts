import type { Person } from '../schema.ts'

type Consents = Person['consents']

const everything = '*'

/** Whether a purpose is refused: the last word on it or on everything decides, of two at once the stricter. */
export const refuses = (consents: Consents, purpose: string): boolean => {
  const { [purpose]: own, [everything]: all } = consents
  if (!own || !all) return (own ?? all)?.allowed === false
  if (own.at === all.at) return !own.allowed || !all.allowed
  return !(own.at > all.at ? own : all).allowed
}

/** Whether a word was said before, and none since then that says otherwise of the same purpose. */
export const stands = (consents: Consents, purpose: string, allowed: boolean): boolean => {
  const said = consents[purpose]
  if (said?.allowed !== allowed) return false
  const others = purpose === everything ? Object.values(consents) : [consents[everything] ?? said]
  return others.every((other) => other.allowed === allowed || other.at < said.at)
}
