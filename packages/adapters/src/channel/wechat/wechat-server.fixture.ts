import { type Reaction, type Seen, serve } from '../local-server.fixture.ts'

export const secret = 'a-secret-that-no-log-may-hold'

/** A follower or member that these servers do not know. */
export const stranger = 'oStranger'

const answered = (value: object): Reaction => ({ status: 200, body: JSON.stringify(value) })
const failed = (errcode: number) => answered({ errcode, errmsg: `not for ${stranger}` })

/** What stands in a posted message of either kind. */
interface Body {
  readonly touser: string
  readonly client_msg_id?: string
  readonly data?: { readonly text: { readonly value: string } }
  readonly text?: { readonly content: string }
  readonly enable_duplicate_check?: number
}

interface Dialect {
  /** Whether a request asks for a token, with the right secret. */
  readonly asks: (seen: Seen) => 'no' | 'rightly' | 'wrongly'
  readonly text: (body: Body) => string
  readonly key: (body: Body) => string
  readonly refuse: () => Reaction
}

const rightly = (is: boolean) => (is ? 'rightly' : 'wrongly')

export const officialAccount: Dialect = {
  asks: ({ path, method, body }) => {
    if (path !== '/cgi-bin/stable_token' || method !== 'POST') return 'no'
    const said = JSON.parse(body)
    return rightly(said.secret === secret && said.grant_type === 'client_credential')
  },
  text: ({ data }) => data?.text.value ?? '',
  key: ({ client_msg_id = '' }) => client_msg_id,
  refuse: () => failed(40003),
}

export const wecom: Dialect = {
  asks: ({ path, method }) => {
    const { pathname, searchParams } = new URL(path, 'http://x')
    if (pathname !== '/cgi-bin/gettoken' || method !== 'GET') return 'no'
    return rightly(searchParams.get('corpsecret') === secret)
  },
  text: ({ text }) => text?.content ?? '',
  key: (body) =>
    body.enable_duplicate_check === 1 ? JSON.stringify([body.touser, body.text]) : '',
  refuse: () => answered({ errcode: 0, errmsg: 'ok', invaliduser: stranger }),
}

/** WeChat on loopback: gives tokens, takes messages under the newest, and drops the second copy of one. */
export const wechatServer = async (dialect: Dialect) => {
  const taken: { to: string; text: string }[] = []
  const keys = new Set<string>()
  const state = { tokens: 0, seconds: 7200, react: undefined as Reaction | number | undefined }
  const { url, seen, close } = await serve((request) => {
    const asks = dialect.asks(request)
    if (asks === 'wrongly') return failed(40125)
    if (asks === 'rightly') {
      state.tokens += 1
      return answered({ access_token: `token-${state.tokens}`, expires_in: state.seconds })
    }
    if (typeof state.react === 'number') return failed(state.react)
    if (state.react !== undefined) return state.react
    const token = new URL(request.path, 'http://x').searchParams.get('access_token')
    if (token !== `token-${state.tokens}`) return failed(42001)
    const body: Body = JSON.parse(request.body)
    if (body.touser === stranger) return dialect.refuse()
    const key = dialect.key(body)
    if (!keys.has(key)) taken.push({ to: body.touser, text: dialect.text(body) })
    keys.add(key)
    return answered({ errcode: 0, errmsg: 'ok', msgid: `M${taken.length}` })
  })
  return { url, seen, taken, state, close }
}
