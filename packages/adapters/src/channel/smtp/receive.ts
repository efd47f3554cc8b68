import { type Received, refuse } from '@hospital-crm/core'
import { hasToken } from '../token.ts'
import { answered, readable, toldBy } from '../told.ts'
import { heardInMail } from './mail.ts'
import { clicked, type UnsubscribeOptions } from './unsubscribe.ts'

export interface MailReceiveOptions {
  /** What the address to which the mail server posts the sender's mail must have as its `token`. */
  readonly pushToken?: string
  /** With it every mail offers to unsubscribe with one click. */
  readonly unsubscribe?: UnsubscribeOptions
  /** Answers that withdraw consent beside the usual ones. */
  readonly stopWords?: readonly string[]
}

/** How clicks on unsubscribe, and mails to the sender as they are (`message/rfc822`), are taken. */
export const mailReceiver =
  ({ pushToken, unsubscribe, stopWords }: MailReceiveOptions) =>
  async (request: Request): Promise<Received> => {
    const told = await toldBy(request)
    const seal = new URL(told.url).searchParams.get('unsubscribe')
    if (seal !== null) return answered([await clicked(seal, told, unsubscribe)])
    if (!hasToken(told.url, pushToken)) return refuse('channel.not-authentic')
    if (told.bytes.length === 0) return refuse('channel.unreadable')
    // Only who hears needs the parser: it is loaded with the first mail.
    const { default: PostalMime } = await import('postal-mime')
    const mail = await readable(() =>
      PostalMime.parse(told.bytes, { attachmentEncoding: 'utf8', forceRfc822Attachments: true }),
    )
    return answered(heardInMail(mail, told.bytes, stopWords))
  }
