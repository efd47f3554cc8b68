import type { Channel, OutgoingMessage } from '@hospital-crm/core'

export interface ConsoleChannelOptions {
  /** The name by which preferences and messages choose it; `console` unless told. */
  readonly name?: string
  /** Where lines go, each with its end; standard output unless told. */
  readonly write?: (line: string) => unknown
  /** Prints addresses whole. Off unless told: a console ends in logs, which are no place for them. */
  readonly showAddress?: boolean
}

const remembered = 10_000

/** One character a message must not bring: it would begin a line that looks like another message. */
const oneLine = (text: string) => text.replace(/[\p{Cc}\u2028\u2029]/gu, ' ')

const covered = (address: string) => {
  const characters = [...address]
  const shown = characters.length > 4 ? characters.slice(-2).join('') : ''
  return '*'.repeat(characters.length - shown.length) + shown
}

const keyOf = ({ id, to }: Pick<OutgoingMessage, 'id' | 'to'>) => JSON.stringify([id, to])

/**
 * Prints every message on one line instead of sending it, for trials and for what a person copies by hand.
 * The text stands there in clear, the address only with its last two characters.
 */
export const consoleChannel = ({
  name = 'console',
  write = (line) => process.stdout.write(line),
  showAddress = false,
}: ConsoleChannelOptions = {}): Channel => {
  const printed = new Set<string>()
  const print = ({ id, to, subject, text }: OutgoingMessage) => {
    const parts = [name, id, showAddress ? to : covered(to), ...(subject ? [subject] : []), text]
    write(`${parts.map(oneLine).join(' | ')}\n`)
    printed.add(keyOf({ id, to }))
    const [oldest] = printed
    if (printed.size > remembered && oldest !== undefined) printed.delete(oldest)
  }
  return {
    name,
    send: async (messages) =>
      messages.map((message) => {
        if (printed.has(keyOf(message))) return { outcome: 'sent' }
        try {
          print(message)
          return { outcome: 'sent' }
        } catch {
          return { outcome: 'try-later' }
        }
      }),
  }
}
