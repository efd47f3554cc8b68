import { createCipheriv, createHash, createHmac, getCiphers, getHashes } from 'node:crypto'
import { hkdf, sm3, sm4 } from 'sm-crypto-v2'
import { describe, expect, it } from 'vitest'
import { sm4Cipher } from './index.ts'
import { lacking } from './suite.ts'

// The format computed a second time, in JavaScript: what is sealed today must open for as long as it is kept.
const secret = Uint8Array.from({ length: 32 }, (_, at) => at)
const tenant = '徐州'
const bound = '徐州|p1'
const utf8 = (text: string) => new TextEncoder().encode(text)
const bytes = (hex: string) => Uint8Array.from(Buffer.from(hex, 'hex'))

const derive = (use: string, length: number) =>
  hkdf(secret, new Uint8Array(), utf8(`hospital-crm/sm4-${use}/${tenant}`), length)
const hmac = (key: Uint8Array, data: Uint8Array) => bytes(sm3(data, { key }))

/** Counter mode by hand, from single blocks: each is the nonce, counted up as one number, under SM4. */
const counter = (key: Uint8Array, nonce: Uint8Array, data: Uint8Array) => {
  const start = BigInt(`0x${Buffer.from(nonce).toString('hex')}`)
  return data.map((byte, at) => {
    const block = BigInt.asUintN(128, start + BigInt(at >> 4))
      .toString(16)
      .padStart(32, '0')
    const stream = sm4.encrypt(bytes(block), key, { padding: 'none', output: 'array' })
    return byte ^ (stream[at & 15] ?? 0)
  })
}
const tagOf = (key: Uint8Array, text: string, sealed: Uint8Array) => {
  const about = utf8(text)
  const length = new Uint8Array(8)
  new DataView(length.buffer).setBigUint64(0, BigInt(about.length))
  return hmac(key.subarray(16), Buffer.concat([length, about, sealed]))
}
const sealed = (
  prefix: string,
  key: Uint8Array,
  nonce: Uint8Array,
  text: string,
  plain: Uint8Array,
) => {
  const body = Buffer.concat([nonce, counter(key.subarray(0, 16), nonce, plain)])
  return prefix + Buffer.concat([body, tagOf(key, text, body)]).toString('base64url')
}
const opened = (key: Uint8Array, text: string, of: string) => {
  const all = Uint8Array.from(Buffer.from(of.slice(3), 'base64url'))
  const body = all.subarray(0, -32)
  expect(tagOf(key, text, body)).toEqual(all.subarray(-32))
  return counter(key.subarray(0, 16), body.subarray(0, 16), body.subarray(16))
}

const dataKey = Uint8Array.from({ length: 48 }, (_, at) => 255 - at)
// Its last byte runs over at the first block.
const nonce = Uint8Array.from({ length: 16 }, (_, at) => (at < 12 ? at * 3 : 255))

describe('the algorithms', () => {
  const standard = '0123456789ABCDEFFEDCBA9876543210'

  it('are those of GB/T 32907 and GB/T 32905, by their own examples', () => {
    const block = createCipheriv('sm4-ecb', bytes(standard), null).setAutoPadding(false)
    expect(block.update(standard, 'hex', 'hex')).toBe('681edf34d206965e86b3e94f536e4246')
    expect(createHash('sm3').update('abc').digest('hex')).toBe(
      '66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0',
    )
  })

  it('are HMAC-SM3 by the example of GM/T 0042', () => {
    const key = Uint8Array.from({ length: 32 }, (_, at) => at + 1)
    const text = 'abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq'.repeat(2)
    const expected = 'ca05e144ed05d1857840d1f318a4a8669e559fc8391f414485bfdf7bb408963a'
    expect(createHmac('sm3', key).update(text).digest('hex')).toBe(expected)
    expect(Buffer.from(hmac(key, utf8(text))).toString('hex')).toBe(expected)
  })

  it('are counter mode by the example of the IETF’s draft on SM4', () => {
    const runs = 'ABCDEFAB'.replace(/./g, (each) => each.repeat(16))
    const expected =
      'ac3236cb970cc20791364c395a1342d1a3cbc1878c6f30cd074cce385cdd70c7' +
      'f234bc0e24c11980fd1286310ce37b926e02fcd0faa0baf38b2933851d824514'
    const start = bytes('000102030405060708090a0b0c0d0e0f')
    const cipher = createCipheriv('sm4-ctr', bytes(standard), start)
    expect(cipher.update(runs, 'hex', 'hex')).toBe(expected)
    expect(Buffer.from(counter(bytes(standard), start, bytes(runs))).toString('hex')).toBe(expected)
  })

  it('are missed by name where an OpenSSL leaves them out', () => {
    expect(lacking(getCiphers(), getHashes())).toEqual([])
    expect(lacking(['aes-256-gcm', 'sm4-cbc'], ['sm3'])).toEqual(['sm4-ctr'])
    expect(lacking([], ['sha256'])).toEqual(['sm4-ctr', 'sm3'])
  })
})

describe('the format of the SM4 cipher', () => {
  const cipher = sm4Cipher({ key: secret })
  const wrap = derive('wrap', 48)

  it('is what another implementation makes of the same description', () => {
    const key = sealed('k2.', wrap, nonce, tenant, dataKey)
    const text = sealed('s2.', dataKey, nonce, bound, utf8('王秀英,十六个字节以上的一段文字'))
    expect(cipher.open(tenant, [{ key, bound, sealed: text }])).toEqual([
      '王秀英,十六个字节以上的一段文字',
    ])
    expect([key, text]).toEqual([
      'k2.AAMGCQwPEhUYGx4h_____3GhoftNicbNetXhUJfr5skQ9t2bHWRvh9zx5y0EWLWHQg1wVuMPVZiIn6q3bHVhvKGCul3KBN1c4-Tl-z-LBXKkeRMsLJuqrylCcLk9i533',
      's2.AAMGCQwPEhUYGx4h_____-tsx8pfADzA9n2PVd5qJZykGVTfuOiCz1vdW2NnYYAbsrDdbdM--AFJ2Xp2Hq4y9uXRdsKfqIcaYG4hf1CRtpe6DPTd0ANIeBBayu3tQw',
    ])
  })

  it('is opened by another implementation', () => {
    const [key = ''] = cipher.newKeys(tenant, 1) as string[]
    const [text = ''] = cipher.seal(tenant, [{ key, bound, plain: 'Анна 🙂' }]) as string[]
    const data = opened(wrap, tenant, key)
    expect(data).toHaveLength(48)
    expect(new TextDecoder().decode(opened(data, bound, text))).toBe('Анна 🙂')
  })

  it('blinds as another implementation does', () => {
    const digest = hmac(derive('blind', 32), utf8('name:王秀英'))
    const word = Buffer.from(digest.subarray(0, 16)).toString('base64url')
    expect(cipher.blind(tenant, ['name:王秀英'])).toEqual([word])
    expect(word).toBe('2lKJVfyIIb2D3sU1isSqcw')
  })
})
