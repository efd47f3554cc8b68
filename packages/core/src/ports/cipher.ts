/** A value now, or a promise of it: a cipher inside the process need not make its callers wait. */
export type Eventually<T> = T | Promise<T>

export interface ToSeal {
  /** The subject's key as `newKeys` gave it. */
  readonly key: string
  /** Bound to the sealed text: opening it with another `bound` must fail. */
  readonly bound: string
  readonly plain: string
}

export interface ToOpen {
  readonly key: string
  readonly bound: string
  readonly sealed: string
}

/**
 * Seals personal data under one key a person. The crm stores the keys that `newKeys` hands out and
 * destroys a person's by overwriting it, so a key must be worthless without the host's own secret,
 * and nothing may be recoverable without the key.
 */
export interface Cipher {
  /** Whether what was sealed can be opened by another process with the same secret. */
  readonly durable: boolean

  /** Makes keys for so many new persons, each wrapped under the tenant's secret, as text. */
  newKeys(tenant: string, count: number): Eventually<readonly string[]>

  /** Seals texts, with a fresh nonce each. */
  seal(tenant: string, items: readonly ToSeal[]): Eventually<readonly string[]>

  /** Opens texts; `undefined` for one that fails its check (another key, another `bound`, altered). */
  open(tenant: string, items: readonly ToOpen[]): Eventually<readonly (string | undefined)[]>

  /**
   * Wraps keys under the present secret that are under a former one; `undefined` for one that is under the
   * present already. Absent where the secret can never be exchanged.
   */
  rewrap?(tenant: string, keys: readonly string[]): Eventually<readonly (string | undefined)[]>

  /** A keyed hash of each text, the same for the same tenant and text and telling nothing without the secret. */
  blind(tenant: string, texts: readonly string[]): Eventually<readonly string[]>
}
