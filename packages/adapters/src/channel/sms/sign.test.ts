import { createHash, createHmac } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { canonicalQuery, signAcs3 } from './aliyun/sign.ts'
import { signTc3 } from './tencent/sign.ts'
import { signTwilioForm } from './twilio/sign.ts'

const empty = createHash('sha256').update('').digest('hex')

describe('the signature of Alibaba Cloud', () => {
  it('is the one of its documentation’s fixed example', () => {
    const request = {
      method: 'POST',
      path: '/',
      query: {
        RegionId: 'cn-shanghai',
        ImageId: 'win2019_1809_x64_dtc_zh-cn_40G_alibase_20230811.vhd',
      },
      headers: {
        host: 'ecs.cn-shanghai.aliyuncs.com',
        'x-acs-action': 'RunInstances',
        'x-acs-content-sha256': empty,
        'x-acs-date': '2023-10-26T10:22:32Z',
        'x-acs-signature-nonce': '3156853299f313e23d1673dc12e1703d',
        'x-acs-version': '2014-05-26',
      },
    }
    const key = { accessKeyId: 'YourAccessKeyId', accessKeySecret: 'YourAccessKeySecret' }
    expect(signAcs3(request, key)).toBe(
      'ACS3-HMAC-SHA256 Credential=YourAccessKeyId,SignedHeaders=host;x-acs-action;x-acs-content-sha256;x-acs-date;x-acs-signature-nonce;x-acs-version,Signature=06563a9e1b43f5dfe96b81484da74bceab24a1d853912eee15083a6f0f3283c0',
    )
  })

  it('covers a query sorted and encoded as RFC 3986 says', () => {
    const query = { b: "a!*'()~ +", a: '中', B: '' }
    expect(canonicalQuery(query)).toBe('B=&a=%E4%B8%AD&b=a%21%2A%27%28%29~%20%2B')
  })
})

describe('the signature of Tencent Cloud', () => {
  const body =
    '{"Limit": 1, "Filters": [{"Values": ["\\u672a\\u547d\\u540d"], "Name": "instance-name"}]}'
  const type = 'application/json; charset=utf-8'
  const basic = { 'content-type': type, host: 'cvm.tencentcloudapi.com' }
  const request = { service: 'cvm', headers: basic, body, timestamp: 1551113065 }

  it('is the one of its documentation’s example, by two headers', () => {
    const secretId = 'AKIDz8krbsJ5yKBZQpn74WFkmLPx3EXAMPLE'
    const secretKey = 'Gu5t9xGARNpq86cd98joQYCN3EXAMPLE'
    expect(signTc3(request, { secretId, secretKey })).toBe(
      `TC3-HMAC-SHA256 Credential=${secretId}/2019-02-25/cvm/tc3_request, SignedHeaders=content-type;host, Signature=72e494ea809ad7a8c8f7a4507b9bddcbaa8e581f516e8da2f66e2c5a96525168`,
    )
  })

  it('is the one of its documentation’s later example, by three headers', () => {
    const secretKey = '*'.repeat(32)
    const secretId = `AKID${secretKey}`
    const headers = { ...basic, 'x-tc-action': 'DescribeInstances' }
    expect(signTc3({ ...request, headers }, { secretId, secretKey })).toBe(
      `TC3-HMAC-SHA256 Credential=${secretId}/2019-02-25/cvm/tc3_request, SignedHeaders=content-type;host;x-tc-action, Signature=10b1a37a7301a02ca19a647ad722d5e43b4b3cff309d421d85b46093f6ab6c4f`,
    )
  })
})

describe('the signature of Twilio', () => {
  const form = new URLSearchParams({
    Digits: '1234',
    To: '+18005551212',
    From: '+14158675309',
    Caller: '+14158675309',
    CallSid: 'CA1234567890ABCDE',
  })

  it('is the one of its documentation’s example', () => {
    const url = 'https://mycompany.com/myapp.php?foo=1&bar=2'
    expect(signTwilioForm(url, form, '12345')).toBe('RSOYDt4T1cUTdK1PDd93/VVr8B8=')
  })

  it('takes every value of a field once, in order', () => {
    const repeated = new URLSearchParams('Sid=CA123&SidAccount=AC123&Digits=5678&Digits=1234')
    repeated.append('Digits', '1234')
    const url = 'https://mycompany.com/myapp.php?foo=1&bar=2'
    const text = `${url}Digits1234Digits5678SidCA123SidAccountAC123`
    const own = createHmac('sha1', '12345').update(text).digest('base64')
    expect(signTwilioForm(url, repeated, '12345')).toBe(own)
    expect(own).toBe('IK+Dwps556ElfBT0I3Rgjkr1wJU=')
  })
})
