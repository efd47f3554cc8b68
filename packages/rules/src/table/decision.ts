/**
 * What a rule set says, and by which rule. Frozen where it was made when the rule set was compiled.
 */
export interface Decision<Outcome> {
  /** Null where no rule hit and there is no `otherwise`, and where rules contradict each other. */
  readonly outcome: Outcome | null
  /** The rule or tier that decided; null where none or several did. */
  readonly ruleId: string | null
  /** All that hit; a policy that stops at the first names only that one. */
  readonly ruleIds: readonly string[]
  /** `conflict`: rules hit that its hit policy forbids to hit together. */
  readonly how: 'rule' | 'otherwise' | 'none' | 'conflict'
  readonly set: string
  readonly version: string
}

/** A deep copy that nobody can change. */
export const frozen = (json: unknown): unknown => {
  if (typeof json !== 'object' || json === null) return json
  if (Array.isArray(json)) return Object.freeze(json.map(frozen))
  return Object.freeze(
    Object.fromEntries(Object.entries(json).map(([key, value]) => [key, frozen(value)])),
  )
}

/** A text that is the same for the same JSON, in whichever order its keys stand. */
export const canonical = (json: unknown): string => {
  if (typeof json !== 'object' || json === null) return JSON.stringify(json) ?? 'null'
  if (Array.isArray(json)) return `[${json.map(canonical).join()}]`
  const entries = Object.entries(json).sort(([a], [b]) => (a < b ? -1 : 1))
  return `{${entries.map(([key, value]) => `${JSON.stringify(key)}:${canonical(value)}`).join()}}`
}
