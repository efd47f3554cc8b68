import { createCipheriv, createDecipheriv, type KeyObject, randomBytes } from 'node:crypto'

const algorithm = 'aes-256-gcm'
const nonceLength = 12
const tagLength = 16

/** Nonce, sealed bytes and tag. */
export const seal = (key: KeyObject, bound: string, plain: Uint8Array): Buffer => {
  const nonce = randomBytes(nonceLength)
  const cipher = createCipheriv(algorithm, key, nonce)
  cipher.setAAD(Buffer.from(bound, 'utf8'))
  return Buffer.concat([nonce, cipher.update(plain), cipher.final(), cipher.getAuthTag()])
}

/** What was sealed; undefined under another key, of another `bound`, or spoilt. */
export const open = (key: KeyObject, bound: string, sealed: Buffer): Buffer | undefined => {
  if (sealed.length < nonceLength + tagLength) return undefined
  const decipher = createDecipheriv(algorithm, key, sealed.subarray(0, nonceLength), {
    authTagLength: tagLength,
  })
  decipher.setAAD(Buffer.from(bound, 'utf8'))
  decipher.setAuthTag(sealed.subarray(-tagLength))
  try {
    const plain = decipher.update(sealed.subarray(nonceLength, -tagLength))
    return Buffer.concat([plain, decipher.final()])
  } catch {
    return undefined
  }
}
