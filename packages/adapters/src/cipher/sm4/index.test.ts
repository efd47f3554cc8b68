import { chmodSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createCrm } from '@hospital-crm/core'
import { xuzhouPack } from '@hospital-crm/rules'
import * as fc from 'fast-check'
import { describe, expect, it, onTestFinished } from 'vitest'
import { aesGcmCipher } from '../aes-gcm/index.ts'
import { sm4Cipher } from './index.ts'

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

describe('the SM4 cipher', () => {
  const cipher = sm4Cipher({ key: secret })
  const [key = '', other = ''] = cipher.newKeys('a', 2) as string[]
  const seal = (plain: string, tenant = 'a') =>
    String([cipher.seal(tenant, [{ key, bound, plain }])])
  const open = (sealed: string, { tenant = 'a', as = key, to = bound } = {}) =>
    (cipher.open(tenant, [{ key: as, bound: to, sealed }]) as (string | undefined)[])[0]

  it('opens what it sealed, in any script and of any length', () => {
    for (const plain of scripts) expect(open(seal(plain))).toBe(plain)
    const text = fc.string({ unit: fc.constantFrom(...'\u0000a王🙂é') })
    fc.assert(fc.property(text, (plain) => open(seal(plain)) === plain))
  })

  it('opens nothing under another tenant, person, binding or secret', () => {
    const sealed = seal('王秀英')
    expect(open(sealed, { tenant: 'b' })).toBeUndefined()
    expect(open(sealed, { as: other })).toBeUndefined()
    expect(open(sealed, { as: '' })).toBeUndefined()
    expect(open(sealed, { as: 'destroyed' })).toBeUndefined()
    expect(open(sealed, { to: 'hospital|person-2' })).toBeUndefined()
    const stranger = sm4Cipher({ key: secret.map((byte) => byte ^ 1) })
    expect(stranger.open('a', [{ key, bound, sealed }])).toEqual([undefined])
    expect(() => stranger.seal('a', [{ key, bound, plain: '' }])).toThrow('cipher.unknown-key')
  })

  it('takes no binding and text apart another way', () => {
    // The same bytes under the tag, were it not for the length between them.
    const sealed = seal('x')
    for (const to of ['', 'hospital|person-', 'hospital|person-1\u0000']) {
      expect(open(sealed, { to })).toBeUndefined()
    }
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
    const items = Array.from({ length: 300 }, () => ({ key, bound, plain: 'same' }))
    const texts = [
      ...(cipher.seal('a', items) as string[]),
      ...(cipher.newKeys('a', 300) as string[]),
    ]
    expect(new Set(texts.map((text) => text.slice(3, 24))).size).toBe(600)
  })

  it('blinds a text alike every time, each tenant and secret in its own way', () => {
    const blind = (tenant: string, of = cipher) => of.blind(tenant, ['phone:13800138000', 'name:x'])
    expect(blind('a')).toEqual(blind('a', sm4Cipher({ key: secret })))
    const ways = [blind('a'), blind('b'), blind('a', sm4Cipher({ key: secret.map(() => 7) }))]
    expect(new Set(ways.flat()).size).toBe(6)
    expect(ways.flat().every((word) => /^[\w-]{22}$/.test(String(word)))).toBe(true)
  })

  it('and the AES-GCM cipher open nothing of each other under one secret', () => {
    const aes = aesGcmCipher({ key: secret })
    const [aesKey = ''] = aes.newKeys('a', 1) as string[]
    const [sealed = ''] = aes.seal('a', [{ key: aesKey, bound, plain: 'x' }]) as string[]
    expect(open(sealed, { as: aesKey })).toBeUndefined()
    expect(aes.open('a', [{ key, bound, sealed: seal('x') }])).toEqual([undefined])
    expect(aes.blind('a', ['x'])).not.toEqual(cipher.blind('a', ['x']))
  })

  it('keeps a crm’s persons, found by what they are called and gone when erased', async () => {
    const crm = createCrm({ cipher })
    await crm.hospitals.open({ name: '徐州市中心医院', zone: 'Asia/Shanghai', pack: xuzhouPack })
    const { id } = await crm.patients.register({ name: '王秀英', phones: ['15400000001'] })
    const found = await crm.patients.find({ phone: '154 0000 0001' })
    expect(found.items.map((each) => each.id)).toEqual([id])
    expect((await crm.patients.get(id, { open: true }))?.state).toMatchObject({ name: '王秀英' })
    await crm.patients.erase(id, { reason: 'requested' })
    expect((await crm.patients.find({ phone: '154 0000 0001' })).items).toEqual([])
  })
})

describe('the secret of the SM4 cipher', () => {
  it('is made in its file when there is none, for the owner alone, and found there again', () => {
    const folder = mkdtempSync(join(tmpdir(), 'hospital-crm-sm4-'))
    onTestFinished(() => rmSync(folder, { recursive: true }))
    const keyFile = join(folder, 'key')
    const cipher = sm4Cipher({ keyFile })
    expect(statSync(keyFile).mode & 0o777).toBe(0o600)
    expect(readFileSync(keyFile, 'utf8')).toMatch(/^hospital-crm-key-1:/)
    expect(sm4Cipher({ keyFile }).blind('a', ['x'])).toEqual(cipher.blind('a', ['x']))
    chmodSync(keyFile, 0o644)
    expect(() => sm4Cipher({ keyFile })).toThrow('cipher.exposed-key-file')
  })

  it('has 32 bytes, and comes in one way', () => {
    for (const options of [{}, { key: secret.slice(1) }, { key: secret, keyFile: 'x' }]) {
      expect(() => sm4Cipher(options)).toThrow('cipher.bad-key')
    }
  })
})
