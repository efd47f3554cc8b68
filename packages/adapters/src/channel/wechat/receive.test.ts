import { describe, expect, it } from 'vitest'
import { document, encodingAesKey, plainCall, sealedCall, token } from './callback.fixture.ts'
import { type CallbackOptions, wechatChannel, wecomChannel } from './index.ts'

const account = (callback: CallbackOptions = { token }) =>
  wechatChannel({ appId: 'wx1', secret: 's', template: () => undefined, callback })
const company = (callback: Partial<CallbackOptions> = {}, corpId = 'wx5823bf96d3bd56c7') =>
  wecomChannel({
    corpId,
    secret: 's',
    agentId: 218,
    callback: { token, encodingAesKey, ...callback },
  })

const from = { ToUserName: 'gh_7f083739789a', FromUserName: 'oFollower1', CreateTime: 1395658920 }
const finished = (Status: string, MsgID = 200163836) =>
  document({ ...from, MsgType: 'event', Event: 'TEMPLATESENDJOBFINISH', MsgID, Status })
const text = (Content: string) =>
  document({ ...from, MsgType: 'text', Content, MsgId: '23577266093451512' })

describe('what WeChat calls an official account back with', () => {
  it('is what became of a message, thanked for as it asks', async () => {
    const { heard, response } = await account().receive(plainCall(finished('success')))
    expect(heard).toEqual([
      {
        type: 'receipt',
        key: '200163836:success',
        providerId: '200163836',
        arrived: true,
        code: 'success',
      },
    ])
    expect(await response.text()).toBe('success')
    for (const [status, code] of [
      ['failed:user block', 'failed:user-block'],
      ['failed: system failed', 'failed:-system-failed'],
    ] as const) {
      const { heard } = await account().receive(plainCall(finished(status)))
      expect(heard).toMatchObject([{ arrived: false, code }])
    }
  })

  it('names the message by the id that WeChat gave, however many digits that has', async () => {
    const id = '2463258464783802369'
    const answers = ['{"access_token":"t","expires_in":7200}', `{"errcode":0,"msgid":${id}}`]
    const channel = wechatChannel({
      ...{ appId: 'wx1', secret: 's', callback: { token } },
      template: () => ({ id: 'T1', data: {} }),
      fetch: async () => new Response(answers.shift()),
    })
    const sent = await channel.send([{ id: 'm', to: 'oFollower1', text: 'x' }])
    expect(sent).toEqual([{ outcome: 'sent', providerId: id }])
    const { heard } = await channel.receive(plainCall(finished('success').replace('200163836', id)))
    expect(heard).toMatchObject([{ providerId: id }])
  })

  it('is what a follower answers', async () => {
    const { heard } = await account().receive(plainCall(text('退订')))
    expect(heard).toEqual([
      ...[{ type: 'reply', key: '23577266093451512', from: ['oFollower1'] }].map((each) => {
        return { ...each, text: '退订', stop: true }
      }),
    ])
    const thanks = await account().receive(plainCall(text('谢谢 <b>&</b>')))
    expect(thanks.heard).toMatchObject([{ text: '谢谢 <b>&</b>', stop: false }])
  })

  it('is that one follows no more, under a key that names nobody', async () => {
    const gone = document({ ...from, MsgType: 'event', Event: 'unsubscribe', EventKey: '' })
    const [first, again] = [
      await account().receive(plainCall(gone)),
      await account().receive(plainCall(gone, { now: Date.now() - 5000 })),
    ]
    expect(first.heard).toMatchObject([{ type: 'reply', from: ['oFollower1'], stop: true }])
    expect(first.heard[0]?.key).toBe(again.heard[0]?.key)
    expect(first.heard[0]?.key).not.toContain('oFollower1')
  })

  it('is nothing that concerns messages most of the time', async () => {
    const events = ['subscribe', 'CLICK', 'LOCATION'].map((Event) =>
      document({ ...from, MsgType: 'event', Event }),
    )
    const image = document({ ...from, MsgType: 'image', PicUrl: 'http://x', MsgId: '1' })
    for (const xml of [...events, image]) {
      const { heard, response } = await account().receive(plainCall(xml))
      expect([heard, await response.text()]).toEqual([[], 'success'])
    }
  })

  it('is heard where it is encrypted, and then not otherwise', async () => {
    const sealed = account({ token, encodingAesKey })
    const { heard } = await sealed.receive(sealedCall(finished('success'), 'wx1'))
    expect(heard).toMatchObject([{ providerId: '200163836', arrived: true }])
    await expect(sealed.receive(plainCall(finished('success')))).rejects.toMatchObject({
      code: 'channel.not-authentic',
    })
  })
})

