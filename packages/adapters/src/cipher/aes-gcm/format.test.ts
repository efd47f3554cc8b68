import { describe, expect, it } from 'vitest'
import { aesGcmCipher } from './index.ts'

// The format computed a second time, by WebCrypto: what is sealed today must open for as long as it is kept.
const { subtle } = globalThis.crypto
const utf8 = (text: string) => new TextEncoder().encode(text)
const secret = Uint8Array.from({ length: 32 }, (_, at) => at)
const tenant = '徐州'
const bound = '徐州|p1'

const derive = async (use: string) => {
  const base = await subtle.importKey('raw', secret, 'HKDF', false, ['deriveBits'])
  const info = utf8(`hospital-crm/${use}/${tenant}`)
  const how = { name: 'HKDF', hash: 'SHA-256', salt: new Uint8Array(), info }
  return new Uint8Array(await subtle.deriveBits(how, base, 256))
}
const aes = (key: Uint8Array<ArrayBuffer>) =>
  subtle.importKey('raw', key, 'AES-GCM', false, ['encrypt', 'decrypt'])
const sealed = async (
  prefix: string,
  key: Uint8Array<ArrayBuffer>,
  { iv, additionalData, plain }: Record<'iv' | 'additionalData' | 'plain', Uint8Array<ArrayBuffer>>,
) => {
  const how = { name: 'AES-GCM', iv, additionalData }
  const bytes = new Uint8Array(await subtle.encrypt(how, await aes(key), plain))
  return prefix + Buffer.concat([iv, bytes]).toString('base64url')
}

const dataKey = Uint8Array.from({ length: 32 }, (_, at) => 255 - at)
const iv = Uint8Array.from({ length: 12 }, (_, at) => at * 3)

describe('the format of the AES-GCM cipher', () => {
  const cipher = aesGcmCipher({ key: secret })

  it('is what WebCrypto makes of the same description', async () => {
    const additionalData = utf8(tenant)
    const key = await sealed('k1.', await derive('wrap'), { iv, additionalData, plain: dataKey })
    const text = await sealed('s1.', dataKey, {
      iv,
      additionalData: utf8(bound),
      plain: utf8('王秀英'),
    })
    expect(cipher.open(tenant, [{ key, bound, sealed: text }])).toEqual(['王秀英'])
    expect([key, text]).toEqual([
      'k1.AAMGCQwPEhUYGx4hNcoMWBvegQi_HhhxtU59WAV2mFJZ17Ndffejtc674y8zd5648kc0iWmCKmsZS9zm',
      's1.AAMGCQwPEhUYGx4hzEfAoVjj1Req1P74ExkovAhK8rxReRbbXQ',
    ])
  })

  it('is opened by WebCrypto', async () => {
    const [key = ''] = cipher.newKeys(tenant, 1) as string[]
    const [text = ''] = cipher.seal(tenant, [{ key, bound, plain: 'Анна' }]) as string[]
    const open = async (under: Uint8Array<ArrayBuffer>, of: string, data: string) => {
      const bytes = Uint8Array.from(Buffer.from(of.slice(3), 'base64url'))
      const how = { name: 'AES-GCM', iv: bytes.subarray(0, 12), additionalData: utf8(data) }
      return new Uint8Array(await subtle.decrypt(how, await aes(under), bytes.subarray(12)))
    }
    const data = await open(await derive('wrap'), key, tenant)
    expect(new TextDecoder().decode(await open(data, text, bound))).toBe('Анна')
  })

  it('blinds as WebCrypto does', async () => {
    const hmac = { name: 'HMAC', hash: 'SHA-256' }
    const key = await subtle.importKey('raw', await derive('blind'), hmac, false, ['sign'])
    const digest = Buffer.from(await subtle.sign('HMAC', key, utf8('name:王秀英')))
    const word = digest.subarray(0, 16).toString('base64url')
    expect(cipher.blind(tenant, ['name:王秀英'])).toEqual([word])
    expect(word).toBe('lB_O2kLEGW59y8hsQOvROw')
  })
})
