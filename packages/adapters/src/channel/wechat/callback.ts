import { createDecipheriv, createHash } from 'node:crypto'
import { refuse } from '@hospital-crm/core'
import { sameSecret } from '../token.ts'
import { readable, toldBy } from '../told.ts'

/** What was set beside the address at which WeChat calls back. */
export interface CallbackOptions {
  /** 令牌 (Token). */
  readonly token: string
  /** 消息加解密密钥 (EncodingAESKey), 43 letters. With it only what is encrypted is heard; WeCom always has one. */
  readonly encodingAesKey?: string
  /** How many seconds WeChat's clock and ours may differ; 300 unless told. */
  readonly tolerance?: number
  /** Milliseconds since 1970; the system's clock unless told. */
  readonly now?: () => number
}

/** A call: a challenge to be echoed, or the fields of a message. */
export type Called = { readonly echo: string } | { readonly field: (name: string) => string }

const signature = (...parts: readonly string[]) =>
  createHash('sha1').update(parts.toSorted().join('')).digest('hex')

/** Opens what WeChat encrypted: AES-256-CBC over 16 random bytes, a length, the text and whom it is for. */
const decrypted = (encodingAesKey: string, text: string, receiver: string): string => {
  const key = Buffer.from(`${encodingAesKey}=`, 'base64')
  const decipher = createDecipheriv('aes-256-cbc', key, key.subarray(0, 16)).setAutoPadding(false)
  const padded = Buffer.concat([decipher.update(text, 'base64'), decipher.final()])
  // PKCS #7 to blocks of 32 bytes, which the cipher's own padding does not know.
  const plain = padded.subarray(0, padded.length - (padded.at(-1) ?? 0))
  const end = 20 + plain.readUInt32BE(16)
  const isOurs = plain.subarray(end).toString('utf8') === receiver
  return isOurs ? plain.subarray(20, end).toString('utf8') : refuse('channel.not-authentic')
}

/** Only who hears needs the parser: it is loaded with the first call. */
const parsed = async (text: string) => {
  const { at, parseXml, textOf } = await import('../../xml.ts')
  const document = parseXml(text)
  if (typeof document === 'string') return refuse('channel.unreadable')
  return (name: string) => textOf(at(document, 'xml', name)) ?? ''
}

/**
 * Reads a call by WeChat's or WeCom's signature, for a receiver (app id, corp id). A signature without
 * encryption does not cover the message: whoever saw one can say anything for as long as `tolerance`.
 */
export const calledBack = async (
  request: Request,
  receiver: string,
  { token, encodingAesKey, tolerance = 300, now = Date.now }: CallbackOptions,
): Promise<Called> => {
  const { url, body } = await toldBy(request)
  const query = new URL(url).searchParams
  const asked = (name: string) => query.get(name) ?? ''
  const stamp = [asked('timestamp'), asked('nonce')]
  const verify = (name: string, ...parts: readonly string[]) => {
    const isLate = !(Math.abs(now() / 1000 - Number(stamp[0] || Number.NaN)) <= tolerance)
    const holds = token !== '' && sameSecret(asked(name), signature(token, ...stamp, ...parts))
    if (isLate || !holds) refuse('channel.not-authentic')
  }

  const opened = (text: string) => {
    verify('msg_signature', text)
    return readable(() => decrypted(encodingAesKey ?? '', text, receiver))
  }

  if (request.method === 'GET') {
    const echo = asked('echostr')
    // An official account's challenge is never encrypted, WeCom's always is.
    if (encodingAesKey !== undefined && query.has('msg_signature')) {
      return { echo: await opened(echo) }
    }
    verify('signature')
    return { echo }
  }
  if (encodingAesKey === undefined) {
    verify('signature')
    return { field: await readable(() => parsed(body)) }
  }
  const envelope = await readable(() => parsed(body))
  const text = await opened(envelope('Encrypt'))
  return { field: await readable(() => parsed(text)) }
}
