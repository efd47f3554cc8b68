import { Readable } from 'node:stream'
import SMTPConnection, { type SMTPConnectionOptions } from 'nodemailer/lib/smtp-connection'
import type { Attempt } from '../lanes.ts'
import { outcomeOf, type SmtpFault } from './outcome.ts'

export interface SmtpSessionOptions {
  readonly connection: SMTPConnectionOptions
  readonly auth?: { readonly user: string; readonly pass: string }
}

/** A message as it goes over the wire. */
export interface SmtpMail {
  /** By which servers tell of it. */
  readonly id: string
  readonly from: string
  readonly to: string
  readonly content: Buffer
}

const opened = ({ connection: options, auth }: SmtpSessionOptions) =>
  new Promise<SMTPConnection>((done, fail) => {
    const connection = new SMTPConnection(options)
    // Later faults come to whoever sends; without a listener they would end the process.
    connection.on('error', fail)
    connection.connect((fault) => {
      if (fault) return fail(fault)
      if (!auth) return done(connection)
      connection.login({ credentials: auth }, (refused) =>
        refused ? fail(refused) : done(connection),
      )
    })
  })

/** One dialogue with a server, begun with the first message and anew after each that failed. */
export const openSession = (options: SmtpSessionOptions) => {
  let current: SMTPConnection | undefined

  const transmit = (connection: SMTPConnection, { id, from, to, content }: SmtpMail) =>
    new Promise<Attempt>((done) => {
      let begun = false
      // Read only once the server has answered DATA: that is the moment from which doubt is possible.
      const text = Readable.from(
        (function* () {
          begun = true
          yield content
        })(),
      )
      const dsn = { id, return: 'headers', notify: ['failure', 'delay'] }
      connection.send({ from, to: [to], size: content.length, dsn }, text, (fault) =>
        done(fault ? outcomeOf(fault, begun) : { outcome: 'sent', providerId: id }),
      )
    })

  return {
    send: async (mail: SmtpMail): Promise<Attempt> => {
      try {
        current ??= await opened(options)
      } catch (fault) {
        return outcomeOf(fault as SmtpFault, false)
      }
      const attempt = await transmit(current, mail)
      if (attempt.outcome !== 'sent') {
        current.close()
        current = undefined
      }
      return attempt
    },
    close: () => current?.quit(),
  }
}
