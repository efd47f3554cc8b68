import { createHmac, createSecretKey, hkdfSync, randomBytes } from 'node:crypto'
import { type Cipher, Refusal } from '@hospital-crm/core'
import { recent } from './recent.ts'
import type { secretsOf } from './secrets.ts'

/** A suite of algorithms: of what its keys are made, and how bytes are sealed under one and bound to a text. */
export interface Suite<Key> {
  /** What stands in front of wrapped keys and of sealed texts. */
  readonly prefixes: { readonly key: string; readonly seal: string }
  /** Of the derivation and of blinded words. */
  readonly hash: string
  /** What derived keys are for begins with it. */
  readonly use: string
  readonly keyLength: number
  readonly keyOf: (bytes: Buffer) => Key
  readonly seal: (key: Key, bound: string, plain: Uint8Array) => Buffer
  /** What `seal` was given; `undefined` for anything that it did not make just so. */
  readonly open: (key: Key, bound: string, sealed: Buffer) => Buffer | undefined
}

/** The bytes behind a prefix. Decoding passes over what is no base64url; such a text is not the one that was made. */
const bytesBehind = (prefix: string, text: string): Buffer | undefined => {
  if (!text.startsWith(prefix)) return undefined
  const encoded = text.slice(prefix.length)
  const bytes = Buffer.from(encoded, 'base64url')
  return bytes.toString('base64url') === encoded ? bytes : undefined
}

/** A cipher of every person's key wrapped under the tenant's, and that one derived from the host's secret. */
export const enveloped = <Key>(
  { prefixes, hash, use, keyLength, keyOf, ...suite }: Suite<Key>,
  secrets: ReturnType<typeof secretsOf>,
): Cipher => {
  const derive = (what: string, length: number, secret: Uint8Array) => (tenant: string) =>
    Buffer.from(hkdfSync(hash, secret, '', `${use}${what}/${tenant}`, length))
  const wrappingBy = (secret: Uint8Array) => {
    const bytes = derive('wrap', keyLength, secret)
    return recent(1000, (tenant) => keyOf(bytes(tenant)))
  }
  const [present, ...former] = secrets
  const wrapping = wrappingBy(present)
  const wrappings = [wrapping, ...former.map(wrappingBy)]
  const blindingBytes = derive('blind', 32, secrets.at(-1) ?? present)
  const blinding = recent(1000, (tenant) => createSecretKey(blindingBytes(tenant)))

  const seal = (prefix: string, key: Key, bound: string, plain: Uint8Array) =>
    prefix + suite.seal(key, bound, plain).toString('base64url')
  const open = (prefix: string, key: Key, bound: string, text: string) => {
    const bytes = bytesBehind(prefix, text)
    return bytes && suite.open(key, bound, bytes)
  }
  const wrap = (tenant: string, data: Uint8Array) =>
    seal(prefixes.key, wrapping(tenant), tenant, data)
  const unwrap = (tenant: string, key: string, under: typeof wrappings): Buffer | undefined => {
    for (const each of under) {
      const data = open(prefixes.key, each(tenant), tenant, key)
      if (data) return data
    }
    return undefined
  }
  // A destroyed key is overwritten in the store: who no longer has its wrapped text cannot ask for it here.
  const unwrapped = recent(10_000, (question): Key | undefined => {
    const at = question.indexOf(' ')
    const data = unwrap(question.slice(at + 1), question.slice(0, at), wrappings)
    return data && keyOf(data)
  })
  const dataKey = (tenant: string, key: string) => unwrapped(`${key} ${tenant}`)
  const unknown = (tenant: string) => new Refusal('cipher.unknown-key', { tenant })

  return {
    durable: true,
    newKeys: (tenant, count) =>
      Array.from({ length: count }, () => wrap(tenant, randomBytes(keyLength))),
    seal: (tenant, items) =>
      items.map(({ key, bound, plain }) => {
        const data = dataKey(tenant, key)
        if (!data) throw unknown(tenant)
        return seal(prefixes.seal, data, bound, Buffer.from(plain, 'utf8'))
      }),
    open: (tenant, items) =>
      items.map(({ key, bound, sealed }) => {
        const data = dataKey(tenant, key)
        return data && open(prefixes.seal, data, bound, sealed)?.toString('utf8')
      }),
    rewrap: (tenant, keys) =>
      keys.map((key) => {
        if (unwrap(tenant, key, [wrapping])) return undefined
        const data = unwrap(tenant, key, wrappings)
        if (!data) throw unknown(tenant)
        return wrap(tenant, data)
      }),
    blind: (tenant, texts) => {
      const key = blinding(tenant)
      return texts.map((text) =>
        createHmac(hash, key).update(text, 'utf8').digest().subarray(0, 16).toString('base64url'),
      )
    },
  }
}
