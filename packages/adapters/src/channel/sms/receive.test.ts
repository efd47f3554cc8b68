import { createHmac } from 'node:crypto'
import { createCrm } from '@hospital-crm/core'
import { xuzhouPack } from '@hospital-crm/rules'
import { describe, expect, it } from 'vitest'
import { chineseWords } from '../../words/chinese/index.ts'
import { aliyunSms, smsChannel, tencentSms, twilioSms, withdrawConsent } from './index.ts'

const token = 'only-the-provider-was-told'
const url = 'https://crm.example/sms'
const template = () => undefined
const aliyun = smsChannel({
  provider: aliyunSms({
    accessKeyId: 'a',
    accessKeySecret: 'b',
    signName: 'c',
    template,
    pushToken: token,
  }),
})
const tencent = smsChannel({
  provider: tencentSms({
    secretId: 'a',
    secretKey: 'b',
    appId: 'c',
    signName: 'd',
    template,
    pushToken: token,
  }),
})
const twilio = smsChannel({
  provider: twilioSms({ accountSid: 'AC', authToken: token, from: '+15005550006' }),
  receiveUrl: url,
})

const posted = (body: unknown, at = `${url}?token=${token}`) =>
  new Request(at, { method: 'POST', body: JSON.stringify(body) })
const form = (fields: Record<string, string>, key = token) => {
  const text = url + Object.entries(fields).sort().flat().join('')
  const signature = createHmac('sha1', key).update(text).digest('base64')
  const headers = { 'x-twilio-signature': signature }
  const body = new URLSearchParams(fields)
  return new Request('http://10.0.0.8:3000/sms', { method: 'POST', body, headers })
}

const aliyunReply = {
  phone_number: '15400000001',
  content: 'TD',
  send_time: '2026-03-02 10:00:00',
  sequence_id: 7,
}

describe('what Alibaba Cloud pushes', () => {
  it('is receipts and answers, thanked for as it asks', async () => {
    const { heard, response } = await aliyun.receive(
      posted([
        { biz_id: 'B1', success: true, err_code: 'DELIVERED', phone_number: '15400000001' },
        { biz_id: 'B2', success: false, err_code: 'MOBILE_NOT_ON_SERVICE', out_id: 'x' },
        aliyunReply,
      ]),
    )
    expect(heard).toEqual([
      {
        type: 'receipt',
        key: 'aliyun:B1:DELIVERED',
        providerId: 'B1',
        arrived: true,
        code: 'DELIVERED',
      },
      {
        type: 'receipt',
        key: 'aliyun:B2:MOBILE_NOT_ON_SERVICE',
        providerId: 'B2',
        arrived: false,
        code: 'MOBILE_NOT_ON_SERVICE',
      },
      { type: 'reply', key: 'aliyun:7', from: '+8615400000001', text: 'TD', stop: true },
    ])
    expect(await response.json()).toMatchObject({ code: 0 })
  })

  it('has the same key when it comes again, with or without a number of its own', async () => {
    const { sequence_id: _, ...nameless } = aliyunReply
    const keys = async (reply: object) => (await aliyun.receive(posted([reply]))).heard[0]?.key
    expect(await keys(nameless)).toBe(await keys(nameless))
    expect(await keys(nameless)).not.toBe(await keys({ ...nameless, content: 'T' }))
  })
})

describe('what Tencent Cloud calls back with', () => {
  it('is receipts and answers, thanked for as it asks', async () => {
    const receipts = await tencent.receive(
      posted([
        { sid: 'B1', report_status: 'SUCCESS', errmsg: 'DELIVRD', mobile: '1', nationcode: '86' },
      ]),
    )
    expect(receipts.heard).toEqual([
      {
        type: 'receipt',
        key: 'tencent:B1:DELIVRD',
        providerId: 'B1',
        arrived: true,
        code: 'DELIVRD',
      },
    ])
    const said = {
      extend: '1',
      mobile: '15400000001',
      nationcode: '86',
      sign: 'x',
      time: 1457336869,
    }
    const { heard, response } = await tencent.receive(posted({ ...said, text: '好的' }))
    expect(heard).toMatchObject([
      { type: 'reply', from: '+8615400000001', text: '好的', stop: false },
    ])
    expect(await response.json()).toEqual({ result: 0, errmsg: 'OK' })
  })
})

