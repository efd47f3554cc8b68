import type { Cipher } from '@hospital-crm/core'
import { enveloped } from '../envelope.ts'
import { type Secrets, secretsOf } from '../secrets.ts'
import { keyLength, open, seal } from './box.ts'
import { requireSuite, suite } from './suite.ts'

export type Sm4CipherOptions = Secrets

/**
 * The Chinese suite (SM4 by GB/T 32907, SM3 by GB/T 32905), by Node's own crypto: SM4-CTR, then HMAC-SM3
 * over what is bound and what is sealed. Every person's key is wrapped under the tenant's, which HKDF-SM3
 * derives from the secret; blinded words are HMAC-SM3 under another one, cut to 128 bits. Refuses a Node
 * without these algorithms (`cipher.unsupported`), and bad secrets as `aesGcmCipher` does.
 */
export const sm4Cipher = (options: Sm4CipherOptions): Cipher => {
  requireSuite()
  return enveloped<Buffer>(
    {
      prefixes: { key: 'k2.', seal: 's2.' },
      hash: suite.hash,
      use: 'hospital-crm/sm4-',
      keyLength,
      keyOf: (bytes) => bytes,
      seal,
      open,
    },
    secretsOf(options),
  )
}
