import { hmac } from '@noble/hashes/hmac.js'
import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex, randomBytes, utf8ToBytes } from '@noble/hashes/utils.js'
import type { Cipher } from '../ports/cipher.ts'

/**
 * Keeps personal texts in this process's memory and hands out tokens for them: what leaves holds
 * nothing to break. Gone with the process, so a durable store refuses to work with it.
 */
export const memoryCipher = (): Cipher => {
  const secret = randomBytes(32)
  const vault = new Map<string, string>()
  const token = () => bytesToHex(randomBytes(12))
  const place = (tenant: string, key: string, bound: string, sealed: string) =>
    [tenant, key, bound, sealed].join('\u0000')
  return {
    durable: false,
    newKeys: (_tenant, count) => Array.from({ length: count }, token),
    seal: (tenant, items) =>
      items.map(({ key, bound, plain }) => {
        const sealed = token()
        vault.set(place(tenant, key, bound, sealed), plain)
        return sealed
      }),
    open: (tenant, items) =>
      items.map(({ key, bound, sealed }) => vault.get(place(tenant, key, bound, sealed))),
    rewrap: (_tenant, keys) => keys.map(() => undefined),
    blind: (tenant, texts) =>
      texts.map((text) =>
        bytesToHex(hmac(sha256, secret, utf8ToBytes(`${tenant}\u0000${text}`))).slice(0, 32),
      ),
  }
}
