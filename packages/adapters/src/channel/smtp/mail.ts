import type { Heard } from '@hospital-crm/core'
import type { Email } from 'postal-mime'
import { digest } from '../digest.ts'
import { saysStop } from '../stop-words.ts'

const part = ({ attachments }: Email, type: RegExp) =>
  String(attachments.find(({ mimeType }) => type.test(mimeType))?.content ?? '')

const field = (block: string, name: string) =>
  new RegExp(`^${name}:[ \\t]*(.*)$`, 'im').exec(block)?.[1]?.trim()

/** What the server says it did (RFC 3464); what it still tries is on its way. */
const ends: Readonly<Record<string, boolean>> = {
  failed: false,
  delivered: true,
  relayed: true,
  expanded: true,
}

/** A report by a mail server on one of our mails, known by its envelope id or by its own headers. */
const reported = (mail: Email, status: string): readonly Heard[] => {
  const [whole = '', ...recipients] = status.split(/\r?\n(?:[ \t]*\r?\n)+/)
  const returned = part(mail, /^(message\/rfc822|text\/rfc822-headers|message\/global)/)
  const ids = [field(whole, 'Original-Envelope-Id'), field(returned, 'Message-ID')]
  const [providerId] = ids.flatMap((id) => /^<?([0-9a-f]{32})(?:@|$)/.exec(id ?? '')?.[1] ?? [])
  if (providerId === undefined) return []
  return recipients.flatMap((block): Heard[] => {
    const action = field(block, 'Action')?.toLowerCase()
    if (action === undefined) return []
    const code = /^\d\.\d{1,3}\.\d{1,3}/.exec(field(block, 'Status') ?? '')?.[0] ?? action
    const arrived = Object.hasOwn(ends, action) ? ends[action] : undefined
    const key = `${providerId}:${action}:${code}`
    return [{ type: 'receipt', key, providerId, code, ...(arrived !== undefined && { arrived }) }]
  })
}

/** What somebody wrote themselves: the first line above what they quote, or the subject of a mail of their own. */
const wordsOf = ({ text = '', subject = '', inReplyTo }: Email) => {
  const [first] = text.split('\n').flatMap((line) => line.trim() || [])
  const own = first !== undefined && !/^(>|-{2,}|On .*wrote:$|.*写道[::]$|发件人[::])/.test(first)
  if (own) return first
  return inReplyTo === undefined ? subject : ''
}

const isAutomatic = ({ headers }: Email) =>
  headers.some(
    ({ key, value }) =>
      (key === 'auto-submitted' && value.trim().toLowerCase() !== 'no') ||
      (key === 'precedence' && /bulk|list|junk|auto_reply/i.test(value)),
  )

/** What a mail to the sender tells: a report on a mail of ours, or what somebody answered. */
export const heardInMail = (
  mail: Email,
  bytes: Uint8Array,
  stopWords?: readonly string[],
): readonly Heard[] => {
  const status = part(mail, /^message\/(global-)?delivery-status$/)
  if (status) return reported(mail, status)
  const { address } = mail.from ?? {}
  if (address === undefined || isAutomatic(mail)) return []
  const text = wordsOf(mail)
  const key = digest(mail.messageId ?? bytes)
  return [{ type: 'reply', key, from: [address], text, stop: saysStop(text, stopWords) }]
}
