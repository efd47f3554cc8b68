import { createHash, createHmac } from 'node:crypto'

/** What Alibaba Cloud's V3 signature covers: every header here is signed, `host` and `x-acs-*` among them. */
export interface AcsRequest {
  readonly method: string
  readonly path: string
  readonly query: Readonly<Record<string, string>>
  /** By lower-case name. `x-acs-content-sha256` is the hash of the body. */
  readonly headers: Readonly<Record<string, string>>
}

export interface AcsKey {
  readonly accessKeyId: string
  readonly accessKeySecret: string
}

const sha256 = (text: string) => createHash('sha256').update(text, 'utf8').digest('hex')

/** Percent-encoding by RFC 3986, which leaves fewer characters as they are than `encodeURIComponent`. */
const encoded = (text: string) =>
  encodeURIComponent(text).replace(
    /[!'()*]/g,
    (each) => `%${each.charCodeAt(0).toString(16).toUpperCase()}`,
  )

/** A query as it is signed: sorted by name, each name and value percent-encoded. */
export const canonicalQuery = (query: Readonly<Record<string, string>>): string =>
  Object.keys(query)
    .sort()
    .map((name) => `${encoded(name)}=${encoded(query[name] ?? '')}`)
    .join('&')

/** The `Authorization` header by ACS3-HMAC-SHA256, as Alibaba Cloud documents it (request syntax and signature V3). */
export const signAcs3 = (request: AcsRequest, { accessKeyId, accessKeySecret }: AcsKey): string => {
  const { method, path, query, headers } = request
  const names = Object.keys(headers).sort()
  const signed = names.join(';')
  const lines = names.map((name) => `${name}:${(headers[name] ?? '').trim()}\n`).join('')
  const hash = headers['x-acs-content-sha256'] ?? sha256('')
  const canonical = [method, path, canonicalQuery(query), lines, signed, hash].join('\n')
  const signature = createHmac('sha256', accessKeySecret)
    .update(`ACS3-HMAC-SHA256\n${sha256(canonical)}`)
    .digest('hex')
  return `ACS3-HMAC-SHA256 Credential=${accessKeyId},SignedHeaders=${signed},Signature=${signature}`
}