describe('what Twilio posts', () => {
  it('is receipts and answers under its signature over the public address', async () => {
    const status = {
      MessageSid: 'SM1',
      MessageStatus: 'undelivered',
      ErrorCode: '30005',
      From: 'x',
    }
    expect((await twilio.receive(form(status))).heard).toEqual([
      {
        type: 'receipt',
        key: 'twilio:SM1:undelivered',
        providerId: 'SM1',
        arrived: false,
        code: 'undelivered-30005',
      },
    ])
    const under = { MessageSid: 'SM1', MessageStatus: 'sent' }
    expect((await twilio.receive(form(under))).heard[0]).not.toHaveProperty('arrived')
    const reply = { MessageSid: 'SM2', From: '+12025550123', Body: 'Stop', SmsStatus: 'received' }
    const { heard, response } = await twilio.receive(form(reply))
    expect(heard).toMatchObject([{ from: '+12025550123', stop: true, key: 'twilio:SM2' }])
    expect(await response.text()).toBe('<Response></Response>')
  })
})

describe('a request that did not come from the provider', () => {
  const status = async (...of: [typeof aliyun, Request]) => {
    const { heard, response } = await of[0].receive(of[1])
    expect(heard).toEqual([])
    return response.status
  }

  it('is not heard', async () => {
    expect(await status(aliyun, posted([aliyunReply], url))).toBe(403)
    expect(await status(aliyun, posted([aliyunReply], `${url}?token=`))).toBe(403)
    expect(await status(tencent, posted([], `${url}?token=${token}x`))).toBe(403)
    expect(await status(twilio, form({ MessageSid: 'x' }, 'another'))).toBe(403)
    expect(await status(twilio, new Request(url, { method: 'POST', body: '' }))).toBe(403)
  })

  it('is not heard where no token was agreed', async () => {
    const provider = aliyunSms({ accessKeyId: 'a', accessKeySecret: 'b', signName: 'c', template })
    const open = smsChannel({ provider })
    expect(await status(open, posted([aliyunReply], `${url}?token=undefined`))).toBe(403)
    expect(await status(open, posted([aliyunReply], url))).toBe(403)
  })

  it('is refused when it cannot be read or is too long', async () => {
    expect(await status(aliyun, posted({ biz_id: 'B1' }))).toBe(400)
    expect(await status(aliyun, posted([{ biz_id: 1 }]))).toBe(400)
    expect(await status(tencent, posted({ mobile: 1 }))).toBe(400)
    expect(await status(twilio, form({ a: 'b' }))).toBe(400)
    expect(await status(aliyun, posted('x'.repeat(1_048_577)))).toBe(413)
  })
})

describe('an answer that says stop', () => {
  const family = async () => {
    const crm = createCrm({ words: chineseWords() })
    await crm.hospitals.open({ name: '徐州市中心医院', zone: 'Asia/Shanghai', pack: xuzhouPack })
    const register = async (name: string, phone: string) =>
      (await crm.patients.register({ name, phones: [phone] })).id
    const both = [
      await register('王秀英', '154-0000-0001'),
      await register('李国强', '+86 15400000001'),
    ]
    const other = await register('张三', '15400000002')
    const consents = async (id: string) => {
      const seen = await crm.patients.get(id)
      return seen?.state.status === 'person' ? seen.state.consents : undefined
    }
    return { crm, both, other, consents }
  }

  it('withdraws the consent of everybody who has the number, once', async () => {
    const { crm, both, other, consents } = await family()
    const { heard } = await aliyun.receive(posted([aliyunReply]))
    expect(await withdrawConsent(crm.patients, heard)).toBe(2)
    const first = await Promise.all(both.map(consents))
    for (const one of first) expect(one).toMatchObject({ '*': { allowed: false } })
    expect(await consents(other)).toEqual({})
    expect(await withdrawConsent(crm.patients, heard)).toBe(2)
    expect(await Promise.all(both.map(consents))).toEqual(first)
  })

  it('does so for one purpose when told, and another answer for none', async () => {
    const { crm, both, consents } = await family()
    const thanks = await aliyun.receive(posted([{ ...aliyunReply, content: '谢谢' }]))
    expect(await withdrawConsent(crm.patients, thanks.heard)).toBe(0)
    const { heard } = await aliyun.receive(posted([aliyunReply]))
    await withdrawConsent(crm.patients, heard, { purpose: 'satisfaction' })
    expect(Object.keys((await consents(both[0] ?? '')) ?? {})).toEqual(['satisfaction'])
  })
})
