import { channelContract, type Outside } from '@hospital-crm/core/testing'
import { describe, expect, it } from 'vitest'
import { cert, certKey } from '../certificate.fixture.ts'
import { outsideKey } from '../lanes.ts'
import { type SmtpChannelOptions, smtpChannel } from './index.ts'
import { mailServer, rudeServer } from './mail-server.fixture.ts'
import { answer, failed, posted, report, token, url } from './mails.fixture.ts'

const to = 'ward@hospital.example'
const from = '徐州市中心医院 <crm@hospital.example>'
const relay = (port: number, more: Partial<SmtpChannelOptions> = {}) =>
  smtpChannel({ host: '127.0.0.1', port, encryption: 'none', from, ...more })

channelContract(
  async () => {
    const { port, mails, close } = await mailServer()
    const channel = relay(port, { pushToken: token })
    const arrived = async () => mails
    const wrote = (text: string) => answer(text).replaceAll('wang@example.org', to)
    const outside: Outside = {
      receipt: (id, arrived) => {
        const action = arrived ? 'delivered' : 'failed'
        return posted(
          report(failed.replace('failed', action), { envelope: `Original-Envelope-Id: ${id}\n` }),
        )
      },
      reply: (text) => posted(wrote(text)),
      forged: () => posted(wrote('退订'), `${url}?token=guessed`),
    }
    const impossible = 'gone@hospital.example'
    const elsewhere = 'other@hospital.example'
    return { channel, arrived, address: to, elsewhere, impossible, disturb: close, outside }
  },
  { name: 'the SMTP channel' },
)

const sent = async (more: Partial<SmtpChannelOptions> = {}, message: object = {}) => {
  const server = await mailServer()
  const channel = relay(server.port, more)
  const [delivery] = await channel.send([{ id: 'm1', to, text: '您好', ...message }])
  return { ...server, delivery, mail: server.mails[0] }
}

describe('an e-mail', () => {
  it('has its subject and text in any script, and one Message-ID over every attempt', async () => {
    const subject = '出院随访 — Zoë’s visit 🙂'
    const text = '您好,王女士:\n.第二行\n\nЗдравствуйте — é\n'
    const { mail, delivery } = await sent({}, { subject, text })
    expect(delivery).toMatchObject({ outcome: 'sent' })
    expect(mail?.headers.subject).toBe(subject)
    expect(mail?.text).toBe(text.trimEnd())
    expect(mail?.headers.from).toBe(from)
    expect(mail?.headers['message-id']).toBe(
      `<${outsideKey({ id: 'm1', to, text })}@hospital.example>`,
    )
    expect(mail?.headers['auto-submitted']).toBe('auto-generated')
    const again = await sent({}, { subject, text })
    expect(again.mail?.headers['message-id']).toBe(mail?.headers['message-id'])
  })

  it('has HTML beside its text where the host makes some', async () => {
    const { mail } = await sent({ html: ({ text }) => `<p>${text.length} characters</p>` })
    expect(mail?.headers['content-type']).toContain('multipart/alternative')
    expect(mail?.raw).toContain('<p>2 characters</p>')
  })

  it('gets no header, line or recipient from what stands in it', async () => {
    const subject = 'Hello\r\nBcc: thief@evil.example\r\n\r\nYour account\u2028X: y\u0000'
    const { mails, mail } = await sent({}, { subject, text: '.\r\nQUIT\r\nMAIL FROM:<x@y>\r\n' })
    expect(mails).toHaveLength(1)
    expect(Object.keys(mail?.headers ?? {}).sort()).toEqual([
      'auto-submitted',
      'content-transfer-encoding',
      'content-type',
      'date',
      'from',
      'message-id',
      'mime-version',
      'subject',
      'to',
    ])
    expect(mail?.headers.subject).toBe('Hello Bcc: thief@evil.example Your account X: y')
    expect(mail?.text).toBe('.\nQUIT\nMAIL FROM:<x@y>')
  })

  it.each([
    'ward@hospital.example\r\nRCPT TO:<thief@evil.example>',
    'ward@hospital.example, thief@evil.example',
    'ward@hospital.example>\nDATA',
    'Ward <ward@hospital.example>',
    'group: a@b.example, c@d.example;',
    '"a b"@hospital.example',
    'ward',
    '@hospital.example',
    '',
    `${'a'.repeat(250)}@b.cn`,
  ])('is not for %j', async (address) => {
    const { delivery, mails } = await sent({}, { to: address })
    expect(delivery).toEqual({ outcome: 'rejected' })
    expect(mails).toEqual([])
  })
})

