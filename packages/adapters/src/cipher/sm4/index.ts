import { createHmac, hkdfSync, randomBytes } from 'node:crypto'
import { type Cipher, Refusal } from '@hospital-crm/core'
import { keyFrom } from '../aes-gcm/key-file.ts'
import { recent } from '../aes-gcm/recent.ts'
import { keyLength, openBytes, sealBytes } from './box.ts'
import { requireSuite, suite } from './suite.ts'

export interface Sm4CipherOptions {
  /** The host's secret: 32 random bytes, the same for every process and for as long as the data are kept. */
  readonly key?: Uint8Array
  /** Where the secret is kept instead; made with mode 600 when absent. Lost with it is everything sealed. */
  readonly keyFile?: string
}

const keyPrefix = 'k2.'
const sealPrefix = 's2.'

const secretOf = ({ key, keyFile }: Sm4CipherOptions): Uint8Array => {
  if (keyFile !== undefined && key === undefined) return keyFrom(keyFile)
  if (key?.length === 32 && keyFile === undefined) return Uint8Array.from(key)
  const remedy =
    'Give either `key`, 32 random bytes, or `keyFile`, the path of a file to keep them in.'
  throw new Refusal('cipher.bad-key', { length: key?.length ?? null, remedy })
}

/**
 * The Chinese suite (SM4 by GB/T 32907, SM3 by GB/T 32905), by Node's own crypto: SM4-CTR, then HMAC-SM3
 * over what is bound and what is sealed. Every person's key is wrapped under the tenant's, which HKDF-SM3
 * derives from the secret; blinded words are HMAC-SM3 under another one, cut to 128 bits. Refuses a Node
 * without these algorithms (`cipher.unsupported`), and bad secrets as `aesGcmCipher` does.
 */
export const sm4Cipher = (options: Sm4CipherOptions): Cipher => {
  requireSuite()
  const secret = secretOf(options)
  const derive = (use: string, length: number) =>
    recent(1000, (tenant) =>
      Buffer.from(hkdfSync(suite.hash, secret, '', `hospital-crm/sm4-${use}/${tenant}`, length)),
    )
  const wrapping = derive('wrap', keyLength)
  const blinding = derive('blind', 32)

  // A destroyed key is overwritten in the store: who no longer has its wrapped text cannot ask for it here.
  const unwrapped = recent(10_000, (question): Buffer | undefined => {
    const at = question.indexOf(' ')
    const tenant = question.slice(at + 1)
    return openBytes(keyPrefix, wrapping(tenant), tenant, question.slice(0, at))
  })
  const dataKey = (tenant: string, key: string) => unwrapped(`${key} ${tenant}`)

  return {
    durable: true,
    newKeys: (tenant, count) =>
      Array.from({ length: count }, () =>
        sealBytes(keyPrefix, wrapping(tenant), tenant, randomBytes(keyLength)),
      ),
    seal: (tenant, items) =>
      items.map(({ key, bound, plain }) => {
        const data = dataKey(tenant, key)
        if (!data) throw new Refusal('cipher.unknown-key', { tenant })
        return sealBytes(sealPrefix, data, bound, Buffer.from(plain, 'utf8'))
      }),
    open: (tenant, items) =>
      items.map(({ key, bound, sealed }) => {
        const data = dataKey(tenant, key)
        return data && openBytes(sealPrefix, data, bound, sealed)?.toString('utf8')
      }),
    blind: (tenant, texts) => {
      const key = blinding(tenant)
      return texts.map((text) =>
        createHmac(suite.hash, key)
          .update(text, 'utf8')
          .digest()
          .subarray(0, 16)
          .toString('base64url'),
      )
    },
  }
}
