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

/** Nonce, sealed bytes and tag. */
export const seal = (key: Uint8Array, bound: string, plain: Uint8Array): Buffer => {
  const [cipherKey, macKey] = halves(key)
  const nonce = randomBytes(nonceLength)
  const cipher = createCipheriv(suite.cipher, cipherKey, nonce)
  const sealed = Buffer.concat([nonce, cipher.update(plain), cipher.final()])
  return Buffer.concat([sealed, tagOf(macKey, bound, sealed)])
}

/** Checked before it is opened. */
export const open = (key: Uint8Array, bound: string, bytes: Buffer): Buffer | undefined => {
  if (bytes.length < nonceLength + tagLength) return undefined
  const [cipherKey, macKey] = halves(key)
  const sealed = bytes.subarray(0, -tagLength)
  const tag = tagOf(macKey, bound, sealed)
  if (!timingSafeEqual(tag, bytes.subarray(-tagLength))) return undefined
  const nonce = sealed.subarray(0, nonceLength)
  const decipher = createDecipheriv(suite.cipher, cipherKey, nonce)
  return Buffer.concat([decipher.update(sealed.subarray(nonceLength)), decipher.final()])
}
