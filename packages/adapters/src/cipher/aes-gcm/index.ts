import { createHmac, createSecretKey, hkdfSync, type KeyObject, randomBytes } from 'node:crypto'
import { type Cipher, Refusal } from '@hospital-crm/core'
import { openBytes, sealBytes } from './box.ts'
import { keyFrom } from './key-file.ts'
import { recent } from './recent.ts'

export interface AesGcmCipherOptions {
  /** The host's secret: 32 random bytes, the same for every process and for as long as the data are kept. */
  readonly key?: Uint8Array
  /** Where the secret is kept instead; made with mode 600 when absent. Lost with it is everything sealed. */
  readonly keyFile?: string
}

const keyPrefix = 'k1.'
const sealPrefix = 's1.'

const secretOf = ({ key, keyFile }: AesGcmCipherOptions): Uint8Array => {
  if (keyFile !== undefined && key === undefined) return keyFrom(keyFile)
  if (key?.length === 32 && keyFile === undefined) return Uint8Array.from(key)
  const remedy =
    'Give either `key`, 32 random bytes, or `keyFile`, the path of a file to keep them in.'
  throw new Refusal('cipher.bad-key', { length: key?.length ?? null, remedy })
}

/**
 * AES-256-GCM by Node's own crypto. Every person's key is wrapped under the tenant's, which HKDF-SHA256
 * derives from the secret; blinded words are HMAC-SHA256 under another one, cut to 128 bits. Refuses a
 * secret of another length (`cipher.bad-key`) and a key file that is no such (`cipher.bad-key-file`) or
 * that others than its owner may read (`cipher.exposed-key-file`).
 */
export const aesGcmCipher = (options: AesGcmCipherOptions): Cipher => {
  const secret = secretOf(options)
  // Key objects: Node takes several times as long over a key that it is given as bytes.
  const derive = (use: string) =>
    recent(1000, (tenant) =>
      createSecretKey(
        Buffer.from(hkdfSync('sha256', secret, '', `hospital-crm/${use}/${tenant}`, 32)),
      ),
    )
  const wrapping = derive('wrap')
  const blinding = derive('blind')

  // A destroyed key is overwritten in the store: who no longer has its wrapped text cannot ask for it here.
  const unwrapped = recent(10_000, (question): KeyObject | undefined => {
    const at = question.indexOf(' ')
    const tenant = question.slice(at + 1)
    const data = openBytes(keyPrefix, wrapping(tenant), tenant, question.slice(0, at))
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
