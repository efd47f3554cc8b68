import { createHash, createSecretKey } from 'node:crypto'
import { type Heard, refuse } from '@hospital-crm/core'
import { open, seal } from '../../aes-gcm.ts'
import { digest } from '../digest.ts'
import { readable, type Told } from '../told.ts'

/** One-click unsubscribing by RFC 8058. */
export interface UnsubscribeOptions {
  /** The public address of `receive`, `https:`. */
  readonly url: string
  /** Seals in each mail's link whose mail it is; every process has the same one, of 32 characters or more. */
  readonly secret: string
}

const keyOf = (secret: string) =>
  createSecretKey(createHash('sha256').update(`unsubscribe ${secret}`).digest())

const sealed = (address: string, secret: string) =>
  seal(keyOf(secret), '', Buffer.from(address, 'utf8')).toString('base64url')

const opened = (text: string, secret: string): string => {
  const address = open(keyOf(secret), '', Buffer.from(text, 'base64url'))
  return address?.toString('utf8') ?? refuse('channel.not-authentic')
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
  sealedAddress: string,
  { bytes, headers }: Told,
  options: UnsubscribeOptions | undefined,
): Promise<Heard> => {
  if (!options) return refuse('channel.not-authentic')
  const from = [opened(sealedAddress, options.secret)]
  const type = headers.get('content-type') ?? ''
  const form = await readable(() =>
    new Response(bytes as Uint8Array<ArrayBuffer>, {
      headers: { 'content-type': type },
    }).formData(),
  )
  if (form.get('List-Unsubscribe') !== 'One-Click') return refuse('channel.unreadable')
  return { type: 'reply', key: digest(sealedAddress), from, text: 'unsubscribe', stop: true }
}
