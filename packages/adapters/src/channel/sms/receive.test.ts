import { createHmac } from 'node:crypto'
import { createCrm } from '@hospital-crm/core'
import { xuzhouPack } from '@hospital-crm/rules'
import { describe, expect, it } from 'vitest'
import { chineseWords } from '../../words/chinese/index.ts'
import { aliyunSms, smsChannel, tencentSms, twilioSms } from './index.ts'

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

/** The forms in which records may hold the number of the answers here. */
const numbers = ['+8615400000001', '15400000001']

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
      { type: 'reply', key: 'aliyun:7', from: numbers, text: 'TD', stop: true },
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
    expect(heard).toMatchObject([{ type: 'reply', from: numbers, text: '好的', stop: false }])
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
    expect(heard).toMatchObject([{ from: ['+12025550123'], stop: true, key: 'twilio:SM2' }])
    expect(await response.text()).toBe('<Response></Response>')
  })
})

describe('a request that did not come from the provider', () => {
  const refused = async (channel: typeof aliyun, request: Request, code: string) => {
    const error = await channel.receive(request).catch((each: unknown) => each)
    expect(error).toMatchObject({ code: `channel.${code}`, details: {} })
    expect(String(error)).not.toMatch(/1540000|TD/)
  }

  it('is not heard', async () => {
    await refused(aliyun, posted([aliyunReply], url), 'not-authentic')
    await refused(aliyun, posted([aliyunReply], `${url}?token=`), 'not-authentic')
    await refused(tencent, posted([], `${url}?token=${token}x`), 'not-authentic')
    await refused(twilio, form({ MessageSid: 'x' }, 'another'), 'not-authentic')
    await refused(twilio, new Request(url, { method: 'POST', body: '' }), 'not-authentic')
  })

  it('is not heard where no token was agreed', async () => {
    const provider = aliyunSms({ accessKeyId: 'a', accessKeySecret: 'b', signName: 'c', template })
    const open = smsChannel({ provider })
    await refused(open, posted([aliyunReply], `${url}?token=undefined`), 'not-authentic')
    await refused(open, posted([aliyunReply], url), 'not-authentic')
  })

  it('is refused when it cannot be read or is too long', async () => {
    await refused(aliyun, posted({ biz_id: 'B1' }), 'unreadable')
    await refused(aliyun, posted([{ biz_id: 1, phone: '15400000001' }]), 'unreadable')
    await refused(tencent, posted({ mobile: 15400000001 }), 'unreadable')
    await refused(twilio, form({ a: 'b' }), 'unreadable')
    await refused(aliyun, posted('x'.repeat(1_048_577)), 'too-large')
  })
})

it('withdraws the consent of everybody who has the number, however it is written', async () => {
  const crm = createCrm({ words: chineseWords(), channels: [aliyun] })
  await crm.hospitals.open({ name: '徐州市中心医院', zone: 'Asia/Shanghai', pack: xuzhouPack })
  const register = async (name: string, phone: string) =>
    (await crm.patients.register({ name, phones: [phone] })).id
  const both = [
    await register('王秀英', '154-0000-0001'),
    await register('李国强', '+86 15400000001'),
  ]
  const other = await register('张三', '15400000002')
  const response = await crm.receive('sms', posted([aliyunReply]))
  expect(await response.json()).toMatchObject({ code: 0 })
  const consents = async (id: string) => {
    const seen = await crm.patients.get(id)
    return seen?.state.status === 'person' ? seen.state.consents : undefined
  }
  for (const id of both) expect(await consents(id)).toMatchObject({ '*': { allowed: false } })
  expect(await consents(other)).toEqual({})
})
