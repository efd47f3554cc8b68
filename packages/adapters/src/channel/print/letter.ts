import type { OutgoingMessage } from '@hospital-crm/core'
import { outsideKey } from '../lanes.ts'

/** Something to be printed and posted. */
export interface Letter {
  /** The same over every attempt, and no other letter's. */
  readonly key: string
  /** The message's id, which two hospitals may both use. */
  readonly id: string
  /** The lines of the address, the name first. */
  readonly address: readonly string[]
  readonly subject: string
  readonly text: string
}

/** Control characters could drive a printer; a line stays one line. */
const plain = (text: string) =>
  text
    .replace(/\r\n?|[\u0085\u2028\u2029]/g, '\n')
    .replace(/\t/g, ' ')
    .replace(/(?!\n)\p{Cc}/gu, '')

/** A message as a letter; `undefined` when its address has no line or more than `lines`. */
export const letterOf = (message: OutgoingMessage, lines: number): Letter | undefined => {
  const { id, to, subject = '', text } = message
  const address = plain(to)
    .split('\n')
    .map((line) => line.trim())
    .filter(Boolean)
  if (address.length === 0 || address.length > lines) return undefined
  return {
    key: outsideKey(message),
    id,
    address,
    subject: plain(subject).replaceAll('\n', ' '),
    text: plain(text),
  }
}
