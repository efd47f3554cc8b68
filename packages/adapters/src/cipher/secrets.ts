import { Refusal } from '@hospital-crm/core'
import { keyFrom } from './key-file.ts'

/** Whose secret it is, and what it was before. */
export interface Secrets {
  /** The host's secret: 32 random bytes, the same for every process and for as long as the data are kept. */
  readonly key?: Uint8Array
  /** Where the secret is kept instead; made with mode 600 when absent. Lost with it is everything sealed. */
  readonly keyFile?: string
  /**
   * Secrets from before an exchange, the latest first, as bytes or key files. What is under one of them is
   * still opened; the oldest goes on making the blinded words by which people are found.
   */
  readonly former?: readonly (Uint8Array | string)[]
}

const bytesOf = (key: Uint8Array): Uint8Array => {
  if (key.length === 32) return Uint8Array.from(key)
  return refuseKey(key.length)
}

const refuseKey = (length: number | null): never => {
  const remedy =
    'Give either `key`, 32 random bytes, or `keyFile`, the path of a file to keep them in.'
  throw new Refusal('cipher.bad-key', { length, remedy })
}

/** The secret that seals, and those before it. Refuses bad ones (`cipher.bad-key`, `cipher.bad-key-file`). */
export const secretsOf = ({
  key,
  keyFile,
  former = [],
}: Secrets): readonly [Uint8Array, ...Uint8Array[]] => {
  if ((key === undefined) === (keyFile === undefined)) return refuseKey(key?.length ?? null)
  const before = former.map((one) => (typeof one === 'string' ? keyFrom(one, false) : bytesOf(one)))
  return [key ? bytesOf(key) : keyFrom(keyFile ?? '', true), ...before]
}
