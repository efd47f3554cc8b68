import { channelContract } from '@hospital-crm/core/testing'
import { describe, expect, it } from 'vitest'
import { document, encodingAesKey, plainCall, sealedCall, token } from './callback.fixture.ts'
import {
  type OfficialAccountOptions,
  type WecomOptions,
  wechatChannel,
  wecomChannel,
} from './index.ts'
import { officialAccount, secret, stranger, wechatServer, wecom } from './wechat-server.fixture.ts'

const template: OfficialAccountOptions['template'] = ({ text }) =>
  text === 'no words' ? undefined : { id: 'T1', data: { text } }
/** What the follower, or the member, of the contract writes. */
const wrote = (Content: string) =>
  document({
    ...{ FromUserName: 'oFollower1', CreateTime: 1, MsgType: 'text' },
    ...{ Content, MsgId: `2357726609345${Content.length}` },
  })
const finished = (MsgID: string, Status: string) =>
  document({
    ...{ FromUserName: 'oFollower1', CreateTime: 1, MsgType: 'event' },
    ...{ Event: 'TEMPLATESENDJOBFINISH', MsgID, Status },
  })
const kinds = {
  'an official account': {
    dialect: officialAccount,
    make: (endpoint: string, more: Partial<OfficialAccountOptions & WecomOptions> = {}) =>
      wechatChannel({ appId: 'wx1', secret, template, endpoint, callback: { token }, ...more }),
    outside: {
      receipt: (id: string, arrived: boolean) =>
        plainCall(finished(id, arrived ? 'success' : 'failed:user block')),
      reply: (text: string) => plainCall(wrote(text)),
      forged: () => plainCall(wrote('退订'), { by: 'guessed' }),
    },
  },
  WeCom: {
    dialect: wecom,
    make: (endpoint: string, more: Partial<OfficialAccountOptions & WecomOptions> = {}) =>
      wecomChannel({
        ...{ corpId: 'ww1', secret, agentId: 1000002, endpoint },
        callback: { token, encodingAesKey },
        ...more,
      }),
    outside: {
      reply: (text: string) => sealedCall(wrote(text), 'ww1'),
      forged: () => sealedCall(wrote('退订'), 'ww1', { by: 'guessed' }),
    },
  },
}
type Kind = keyof typeof kinds
const names = Object.keys(kinds) as Kind[]

for (const name of names) {
  channelContract(
    async () => {
      const { url, taken, close } = await wechatServer(kinds[name].dialect)
      const channel = kinds[name].make(url)
      const arrived = async () => taken
      const disturb = async () => close()
      const { outside } = kinds[name]
      const [address, elsewhere] = ['oFollower1', 'oFollower2']
      return { channel, arrived, address, elsewhere, impossible: stranger, disturb, outside }
    },
    { name: `the WeChat channel of ${name}` },
  )
}

const opened = async (name: Kind, more: Partial<OfficialAccountOptions & WecomOptions> = {}) => {
  const server = await wechatServer(kinds[name].dialect)
  const logged: unknown[] = []
  const log = (...line: unknown[]) => logged.push(line)
  const channel = kinds[name].make(server.url, { logger: { info: log, warn: log }, ...more })
  let sent = 0
  const send = (...texts: string[]) =>
    channel.send(texts.map((text, at) => ({ id: `m${sent++}`, to: `o${at}`, text })))
  return { ...server, channel, send, logged: () => JSON.stringify(logged) }
}
const outcomes = (deliveries: readonly { outcome: string }[]) =>
  deliveries.map(({ outcome }) => outcome)