describe('an address that WeChat verifies', () => {
  it('echoes the challenge of the one who knows the token', async () => {
    const query = new URL(plainCall('').url).search
    const asked = new Request(`https://crm.example/${query}&echostr=5838479218127813673`)
    const { heard, response } = await account().receive(asked)
    expect([heard, await response.text()]).toEqual([[], '5838479218127813673'])
    expect(response.headers.get('content-type')).toMatch(/^text\/plain/)
    const forged = new Request(
      `https://crm.example/${query}&echostr=1`.replace('nonce=', 'nonce=0'),
    )
    await expect(account().receive(forged)).rejects.toThrow('channel.not-authentic')
  })

  it('gives back the documented example of WeCom', async () => {
    const query = new URLSearchParams({
      msg_signature: '5c45ff5e21c57e6ad56bac8758b79b1d9ac89fd3',
      timestamp: '1409659589',
      nonce: '263014780',
      echostr:
        'P9nAzCzyDtyTWESHep1vC5X9xho/qYX3Zpb4yKa9SKld1DsH3Iyt3tP3zNdtp+4RPcs8TgAE7OaBO+FZXvnaqQ==',
    })
    const channel = company({ now: () => 1_409_659_589_000 })
    const { response } = await channel.receive(new Request(`https://crm.example/?${query}`))
    expect(await response.text()).toBe('1616140317555161061')
  })
})

describe('what WeCom calls back with', () => {
  const encrypted =
    'RypEvHKD8QQKFhvQ6QleEB4J58tiPdvo+rtK1I9qca6aM/wvqnLSV5zEPeusUiX5L5X/0lWfrf0QADHHhGd3QczcdCUpj911L3vg3W/sYYvuJTs3TUUkSUXxaccAS0qhxchrRYt66wiSpGLYL42aM6A8dTT+6k4aSknmPj48kzJs8qLjvd4Xgpue06DOdnLxAUHzM6+kDZ+HMZfJYuR+LtwGc2hgf5gsijff0ekUNXZiqATP7PF5mZxZ3Izoun1s4zG4LUMnvw2r+KqCKIw+3IQH03v+BCA9nMELNqbSf6tiWSrXJB3LAVGUcallcrw8V2t9EL4EhzJWrQUax5wLVMNS0+rUPA3k22Ncx4XXZS9o0MBH27Bo6BpNelZpS+/uh9KsNlY6bHCmJU9p8g7m3fVKn28H3KDYA5Pl/T8Z1ptDAVe0lXdQ2YoyyH2uyPIGHBZZIs2pDBS8R07+qN+E7Q=='
  const documented = (Encrypt = encrypted) => {
    const query = 'msg_signature=477715d11cdb4164915debcba66cb864d751f3e6'
    return new Request(`https://crm.example/?${query}&timestamp=1409659813&nonce=1372623149`, {
      method: 'POST',
      body: document({ ToUserName: 'wx5823bf96d3bd56c7', Encrypt, AgentID: '218' }),
    })
  }
  const now = () => 1_409_659_813_000

  it('is, in its documented example, what a member wrote', async () => {
    const { heard, response } = await company({ now }).receive(documented())
    expect(heard).toEqual([
      {
        type: 'reply',
        key: '4561255354251345929',
        from: ['mycreate'],
        text: 'hello',
        stop: false,
      },
    ])
    expect([response.status, await response.text()]).toEqual([200, ''])
  })

  it('is refused when it was changed, is for another company, or comes late', async () => {
    const refused = expect.objectContaining({ code: 'channel.not-authentic', details: {} })
    const changed = documented(encrypted.replace('RypE', 'RypF'))
    await expect(company({ now }).receive(changed)).rejects.toEqual(refused)
    await expect(company({ now }, 'ww2').receive(documented())).rejects.toEqual(refused)
    await expect(company().receive(documented())).rejects.toEqual(refused)
  })
})

describe('a call that is not WeChat’s', () => {
  const code = async (channel: ReturnType<typeof account>, request: Request) => {
    const error = await channel.receive(request).catch((each: unknown) => each)
    expect(String(error)).not.toMatch(/oFollower1|退订/)
    return (error as { code?: string }).code
  }

  it('is refused for its signature or its time', async () => {
    const call = (said: Parameters<typeof plainCall>[1]) => plainCall(text('退订'), said)
    const authentic = 'channel.not-authentic'
    expect(await code(account(), call({ by: 'another' }))).toBe(authentic)
    expect(await code(account({ token: '' }), call({ by: '' }))).toBe(authentic)
    expect(await code(account(), call({ now: Date.now() - 301_000 }))).toBe(authentic)
    expect(await code(account(), call({ now: Date.now() + 302_000 }))).toBe(authentic)
    expect(await code(account(), new Request('https://x/', { method: 'POST' }))).toBe(authentic)
    const deaf = wechatChannel({ appId: 'wx1', secret: 's', template: () => undefined })
    expect(await code(deaf, call({}))).toBe(authentic)
  })

  it('is refused when it cannot be read', async () => {
    const unreadable = 'channel.unreadable'
    expect(await code(account(), plainCall('退订'))).toBe(unreadable)
    expect(await code(account(), plainCall('<!DOCTYPE x><xml/>'))).toBe(unreadable)
    const sealed = account({ token, encodingAesKey })
    expect(await code(sealed, sealedCall('oFollower1', 'wx1'))).toBe(unreadable)
    expect(await code(sealed, sealedCall(text('退订'), 'wx2'))).toBe('channel.not-authentic')
    const cut = plainCall(document({ Encrypt: 'AAAA' }))
    expect(await code(sealed, cut)).toBe('channel.not-authentic')
    expect(await code(account(), plainCall('x'.repeat(1_048_577)))).toBe('channel.too-large')
  })
})
