import { type Channel, type OutgoingMessage, refuse } from '@hospital-crm/core'
import MailComposer from 'nodemailer/lib/mail-composer'
import { type Lane, type LaneOptions, outsideKey, sendInLanes } from '../lanes.ts'
import { type MailReceiveOptions, mailReceiver } from './receive.ts'
import { openSession, type SmtpMail } from './session.ts'
import { unsubscribeHeaders } from './unsubscribe.ts'

export type { MailReceiveOptions } from './receive.ts'
export type { UnsubscribeOptions } from './unsubscribe.ts'

export interface SmtpChannelOptions extends LaneOptions, MailReceiveOptions {
  readonly host: string
  /** 587 with `starttls`, 465 with `tls`, 25 with `none`, unless told. */
  readonly port?: number
  /** `starttls` unless told, and then no server goes without it. `none` only for a relay on the same machine. */
  readonly encryption?: 'starttls' | 'tls' | 'none'
  /** The certificate of the authority that the server's hangs on, as PEM, where Node does not know it. */
  readonly ca?: string
  readonly auth?: { readonly user: string; readonly pass: string }
  /** The sender, e.g. `Xuzhou Central Hospital <crm@hospital.example>`. */
  readonly from: string
  /** The HTML beside the text of a message, where there is one. Whoever makes it escapes its values. */
  readonly html?: (message: OutgoingMessage) => string | undefined
  /** The name by which preferences and messages choose it; `email` unless told. */
  readonly name?: string
}

const ports = { starttls: 587, tls: 465, none: 25 } as const

/** One plain address: nothing that begins another address, another line or another header. */
const isAddress = (to: string) =>
  to.length <= 254 && /^[^\s\p{C}@<>()[\],;:\\"]+@[^\s\p{C}@<>()[\],;:\\"]+$/u.test(to)

const oneLine = (text: string) => text.replace(/[\p{Cc}\u2028\u2029]+/gu, ' ').trim()

/**
 * E-mail over SMTP, by nodemailer's connection and composer. Every attempt of a message bears one
 * `Message-ID`, by which many servers drop the second copy, and asks servers to report what cannot be
 * delivered, without the text (RFC 3461). Refuses a password without encryption (`smtp.password-in-clear`), a
 * sender that is no address (`smtp.bad-sender`) and a link that is not safe (`smtp.bad-unsubscribe`).
 */
export const smtpChannel = ({
  host,
  encryption = 'starttls',
  port = ports[encryption],
  ca,
  auth,
  from,
  html,
  name = 'email',
  timeout = 10_000,
  ...options
}: SmtpChannelOptions): Required<Channel> => {
  const { unsubscribe } = options
  const isSafe = unsubscribe?.url.startsWith('https://') && unsubscribe.secret.length >= 32
  if (unsubscribe && !isSafe) refuse('smtp.bad-unsubscribe')
  if (auth && encryption === 'none') refuse('smtp.password-in-clear')
  const sender = new MailComposer({ from }).compile().getEnvelope().from
  if (!sender || !isAddress(sender)) return refuse('smtp.bad-sender')
  const domain = sender.slice(sender.lastIndexOf('@') + 1)

  const composed = async (message: OutgoingMessage): Promise<SmtpMail> => {
    const { to, subject = '', text } = message
    const rich = html?.(message)
    const id = outsideKey(message)
    const node = new MailComposer({
      from,
      to: { name: '', address: to },
      subject: oneLine(subject),
      text,
      ...(rich !== undefined && { html: rich }),
      messageId: `<${id}@${domain}>`,
      headers: {
        // RFC 3834: nobody's holiday notice should answer a machine.
        'Auto-Submitted': 'auto-generated',
        ...(unsubscribe && unsubscribeHeaders(to, unsubscribe)),
      },
      disableFileAccess: true,
      disableUrlAccess: true,
    }).compile()
    return { id, from: sender, to: node.getEnvelope().to[0] ?? to, content: await node.build() }
  }

  const connection = {
    host,
    port,
    secure: encryption === 'tls',
    requireTLS: encryption === 'starttls',
    ignoreTLS: encryption === 'none',
    connectionTimeout: timeout,
    greetingTimeout: timeout,
    socketTimeout: timeout,
    dnsTimeout: timeout,
    ...(ca !== undefined && { tls: { ca } }),
  }
  const open = (): Lane => {
    const session = openSession({ connection, ...(auth && { auth }) })
    return {
      send: async (message) =>
        isAddress(message.to)
          ? session.send(await composed(message))
          : { outcome: 'rejected', code: 'no-address' },
      close: session.close,
    }
  }
  return { name, send: sendInLanes(name, open, options), receive: mailReceiver(options) }
}