describe.each(names)('an access token of %s', (name) => {
  it('is asked for once, however many messages need it', async () => {
    const { send, state } = await opened(name, { width: 8 })
    expect(outcomes(await send(...'abcdefgh'))).toEqual(Array(8).fill('sent'))
    await send('later')
    expect(state.tokens).toBe(1)
  })

  it('is asked for again when its time is nearly over', async () => {
    const { send, state } = await opened(name)
    state.seconds = 300
    await send('a')
    await send('b')
    expect(state.tokens).toBe(2)
  })

  it('that WeChat no longer takes is replaced once, for all who held it', async () => {
    const { send, state, taken } = await opened(name, { width: 4 })
    await send('a')
    // Somebody else had one made: ours is over.
    state.tokens += 1
    expect(outcomes(await send('b', 'c', 'd', 'e'))).toEqual(Array(4).fill('sent'))
    expect(taken).toHaveLength(5)
    expect(state.tokens).toBe(3)
  })

  it.each([40001, 40014, 42001])(
    'that is never taken (%i) keeps the message for later',
    async (errcode) => {
      const { send, state, logged } = await opened(name)
      state.react = errcode
      expect(await send('a')).toEqual([{ outcome: 'try-later' }])
      expect(state.tokens).toBe(2)
      expect(logged()).toContain(`"code":"${errcode}"`)
    },
  )

  it('that is not given keeps the message for later, and says why without the secret', async () => {
    const { send, logged, seen } = await opened(name, { secret: `${secret}-wrong` })
    expect(await send('a')).toEqual([{ outcome: 'try-later' }])
    expect(logged()).toContain('"code":"token-40125"')
    expect(logged()).not.toMatch(/a-secret|token-1/)
    expect(seen).toHaveLength(1)
  })
})

describe.each(names)('a message of %s', (name) => {
  it('that was perhaps taken arrives once when it is sent again', async () => {
    const { url, taken, close } = await wechatServer(kinds[name].dialect)
    const message = { id: 'm1', to: 'oFollower1', text: '您好' }
    // Two processes: the second knows nothing of the first.
    for (const _ of [1, 2]) {
      expect(outcomes(await kinds[name].make(url).send([message]))).toEqual(['sent'])
    }
    expect(taken).toEqual([{ to: 'oFollower1', text: '您好' }])
    close()
  })

  it.each([
    ['say nothing', 'unknown'],
    ['hang up', 'unknown'],
    [{ status: 502, body: '<html>' }, 'unknown'],
    [-1, 'try-later'],
    [45009, 'try-later'],
    [40003, 'rejected'],
  ] as const)('that meets %j is %s', async (reaction, outcome) => {
    const more = reaction === 'say nothing' ? { timeout: 250 } : {}
    const { send, state, logged } = await opened(name, more)
    await send('first')
    state.react = reaction
    expect(outcomes(await send('您好,王秀英'))).toEqual([outcome])
    expect(logged()).not.toMatch(/token-1|王秀英|"o0"/)
  })
})

describe('a template message', () => {
  it('that has no template, or goes to nobody who follows, is rejected', async () => {
    const { send, state } = await opened('an official account')
    expect(await send('no words')).toEqual([{ outcome: 'rejected' }])
    for (const errcode of [43004, 43101]) {
      state.react = errcode
      expect(await send('x')).toEqual([{ outcome: 'rejected' }])
    }
  })

  it('leads to a page or a mini program', async () => {
    const url = 'https://crm.example/s/1'
    const miniProgram = { appId: 'wx2', page: 'pages/survey?id=1' }
    const { send, seen } = await opened('an official account', {
      template: ({ text }) => ({ id: 'T1', data: { text }, url, miniProgram }),
    })
    await send('x')
    expect(JSON.parse(seen.at(-1)?.body ?? '')).toMatchObject({
      template_id: 'T1',
      url,
      miniprogram: { appid: 'wx2', pagepath: 'pages/survey?id=1' },
    })
  })
})

describe('a message to staff', () => {
  it('goes to one member, never to several or to all', async () => {
    const { channel, seen } = await opened('WeCom')
    for (const to of ['@all', 'li|wang', '', 'li wang', 'a'.repeat(65)]) {
      expect(await channel.send([{ id: to, to, text: 'x' }])).toEqual([{ outcome: 'rejected' }])
    }
    expect(seen).toEqual([])
  })

  it('is rejected rather than cut', async () => {
    const { send, taken } = await opened('WeCom')
    expect(outcomes(await send('随'.repeat(682)))).toEqual(['sent'])
    expect(outcomes(await send('随'.repeat(683)))).toEqual(['rejected'])
    expect(taken).toHaveLength(1)
  })
})
