import type { Json } from '../ports/store.ts'

/**
 * The domain says no, and nothing was written. `code` is one of those documented in
 * docs/reference/refusals.md; `details` hold ids, codes and paths, never a person's data.
 */
export class Refusal extends Error {
  readonly code: string
  readonly details: Readonly<Record<string, Json>>

  constructor(code: string, details: Readonly<Record<string, Json>> = {}) {
    super(code)
    this.name = 'Refusal'
    this.code = code
    this.details = details
  }
}

/** Refuses: throws a `Refusal` with this code. */
export const refuse = (code: string, details?: Readonly<Record<string, Json>>): never => {
  throw new Refusal(code, details)
}

/** Runs a piece of the domain and hands back its refusal, if it refuses; anything else thrown passes through. */
export const attempt = async <T>(piece: () => Promise<T> | T): Promise<T | Refusal> => {
  try {
    return await piece()
  } catch (error) {
    if (error instanceof Refusal) return error
    throw error
  }
}
