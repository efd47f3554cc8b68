import { execFile } from 'node:child_process'
import { chmodSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import * as fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { aesGcmCipher } from './index.ts'

const secret = Uint8Array.from({ length: 32 }, (_, at) => at)
const bound = 'hospital|person-1'
const scripts = [
  '',
  '王秀英 𠮷野',
  'Zoë O’Brien',
  'Анна Каренина',
  'عائشة 🙂',
  '长'.repeat(100_000),
]

describe('the AES-GCM cipher', () => {
  const cipher = aesGcmCipher({ key: secret })
  const [key = '', other = ''] = cipher.newKeys('a', 2) as string[]
  const seal = (plain: string, tenant = 'a') =>
    String([cipher.seal(tenant, [{ key, bound, plain }])])
  const open = (sealed: string, { tenant = 'a', as = key, to = bound } = {}) =>
    ([cipher.open(tenant, [{ key: as, bound: to, sealed }])] as (string | undefined)[][])[0]?.[0]

  it('opens what it sealed, in any script and of any length', () => {
    for (const plain of scripts) expect(open(seal(plain))).toBe(plain)
    const any = fc.property(fc.string({ unit: 'binary' }), (plain) => open(seal(plain)) === plain)
    fc.assert(any)
  })

  it('opens nothing under another tenant, person, binding or secret', () => {
    const sealed = seal('王秀英')
    expect(open(sealed, { tenant: 'b' })).toBeUndefined()
    expect(open(sealed, { as: other })).toBeUndefined()
    expect(open(sealed, { as: '' })).toBeUndefined()
    expect(open(sealed, { to: 'hospital|person-2' })).toBeUndefined()
    const stranger = aesGcmCipher({ key: secret.map((byte) => byte ^ 1) })
    expect(stranger.open('a', [{ key, bound, sealed }])).toEqual([undefined])
    expect(() => stranger.seal('a', [{ key, bound, plain: '' }])).toThrow('cipher.unknown-key')
  })

  it('opens nothing that was altered, lengthened or cut anywhere, seal or key', () => {
    const sealed = seal('13800138000')
    const altered = (text: string) =>
      Array.from(text, (each, at) => [
        text.slice(0, at),
        text.slice(0, at) + (each === 'A' ? 'B' : 'A') + text.slice(at + 1),
        `${text.slice(0, at)}=${text.slice(at)}`,
      ]).flat()
    for (const text of [...altered(sealed), `${sealed}A`, `${sealed}\n`]) {
      expect(open(text)).toBeUndefined()
    }
    for (const text of altered(key)) expect(open(sealed, { as: text })).toBeUndefined()
  })

  it('takes a fresh nonce for every seal and every key', () => {
    const items = Array.from({ length: 2000 }, () => ({ key, bound, plain: 'same' }))
    const texts = [
      ...(cipher.seal('a', items) as string[]),
      ...(cipher.newKeys('a', 2000) as string[]),
    ]
    expect(new Set(texts.map((text) => text.slice(3, 19))).size).toBe(4000)
  })

  it('blinds a text alike every time, each tenant and secret in its own way', () => {
    const blind = (tenant: string, of = cipher) => of.blind(tenant, ['phone:13800138000', 'name:x'])
    expect(blind('a')).toEqual(blind('a', aesGcmCipher({ key: secret })))
    const ways = [blind('a'), blind('b'), blind('a', aesGcmCipher({ key: secret.map(() => 7) }))]
    expect(new Set(ways.flat()).size).toBe(6)
    expect(ways.flat().every((word) => /^[\w-]{22}$/.test(String(word)))).toBe(true)
  })

  it('does not open under a key that it has opened before, when the wrapped text is another', () => {
    const sealed = seal('x')
    expect(open(sealed)).toBe('x')
    expect(open(sealed, { as: '' })).toBeUndefined()
    expect(open(sealed, { as: 'destroyed' })).toBeUndefined()
  })
})

describe('the secret of the AES-GCM cipher', () => {
  let folder: string
  let keyFile: string
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'hospital-crm-cipher-'))
    keyFile = join(folder, 'secrets', 'key')
  })
  afterEach(() => rmSync(folder, { recursive: true }))
  const refused = (code: string) =>
    expect.objectContaining({
      code,
      details: expect.objectContaining({ remedy: expect.stringMatching(/\w{20}|\w+ \w+/) }),
    })
  const refusal = (attempt: () => unknown) => {
    try {
      return attempt()
    } catch (error) {
      return error
    }
  }

  it('is made in its file when there is none, for the owner alone, and found there again', () => {
    const cipher = aesGcmCipher({ keyFile })
    expect(statSync(keyFile).mode & 0o777).toBe(0o600)
    expect(readFileSync(keyFile, 'utf8')).toMatch(/^hospital-crm-key-1:[\w+/]{43}=\n$/)
    expect(aesGcmCipher({ keyFile }).blind('a', ['x'])).toEqual(cipher.blind('a', ['x']))
  })

  it('is one for processes that start together', { timeout: 30_000 }, async () => {
    const script = `const { aesGcmCipher } = await import('${join(import.meta.dirname, 'index.ts')}')
      process.stdout.write(aesGcmCipher({ keyFile: '${keyFile}' }).blind('a', ['x'])[0])`
    const run = async () => {
      const ran = await promisify(execFile)(process.execPath, ['--input-type=module', '-e', script])
      return ran.stdout
    }
    const said = await Promise.all(Array.from({ length: 3 }, run))
    const own = aesGcmCipher({ keyFile }).blind('a', ['x'])
    expect(said).toEqual(Array(3).fill(String(own)))
  })

  it('is refused when others may read it, or when the file holds anything else', () => {
    aesGcmCipher({ keyFile })
    chmodSync(keyFile, 0o640)
    expect(refusal(() => aesGcmCipher({ keyFile }))).toEqual(refused('cipher.exposed-key-file'))
    chmodSync(keyFile, 0o600)
    for (const text of ['', 'hospital-crm-key-1:AAAA\n', `other:${'A'.repeat(43)}=`]) {
      writeFileSync(keyFile, text)
      expect(refusal(() => aesGcmCipher({ keyFile }))).toEqual(refused('cipher.bad-key-file'))
    }
    const below = { keyFile: join(keyFile, 'below') }
    expect(refusal(() => aesGcmCipher(below))).toEqual(refused('cipher.bad-key-file'))
  })

  it('has 32 bytes, and comes in one way', () => {
    for (const options of [{}, { key: secret.slice(1) }, { key: secret, keyFile }]) {
      expect(refusal(() => aesGcmCipher(options))).toEqual(refused('cipher.bad-key'))
    }
  })
})
