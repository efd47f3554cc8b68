import {
  createCipheriv,
  createDecipheriv,
  createHmac,
  randomBytes,
  timingSafeEqual,
} from 'node:crypto'
import { suite } from './suite.ts'

/** A key is two: SM4 takes 16 bytes, HMAC-SM3 32. */
export const keyLength = 48
const cipherKeyLength = 16
const nonceLength = 16
const tagLength = 32

const halves = (key: Uint8Array) =>
  [key.subarray(0, cipherKeyLength), key.subarray(cipherKeyLength)] as const

/** The length in front of `bound` keeps it apart from what follows, whatever either holds. */
const tagOf = (key: Uint8Array, bound: string, sealed: Uint8Array) => {
  const text = Buffer.from(bound, 'utf8')
  const length = Buffer.alloc(8)
  length.writeBigUInt64BE(BigInt(text.length))
  return createHmac(suite.hash, key)
    .update(Buffer.concat([length, text, sealed]))
    .digest()
}

/** Bytes sealed under a key and bound to a text: `prefix`, then nonce, sealed bytes and tag as base64url. */
export const sealBytes = (prefix: string, key: Uint8Array, bound: string, plain: Uint8Array) => {
  const [cipherKey, macKey] = halves(key)
  const nonce = randomBytes(nonceLength)
  const cipher = createCipheriv(suite.cipher, cipherKey, nonce)
  const sealed = Buffer.concat([nonce, cipher.update(plain), cipher.final()])
  return prefix + Buffer.concat([sealed, tagOf(macKey, bound, sealed)]).toString('base64url')
}

/** What `sealBytes` was given; `undefined` for anything that it did not make just so. Checked before it is opened. */
export const openBytes = (
  prefix: string,
  key: Uint8Array,
  bound: string,
  text: string,
): Buffer | undefined => {
  if (!text.startsWith(prefix)) return undefined
  const encoded = text.slice(prefix.length)
  const bytes = Buffer.from(encoded, 'base64url')
  // Decoding passes over what is no base64url; such a text is not the one that was made.
  if (bytes.length < nonceLength + tagLength || bytes.toString('base64url') !== encoded) {
    return undefined
  }
  const [cipherKey, macKey] = halves(key)
  const sealed = bytes.subarray(0, -tagLength)
  const tag = tagOf(macKey, bound, sealed)
  if (!timingSafeEqual(tag, bytes.subarray(-tagLength))) return undefined
  const nonce = sealed.subarray(0, nonceLength)
  const decipher = createDecipheriv(suite.cipher, cipherKey, nonce)
  return Buffer.concat([decipher.update(sealed.subarray(nonceLength)), decipher.final()])
}
