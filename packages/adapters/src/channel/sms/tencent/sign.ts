import { createHash, createHmac } from 'node:crypto'

/** What Tencent Cloud's signature v3 covers. */
export interface Tc3Request {
  readonly service: string
  /** By lower-case name; all of them are signed. `content-type` and `host` must be among them. */
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
  /** Seconds since 1970. */
  readonly timestamp: number
}

export interface Tc3Key {
  readonly secretId: string
  readonly secretKey: string
}

const sha256 = (text: string) => createHash('sha256').update(text, 'utf8').digest('hex')
const hmac = (key: string | Buffer, text: string) =>
  createHmac('sha256', key).update(text, 'utf8').digest()

/** The `Authorization` header of a POST to `/` by TC3-HMAC-SHA256, as Tencent Cloud documents it (API 3.0, signature v3). */
export const signTc3 = (
  { service, headers, body, timestamp }: Tc3Request,
  { secretId, secretKey }: Tc3Key,
): string => {
  const names = Object.keys(headers).sort()
  const signed = names.join(';')
  const lines = names
    .map((name) => `${name}:${(headers[name] ?? '').trim().toLowerCase()}\n`)
    .join('')
  const canonical = ['POST', '/', '', lines, signed, sha256(body)].join('\n')
  const day = new Date(timestamp * 1000).toISOString().slice(0, 10)
  const scope = `${day}/${service}/tc3_request`
  const key = hmac(hmac(hmac(`TC3${secretKey}`, day), service), 'tc3_request')
  const text = ['TC3-HMAC-SHA256', timestamp, scope, sha256(canonical)].join('\n')
  const signature = hmac(key, text).toString('hex')
  return `TC3-HMAC-SHA256 Credential=${secretId}/${scope}, SignedHeaders=${signed}, Signature=${signature}`
}
