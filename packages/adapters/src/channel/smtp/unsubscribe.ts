import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto'
import { type Heard, refuse } from '@hospital-crm/core'
import { readable, type Told } from '../told.ts'

/** One-click unsubscribing by RFC 8058. */
export interface UnsubscribeOptions {
  /** The public address of `receive`, `https:`. */
  readonly url: string
  /** Seals in each mail's link whose mail it is; every process has the same one, of 32 characters or more. */
  readonly secret: string
}

const keyOf = (secret: string) => createHash('sha256').update(`unsubscribe ${secret}`).digest()

const sealed = (address: string, secret: string) => {
  const nonce = randomBytes(12)
  const cipher = createCipheriv('aes-256-gcm', keyOf(secret), nonce)
  const text = Buffer.concat([cipher.update(address, 'utf8'), cipher.final()])
  return Buffer.concat([nonce, text, cipher.getAuthTag()]).toString('base64url')
}

const opened = (seal: string, secret: string): string => {
  const bytes = Buffer.from(seal, 'base64url')
  if (bytes.length < 28) return refuse('channel.not-authentic')
  try {
    const key = keyOf(secret)
    const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, 12))
    decipher.setAuthTag(bytes.subarray(-16))
    const text = Buffer.concat([decipher.update(bytes.subarray(12, -16)), decipher.final()])
    return text.toString('utf8')
  } catch {
    return refuse('channel.not-authentic')
  }
}

/** The headers by which mail programs offer to unsubscribe; no address stands in them in clear. */
export const unsubscribeHeaders = (address: string, { url, secret }: UnsubscribeOptions) => {
  const link = new URL(url)
  link.searchParams.set('unsubscribe', sealed(address, secret))
  return {
    'List-Unsubscribe': `<${link}>`,
    'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
  }
}

/** What a click tells; one without its one field came from somebody who only looked. */
export const clicked = async (
  seal: string,
  { bytes, headers }: Told,
  options: UnsubscribeOptions | undefined,
): Promise<Heard> => {
  if (!options) return refuse('channel.not-authentic')
  const from = [opened(seal, options.secret)]
  const type = headers.get('content-type') ?? ''
  const form = await readable(() =>
    new Response(bytes as Uint8Array<ArrayBuffer>, {
      headers: { 'content-type': type },
    }).formData(),
  )
  if (form.get('List-Unsubscribe') !== 'One-Click') return refuse('channel.unreadable')
  const key = createHash('sha256').update(seal).digest('hex').slice(0, 32)
  return { type: 'reply', key, from, text: 'unsubscribe', stop: true }
}