describe('a mail server', () => {
  const outcome = async (port: number, address = to) => {
    const logged: string[] = []
    const log = (...line: unknown[]) => logged.push(JSON.stringify(line))
    const channel = relay(port, { logger: { info: log, warn: log } })
    const [delivery] = await channel.send([{ id: 'm1', to: address, text: '您好' }])
    return [delivery?.outcome, ...logged.map((line) => /"code":"([^"]+)"/.exec(line)?.[1])]
  }

  it('that refuses a recipient for good or for a while is taken at its word', async () => {
    const { port } = await mailServer()
    expect(await outcome(port, 'gone@hospital.example')).toEqual(['rejected', '550-5.1.1'])
    expect(await outcome(port, 'full@hospital.example')).toEqual(['try-later', '452-4.2.2'])
  })

  it('that refuses a text for good or for a while is taken at its word', async () => {
    const { port, state } = await mailServer()
    state.data = 554
    expect(await outcome(port)).toEqual(['rejected', '554'])
    state.data = 451
    expect(await outcome(port)).toEqual(['try-later', '451'])
  })

  it('that refuses us, our sender or our password may be reached later', async () => {
    const refused = (at: 'onMailFrom' | 'onConnect') =>
      mailServer({
        [at]: (_: unknown, ...rest: unknown[]) =>
          (rest.at(-1) as (fault: Error) => void)(
            Object.assign(new Error('not you'), { responseCode: 550 }),
          ),
      })
    expect((await outcome((await refused('onMailFrom')).port))[0]).toBe('try-later')
    expect((await outcome((await refused('onConnect')).port))[0]).toBe('try-later')
  })

  it.each([
    ['connect', 'try-later'],
    ['RCPT', 'try-later'],
    ['DATA', 'try-later'],
    ['text', 'unknown'],
  ] as const)('that is gone after %s leaves the message as %s', async (moment, expected) => {
    const { port, received } = await rudeServer(moment)
    expect((await outcome(port))[0]).toBe(expected)
    expect(received().endsWith('\r\n.\r\n')).toBe(moment === 'text')
  })

  it('that refuses one message takes the next of the same batch', async () => {
    const { port, mails } = await mailServer()
    const addresses = ['gone@a.example', 'one@a.example', 'full@a.example', 'two@a.example']
    const channel = relay(port, { width: 1 })
    const batch = addresses.map((address, at) => ({ id: `m${at}`, to: address, text: 'x' }))
    const outcomes = (await channel.send(batch)).map((each) => each.outcome)
    expect(outcomes).toEqual(['rejected', 'sent', 'try-later', 'sent'])
    expect(mails.map((mail) => mail.to)).toEqual(['one@a.example', 'two@a.example'])
  })
})

describe('a password', () => {
  const auth = { user: 'crm', pass: 'a-secret-that-no-log-may-hold' }
  const encrypted = async (encryption: 'starttls' | 'tls', password = auth.pass) => {
    const asked: string[] = []
    const server = await mailServer({
      secure: encryption === 'tls',
      disabledCommands: [],
      authOptional: false,
      cert,
      key: certKey.toString(),
      onAuth: ({ username = '', password: given }, _, done) => {
        asked.push(username)
        if (given !== password) return done(new Error('no'))
        done(null, { user: username })
      },
    })
    const dial = { host: '127.0.0.1', port: server.port, encryption, from, auth }
    const send = (more: Partial<SmtpChannelOptions>) =>
      smtpChannel({ ...dial, ...more }).send([{ id: 'm', to, text: 'x' }])
    return { ...server, send, asked }
  }

  it('goes nowhere in clear', () => {
    const open = () => smtpChannel({ host: 'x', encryption: 'none', from, auth })
    expect(open).toThrow('smtp.password-in-clear')
  })

  it.each(['starttls', 'tls'] as const)(
    'goes over %s to whoever has a certificate that holds, and to nobody else',
    async (encryption) => {
      const { send, asked, mails } = await encrypted(encryption)
      expect(await send({})).toEqual([{ outcome: 'try-later' }])
      expect([asked, mails]).toEqual([[], []])
      expect(await send({ ca: cert })).toMatchObject([{ outcome: 'sent' }])
      expect([asked, mails.length]).toEqual([['crm'], 1])
    },
  )

  it('that is wrong today may be right later, and stands in no log', async () => {
    const logged: unknown[] = []
    const log = (...line: unknown[]) => logged.push(line)
    const { send } = await encrypted('tls', 'another')
    const logger = { info: log, warn: log }
    expect(await send({ ca: cert, logger })).toEqual([{ outcome: 'try-later' }])
    expect(JSON.stringify(logged)).toContain('"code":"535')
    expect(JSON.stringify(logged)).not.toMatch(/a-secret|ward@/)
  })

  it('and the message with it are not given to a server without encryption', async () => {
    const asked: string[] = []
    const { port, mails } = await mailServer({
      allowInsecureAuth: true,
      onAuth: ({ username = '' }, _, done) => {
        asked.push(username)
        done(null, { user: username })
      },
    })
    for (const more of [{ auth }, {}]) {
      const channel = smtpChannel({ host: '127.0.0.1', port, from, ...more })
      expect(await channel.send([{ id: 'm', to, text: 'x' }])).toEqual([{ outcome: 'try-later' }])
    }
    expect([asked, mails]).toEqual([[], []])
  })
})

it('refuses a sender that is no address', () => {
  for (const bad of ['', 'crm', 'Hospital <>']) {
    expect(() => smtpChannel({ host: 'x', from: bad })).toThrow('smtp.bad-sender')
  }
})
