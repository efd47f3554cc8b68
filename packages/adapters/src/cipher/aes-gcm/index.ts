import { createSecretKey } from 'node:crypto'
import type { Cipher } from '@hospital-crm/core'
import { open, seal } from '../../aes-gcm.ts'
import { enveloped } from '../envelope.ts'
import { type Secrets, secretsOf } from '../secrets.ts'

export type AesGcmCipherOptions = Secrets

/**
 * AES-256-GCM by Node's own crypto. Every person's key is wrapped under the tenant's, which HKDF-SHA256
 * derives from the secret; blinded words are HMAC-SHA256 under another one, cut to 128 bits. Refuses a
 * secret of another length (`cipher.bad-key`) and a key file that is no such (`cipher.bad-key-file`) or
 * that others than its owner may read (`cipher.exposed-key-file`).
 */
export const aesGcmCipher = (options: AesGcmCipherOptions): Cipher =>
  enveloped(
    {
      prefixes: { key: 'k1.', seal: 's1.' },
      hash: 'sha256',
      use: 'hospital-crm/',
      keyLength: 32,
      // Key objects: Node takes several times as long over a key that it is given as bytes.
      keyOf: createSecretKey,
      seal,
      open,
    },
    secretsOf(options),
  )
