import { channelContract } from '@hospital-crm/core/testing'
import { describe, expect, it } from 'vitest'
import { outsideKey } from '../lanes.ts'
import type { Reaction } from '../local-server.fixture.ts'
import { smsChannel } from './index.ts'
import {
  outsides,
  type ProviderName,
  providerAtWork,
  providerNames,
  refused,
  secret,
} from './providers.fixture.ts'

const phone = '15400000001'

for (const name of providerNames) {
  channelContract(
    async () => {
      const { provider, taken, react } = await providerAtWork(name)
      const disturb = async () => react('hang up')
      const channel = smsChannel({ provider })
      const arrived = async () => taken
      const outside = outsides[name]
      const elsewhere = '15400000002'
      return { channel, arrived, address: phone, elsewhere, impossible: refused, disturb, outside }
    },
    { name: `the SMS channel by ${name}` },
  )
}

const sending = async (name: ProviderName, reaction: Reaction | string | undefined, to = phone) => {
  const work = await providerAtWork(name)
  const logged: unknown[] = []
  const log = (...line: unknown[]) => logged.push(line)
  const logger = { info: log, warn: log }
  const channel = smsChannel({
    provider: work.provider,
    logger,
    // Only what is never answered may be given up soon, however slow the machine is.
    ...(reaction === 'say nothing' && { timeout: 150 }),
  })
  work.react(reaction)
  const send = async (text = '您好', id = 'm1') => (await channel.send([{ id, to, text }]))[0]
  return { ...work, channel, send, logged: () => JSON.stringify(logged) }
}

describe.each(providerNames)('a text message by %s', (name) => {
  it('goes under a signature that holds, in any script, and comes back with the provider’s id', async () => {
    const { send, taken } = await sending(name, undefined)
    expect(await send("您好 Zoë & 50% + a=b?'*~() 🙂\n再见")).toEqual({
      outcome: 'sent',
      providerId: 'B1',
    })
    expect(taken[0]?.text).toBe("您好 Zoë & 50% + a=b?'*~() 🙂\n再见")
    const message = { id: 'm1', to: phone, text: taken[0]?.text ?? '' }
    if (name !== 'twilio') expect(taken[0]?.key).toBe(outsideKey(message))
  })

  it('may have left when no answer comes, or none that can be read', async () => {
    for (const reaction of ['say nothing', 'hang up'] as const) {
      expect(await (await sending(name, reaction)).send()).toEqual({ outcome: 'unknown' })
    }
    for (const status of [502, 504]) {
      const { send } = await sending(name, { status, body: '<html>Bad gateway</html>' })
      expect(await send()).toEqual({ outcome: 'unknown' })
    }
    const long = await sending(name, { status: 200, body: ' '.repeat(70_000) })
    expect(await long.send()).toEqual({ outcome: 'unknown' })
  })

  it('is rejected for what is no mobile number, too long or has no words, before anything is sent', async () => {
    const { channel, send, seen } = await sending(name, undefined)
    const landline = await channel.send([{ id: 'm', to: '0516-83950000', text: '您好' }])
    expect(landline).toEqual([{ outcome: 'rejected' }])
    expect(await send('长'.repeat(537))).toEqual({ outcome: 'rejected' })
    if (name !== 'twilio') expect(await send('no words')).toEqual({ outcome: 'rejected' })
    expect(seen).toEqual([])
    expect(await send('长'.repeat(536))).toMatchObject({ outcome: 'sent' })
  })

  it('leaves neither number, text nor secret in the log, whatever the provider says', async () => {
    const codes = name === 'twilio' ? ['15400000009'] : ['isv.X', `isv.${phone}`, phone, '<b>']
    for (const code of codes) {
      const { send, logged } = await sending(name, code)
      await send('王秀英')
      expect(logged()).toContain('"message":"m1"')
      expect(logged()).not.toMatch(/1540000|王秀英|<b>/)
      expect(logged()).not.toContain(secret)
    }
  })
})

describe('what a provider says', () => {
  it.each<[ProviderName, string, string]>([
    ['aliyun', 'isv.MOBILE_NUMBER_ILLEGAL', 'rejected'],
    ['aliyun', 'isv.BLACK_KEY_CONTROL_LIMIT', 'rejected'],
    ['aliyun', 'isv.BUSINESS_LIMIT_CONTROL', 'try-later'],
    ['aliyun', 'isv.AMOUNT_NOT_ENOUGH', 'try-later'],
    ['aliyun', 'SignatureDoesNotMatch', 'try-later'],
    ['aliyun', 'Throttling.User', 'try-later'],
    ['aliyun', 'isp.SYSTEM_ERROR', 'unknown'],
    ['tencent', 'FailedOperation.PhoneNumberInBlacklist', 'rejected'],
    ['tencent', 'LimitExceeded.PhoneNumberDailyLimit', 'try-later'],
    ['tencent', 'FailedOperation.InsufficientBalanceInSmsPackage', 'try-later'],
    ['tencent', 'InternalError.Timeout', 'unknown'],
    ['twilio', '21610', 'rejected'],
    ['twilio', '21614', 'rejected'],
    ['twilio', '20429', 'try-later'],
  ])('%s: %s means %s', async (name, code, outcome) => {
    const { send, logged } = await sending(name, code)
    expect(await send()).toEqual({ outcome })
    expect(logged()).toContain(`"code":"${code}"`)
  })

  it('of the whole request counts as of the message', async () => {
    const body = '{"Response":{"Error":{"Code":"RequestLimitExceeded","Message":"x"}}}'
    expect(await (await sending('tencent', { status: 200, body })).send()).toEqual({
      outcome: 'try-later',
    })
    const denied = await sending('twilio', { status: 401, body: 'no' })
    expect(await denied.send()).toEqual({ outcome: 'try-later' })
    const moved = await sending('twilio', {
      status: 302,
      headers: { location: 'http://127.0.0.1:1' },
    })
    expect(await moved.send()).toEqual({ outcome: 'unknown' })
  })

  it('nowhere at all keeps the message for later', async () => {
    const { send, close } = await sending('aliyun', undefined)
    close()
    expect(await send()).toEqual({ outcome: 'try-later' })
  })
})
