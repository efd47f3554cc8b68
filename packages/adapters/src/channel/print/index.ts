import type { Channel, Heard, Logger, OutgoingMessage } from '@hospital-crm/core'
import { sendInLanes } from '../lanes.ts'
import { type Letter, letterOf } from './letter.ts'

export { type Cell, csvLine } from './csv.ts'
export { addressLabels, type LabelSheet } from './labels.ts'
export type { Letter } from './letter.ts'
export { mailingList } from './mailing-list.ts'

export interface PrintChannelOptions {
  /**
   * Keeps a letter for the next printing; resolves once it is kept. A letter whose key it has already is not
   * kept again: the same comes once more after a lost answer. Where it throws, the letter comes again later.
   */
  readonly keep: (letter: Letter) => Promise<unknown> | unknown
  /** The most lines an address may have; 6 unless told. Another is `rejected`. */
  readonly lines?: number
  /** The name by which preferences and messages choose it; `print` unless told. */
  readonly name?: string
  readonly logger?: Logger
}

/**
 * Letters, magazines and cards: an address is a postal address, a line each, the name first. Messages become
 * letters that the host keeps; `mailingList` and `addressLabels` write kept letters for the printer.
 */
export const printChannel = ({
  keep,
  lines = 6,
  name = 'print',
  ...options
}: PrintChannelOptions): Channel => {
  const send = async (message: OutgoingMessage) => {
    const letter = letterOf(message, lines)
    if (!letter) return { outcome: 'rejected', code: 'no-address' } as const
    try {
      await keep(letter)
      return { outcome: 'sent', providerId: letter.key } as const
    } catch {
      // Whether it was kept or not, it comes again under its key.
      return { outcome: 'unknown', code: 'not-kept' } as const
    }
  }
  return { name, send: sendInLanes(name, () => ({ send }), { ...options, width: 1 }) }
}

/** Letters that the post brought back, by the keys on them, for `crm.messages.hear` under the channel's name. */
export const returnedLetters = (keys: readonly string[], code = 'returned'): readonly Heard[] =>
  keys.map((key) => ({
    ...{ type: 'receipt', key: `${key}:${code}`, providerId: key, arrived: false, code },
  }))
