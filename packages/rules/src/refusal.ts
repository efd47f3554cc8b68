/**
 * The domain says no, and nothing was written. `code` is one of those documented in
 * docs/reference/refusals.md; `details` hold ids, codes and paths, never a person's data.
 */
export class Refusal extends Error {
  override readonly name = 'Refusal'
  readonly code: string
  readonly details: Readonly<Record<string, unknown>>

  constructor(code: string, details: Readonly<Record<string, unknown>> = {}) {
    super(Object.keys(details).length === 0 ? code : `${code} ${JSON.stringify(details)}`)
    this.code = code
    this.details = details
  }
}

/** Refuses: throws a `Refusal` with this code. */
export const refuse = (code: string, details?: Readonly<Record<string, unknown>>): never => {
  throw new Refusal(code, details)
}
