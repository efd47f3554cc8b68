import { createHmac, createSecretKey, hkdfSync, type KeyObject, randomBytes } from 'node:crypto'
import { type Cipher, Refusal } from '@hospital-crm/core'
import { recent } from '../recent.ts'
import { firstOf, type Secrets, secretsOf } from '../secrets.ts'
import { openBytes, sealBytes } from './box.ts'

export type AesGcmCipherOptions = Secrets

const keyPrefix = 'k1.'
const sealPrefix = 's1.'

/**
 * AES-256-GCM by Node's own crypto. Every person's key is wrapped under the tenant's, which HKDF-SHA256
 * derives from the secret; blinded words are HMAC-SHA256 under another one, cut to 128 bits. Refuses a
 * secret of another length (`cipher.bad-key`) and a key file that is no such (`cipher.bad-key-file`) or
 * that others than its owner may read (`cipher.exposed-key-file`).
 */
export const aesGcmCipher = (options: AesGcmCipherOptions): Cipher => {
  const secrets = secretsOf(options)
  // Key objects: Node takes several times as long over a key that it is given as bytes.
  const derive = (use: string, secret: Uint8Array) =>
    recent(1000, (tenant) =>
      createSecretKey(
        Buffer.from(hkdfSync('sha256', secret, '', `hospital-crm/${use}/${tenant}`, 32)),
      ),
    )
  const wrappings = secrets.map((secret) => derive('wrap', secret))
  const [wrapping] = wrappings as [(typeof wrappings)[number]]
  const blinding = derive('blind', secrets.at(-1) ?? secrets[0])

  // A destroyed key is overwritten in the store: who no longer has its wrapped text cannot ask for it here.
  const unwrapped = recent(10_000, (question): KeyObject | undefined => {
    const at = question.indexOf(' ')
    const tenant = question.slice(at + 1)
    const data = firstOf(wrappings, (under) =>
      openBytes(keyPrefix, under(tenant), tenant, question.slice(0, at)),
    )
    return data && createSecretKey(data)
  })
  const dataKey = (tenant: string, key: string) => unwrapped(`${key} ${tenant}`)

  return {
    durable: true,
    newKeys: (tenant, count) =>
      Array.from({ length: count }, () =>
        sealBytes(keyPrefix, wrapping(tenant), tenant, randomBytes(32)),
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
        const data = dataKey(tenant, key)?.export()
        if (!data) throw new Refusal('cipher.unknown-key', { tenant })
        return sealBytes(keyPrefix, wrapping(tenant), tenant, data)
      }),
    blind: (tenant, texts) => {
      const key = blinding(tenant)
      return texts.map((text) =>
        createHmac('sha256', key)
          .update(text, 'utf8')
          .digest()
          .subarray(0, 16)
          .toString('base64url'),
      )
    },
  }
}
