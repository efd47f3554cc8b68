/**
 * The rules say no. `code` is stable and documented (`plan.opens-after-due`), `details` say where
 * and why and never hold a name or a phone number.
 */
export class RuleRefusal extends Error {
  override readonly name = 'RuleRefusal'
  readonly code: string
  readonly details: Readonly<Record<string, unknown>>

  constructor(code: string, details: Readonly<Record<string, unknown>> = {}) {
    super(`${code} ${JSON.stringify(details)}`)
    this.code = code
    this.details = details
  }
}

export const refuse = (code: string, details?: Readonly<Record<string, unknown>>): never => {
  throw new RuleRefusal(code, details)
}
