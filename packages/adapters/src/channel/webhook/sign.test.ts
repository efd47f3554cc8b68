import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { signWebhook, verifyWebhook } from './sign.ts'

// The example that Standard Webhooks’ own libraries are tested with.
const secret = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw'
const id = 'msg_p5jXN8AQM9LWM0D4loKWxJek'
const at = new Date(1614265330 * 1000)
const body = '{"test": 2432232314}'
const other = `whsec_${Buffer.alloc(32, 7).toString('base64')}`

const signed = (secrets = [secret]) => new Headers({ ...signWebhook({ id, at, body }, secrets) })
const verify = (headers = signed(), more: object = {}, text: string | Uint8Array = body) =>
  verifyWebhook(headers, text, { secrets: [secret], now: at, ...more })

describe('the signature of a webhook', () => {
  it('is the published one', () => {
    expect(signWebhook({ id, at, body }, [secret])).toEqual({
      'webhook-id': id,
      'webhook-timestamp': '1614265330',
      'webhook-signature': 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=',
    })
  })

  it('holds for who knows one of the secrets, while one replaces the other', () => {
    expect(verify()).toEqual({ id, at })
    expect(verify(signed([other, secret]))).toEqual({ id, at })
    expect(verify(signed([other]), { secrets: [secret, other] })).toEqual({ id, at })
    expect(verify(signed(), {}, new TextEncoder().encode(body))).toEqual({ id, at })
    const headers = signed()
    headers.set('webhook-signature', `v1a,AAAA v2,x v1,AAAA ${headers.get('webhook-signature')}`)
    expect(verify(headers)).toEqual({ id, at })
  })

  it('does not hold for another body, id, time or secret', () => {
    const changed = (name: string, value: string) => {
      const headers = signed()
      headers.set(name, value)
      return headers
    }
    expect(() => verify(signed(), {}, `${body} `)).toThrow('webhook.bad-signature')
    expect(() => verify(changed('webhook-id', 'msg_2'))).toThrow('webhook.bad-signature')
    expect(() => verify(changed('webhook-timestamp', '1614265331'))).toThrow(
      'webhook.bad-signature',
    )
    expect(() => verify(signed([other]))).toThrow('webhook.bad-signature')
    for (const wrong of ['v1,', 'v1,AAAA', 'v2,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=']) {
      expect(() => verify(changed('webhook-signature', wrong))).toThrow('webhook.bad-signature')
    }
  })

  it('holds for five minutes around its stamp, and never without an end', () => {
    const off = (seconds: number, more: object = {}) =>
      verify(signed(), { now: new Date(at.getTime() + seconds * 1000), ...more })
    for (const seconds of [-300, 0, 300]) expect(off(seconds)).toEqual({ id, at })
    for (const seconds of [-301, 301]) expect(() => off(seconds)).toThrow('webhook.bad-time')
    expect(() => off(1, { tolerance: 0 })).toThrow('webhook.bad-time')
    expect(() => off(1, { tolerance: Number.NaN })).toThrow('webhook.bad-time')
  })

  it.each([
    { 'webhook-id': '' },
    { 'webhook-timestamp': '' },
    { 'webhook-timestamp': '-1614265330' },
    { 'webhook-timestamp': '1614265330.0' },
    { 'webhook-timestamp': '0x6037b9f2' },
    { 'webhook-signature': '' },
  ])('is asked for in whole headers: %j', (wrong) => {
    const headers = new Headers({ ...Object.fromEntries(signed()), ...wrong })
    expect(() => verify(headers)).toThrow('webhook.bad-headers')
    expect(() => verify(new Headers())).toThrow('webhook.bad-headers')
  })

  it('is neither made nor checked with a secret that is none', () => {
    const short = `whsec_${Buffer.alloc(23).toString('base64')}`
    for (const secrets of [[], [''], ['whsec_'], [short], [secret, '']]) {
      expect(() => signed(secrets)).toThrow('webhook.bad-secret')
      expect(() => verify(signed(), { secrets })).toThrow('webhook.bad-secret')
    }
  })

  it('holds for every body and id it was made for', () => {
    const anything = fc.property(fc.string({ unit: 'binary-ascii' }), fc.uuid(), (text, name) => {
      const headers = new Headers({ ...signWebhook({ id: name, at, body: text }, [other]) })
      return verifyWebhook(headers, text, { secrets: [other], now: at }).id === name
    })
    fc.assert(anything)
  })
})
