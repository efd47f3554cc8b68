import { createHmac, hkdfSync, randomBytes } from 'node:crypto'
import { type Cipher, Refusal } from '@hospital-crm/core'
import { recent } from '../recent.ts'
import { firstOf, type Secrets, secretsOf } from '../secrets.ts'
import { keyLength, openBytes, sealBytes } from './box.ts'
import { requireSuite, suite } from './suite.ts'

export type Sm4CipherOptions = Secrets

const keyPrefix = 'k2.'
const sealPrefix = 's2.'

/**
 * The Chinese suite (SM4 by GB/T 32907, SM3 by GB/T 32905), by Node's own crypto: SM4-CTR, then HMAC-SM3
 * over what is bound and what is sealed. Every person's key is wrapped under the tenant's, which HKDF-SM3
 * derives from the secret; blinded words are HMAC-SM3 under another one, cut to 128 bits. Refuses a Node
 * without these algorithms (`cipher.unsupported`), and bad secrets as `aesGcmCipher` does.
 */
export const sm4Cipher = (options: Sm4CipherOptions): Cipher => {
  requireSuite()
  const secrets = secretsOf(options)
  const derive = (use: string, length: number, secret: Uint8Array) =>
    recent(1000, (tenant) =>
      Buffer.from(hkdfSync(suite.hash, secret, '', `hospital-crm/sm4-${use}/${tenant}`, length)),
    )
  const wrappings = secrets.map((secret) => derive('wrap', keyLength, secret))
  const [wrapping] = wrappings as [(typeof wrappings)[number]]
  const blinding = derive('blind', 32, secrets.at(-1) ?? secrets[0])

  // A destroyed key is overwritten in the store: who no longer has its wrapped text cannot ask for it here.
  const unwrapped = recent(10_000, (question): Buffer | undefined => {
    const at = question.indexOf(' ')
    const tenant = question.slice(at + 1)
    return firstOf(wrappings, (under) =>
      openBytes(keyPrefix, under(tenant), tenant, question.slice(0, at)),
    )
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
    rewrap: (tenant, keys) =>
      keys.map((key) => {
        if (openBytes(keyPrefix, wrapping(tenant), tenant, key)) return undefined
        const data = dataKey(tenant, key)
        if (!data) throw new Refusal('cipher.unknown-key', { tenant })
        return sealBytes(keyPrefix, wrapping(tenant), tenant, data)
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
