import { getCiphers, getHashes } from 'node:crypto'
import { Refusal } from '@hospital-crm/core'

/** Block cipher and hash as OpenSSL names them. */
export const suite = { cipher: 'sm4-ctr', hash: 'sm3' } as const

/** What of the suite an OpenSSL lacks. */
export const lacking = (ciphers: readonly string[], hashes: readonly string[]): readonly string[] =>
  [
    ciphers.includes(suite.cipher) ? undefined : suite.cipher,
    hashes.includes(suite.hash) ? undefined : suite.hash,
  ].filter((name) => name !== undefined)

/** Refuses (`cipher.unsupported`) where Node was built without the suite, before anything is sealed. */
export const requireSuite = (): void => {
  const missing = lacking(getCiphers(), getHashes())
  if (missing.length === 0) return
  const remedy =
    "Run Node 22 or later with the OpenSSL it comes with; a system's own OpenSSL may leave Chinese algorithms out."
  throw new Refusal('cipher.unsupported', { missing, remedy })
}
