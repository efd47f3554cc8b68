import type { AddressInfo, Socket } from 'node:net'
import { createServer } from 'node:net'
import { SMTPServer, type SMTPServerOptions } from 'smtp-server'
import { afterAll } from 'vitest'

/** A message as the server took it. */
export interface Mail {
  readonly to: string
  readonly headers: Readonly<Record<string, string>>
  readonly text: string
  readonly raw: string
}

const open = new Set<() => void>()
afterAll(() => {
  for (const close of open) close()
})

const decoded = (body: string, encoding: string) => {
  if (encoding === 'base64') return Buffer.from(body, 'base64').toString('utf8')
  if (encoding !== 'quoted-printable') return body
  const bytes = body
    .replace(/=\r\n/g, '')
    .replace(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
  return Buffer.from(bytes, 'latin1').toString('utf8')
}

const word = (_: string, kind: string, text: string) =>
  kind === 'B'
    ? Buffer.from(text, 'base64').toString('utf8')
    : decoded(text.replaceAll('_', ' '), 'quoted-printable')

/** Reads a message of one part, as RFC 5322 and RFC 2047 have it. */
const readMail = (to: string, raw: string): Mail => {
  const end = raw.indexOf('\r\n\r\n')
  const lines = raw
    .slice(0, end)
    .replace(/\r\n[ \t]/g, ' ')
    .split('\r\n')
  const headers = Object.fromEntries(
    lines.map((line) => {
      const [name = '', ...value] = line.split(': ')
      const whole = value.join(': ').replace(/\?=\s+=\?/g, '?==?')
      return [name.toLowerCase(), whole.replace(/=\?utf-8\?([BQ])\?([^?]*)\?=/gi, word)]
    }),
  )
  const encoding = headers['content-transfer-encoding'] ?? '7bit'
  const text = decoded(raw.slice(end + 4), encoding)
    .replaceAll('\r\n', '\n')
    .replace(/\n$/, '')
  return { to, headers, text, raw }
}

const answer = (responseCode: number, text: string) =>
  Object.assign(new Error(text), { responseCode })

/** A real mail server on loopback. `gone@…` is refused for good, `full@…` for a while. */
export const mailServer = async (options: SMTPServerOptions = {}) => {
  const mails: Mail[] = []
  const state: { data?: number } = {}
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    onRcptTo: ({ address }, _, done) => {
      if (address.startsWith('gone@')) return done(answer(550, '5.1.1 No such mailbox'))
      if (address.startsWith('full@')) return done(answer(452, '4.2.2 Mailbox full'))
      done()
    },
    onData: async (stream, { envelope }, done) => {
      const chunks: Buffer[] = []
      for await (const chunk of stream) chunks.push(chunk)
      if (state.data !== undefined) return done(answer(state.data, 'not now'))
      for (const { address } of envelope.rcptTo) {
        mails.push(readMail(address, Buffer.concat(chunks).toString('utf8')))
      }
      done()
    },
    ...options,
  })
  server.on('error', () => {})
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  open.add(() => server.close(() => {}))
  const { port } = server.server.address() as AddressInfo
  const close = () => new Promise<void>((closed) => server.close(closed))
  return { port, mails, state, close }
}

/** A server that follows a script and hangs up: after which command it does so is the test. */
export const rudeServer = async (hangUpAfter: 'connect' | 'RCPT' | 'DATA' | 'text') => {
  let received = ''
  const greet = (socket: Socket) => {
    let inText = false
    socket.on('error', () => {})
    if (hangUpAfter === 'connect') return socket.destroy()
    socket.write('220 rude ESMTP\r\n')
    socket.on('data', (data) => {
      const said = data.toString('utf8')
      received += said
      if (inText) return said.endsWith('\r\n.\r\n') ? socket.destroy() : undefined
      const [verb = ''] = said.toUpperCase().split(/[ \r]/)
      if (verb === hangUpAfter) return socket.destroy()
      inText = verb === 'DATA'
      socket.write(inText ? '354 go on\r\n' : '250 fine\r\n')
    })
  }
  const server = createServer(greet)
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  open.add(() => server.close())
  const { port } = server.address() as AddressInfo
  return { port, received: () => received }
}
