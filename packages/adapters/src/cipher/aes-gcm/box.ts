import { createCipheriv, createDecipheriv, type KeyObject, randomBytes } from 'node:crypto'

const algorithm = 'aes-256-gcm'
const nonceLength = 12
const tagLength = 16

/** Bytes sealed under a key and bound to a text: `prefix`, then nonce, sealed bytes and tag as base64url. */
export const sealBytes = (prefix: string, key: KeyObject, bound: string, plain: Uint8Array) => {
  const nonce = randomBytes(nonceLength)
  const cipher = createCipheriv(algorithm, key, nonce)
  cipher.setAAD(Buffer.from(bound, 'utf8'))
  const sealed = [nonce, cipher.update(plain), cipher.final(), cipher.getAuthTag()]
  return prefix + Buffer.concat(sealed).toString('base64url')
}

/** What `sealBytes` was given; `undefined` for anything that it did not make just so. */
export const openBytes = (
  prefix: string,
  key: KeyObject,
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
  const decipher = createDecipheriv(algorithm, key, bytes.subarray(0, nonceLength), {
    authTagLength: tagLength,
  })
  decipher.setAAD(Buffer.from(bound, 'utf8'))
  decipher.setAuthTag(bytes.subarray(-tagLength))
  try {
    const plain = decipher.update(bytes.subarray(nonceLength, -tagLength))
    return Buffer.concat([plain, decipher.final()])
  } catch {
    return undefined
  }
}
