import { createCipheriv, createHash, randomBytes } from 'node:crypto'

const sha1 = (...parts: readonly string[]) =>
  createHash('sha1')
    .update([...parts].sort().join(''))
    .digest('hex')

export const token = 'QDG6eK'
export const encodingAesKey = 'jWmYm7qr5nMoAUwZRjGtBxmz3KA1tkAj3ykkR6q2B2C'

const at = 'https://crm.example/channels/wechat/receipts'
const stamped = (now: number) => ({
  timestamp: String(Math.floor(now / 1000)),
  nonce: '1372623149',
})

export const document = (fields: Readonly<Record<string, string | number>>) => {
  const parts = Object.entries(fields).map(([name, value]) =>
    typeof value === 'number'
      ? `<${name}>${value}</${name}>`
      : `<${name}><![CDATA[${value}]]></${name}>`,
  )
  return `<xml>${parts.join('')}</xml>`
}

const post = (query: Record<string, string>, body: string) =>
  new Request(`${at}?${new URLSearchParams(query)}`, {
    method: 'POST',
    body,
    headers: { 'content-type': 'text/xml' },
  })

/** A call as WeChat makes it without encryption. */
export const plainCall = (xml: string, { now = Date.now(), by = token } = {}): Request => {
  const stamp = stamped(now)
  return post({ signature: sha1(by, stamp.timestamp, stamp.nonce), ...stamp, openid: 'o1' }, xml)
}

/** A call as WeChat and WeCom make it with encryption, by code of its own. */
export const sealedCall = (
  xml: string,
  receiver: string,
  { now = Date.now(), by = token } = {},
): Request => {
  const key = Buffer.from(`${encodingAesKey}=`, 'base64')
  const length = Buffer.alloc(4)
  length.writeUInt32BE(Buffer.byteLength(xml))
  const plain = Buffer.concat([randomBytes(16), length, Buffer.from(xml), Buffer.from(receiver)])
  const pad = 32 - (plain.length % 32)
  const cipher = createCipheriv('aes-256-cbc', key, key.subarray(0, 16)).setAutoPadding(false)
  const Encrypt = Buffer.concat([
    cipher.update(Buffer.concat([plain, Buffer.alloc(pad, pad)])),
    cipher.final(),
  ]).toString('base64')
  const stamp = stamped(now)
  const signed = { msg_signature: sha1(by, stamp.timestamp, stamp.nonce, Encrypt), ...stamp }
  return post({ encrypt_type: 'aes', ...signed }, document({ ToUserName: receiver, Encrypt }))
}
