import { type Delimiters, standardDelimiters } from './delimiters.ts'
import { escapeValue } from './escape.ts'
import type { Hl7Message } from './message.ts'

/** AA taken; AE failed, try again; AR can never be taken. */
export type AckCode = 'AA' | 'AE' | 'AR'

/** What an acknowledgement says besides what it copies from its message. */
export interface AckOptions {
  readonly code: AckCode
  /** When the answer is given; MSH-7 is written in UTC. */
  readonly at: Date
  /** The answer's own MSH-10. */
  readonly controlId: string
  /** Why it was not taken, as a code without personal data; goes to MSA-3, and to ERR from version 2.5 on. */
  readonly because?: { readonly code: string; readonly field?: string | undefined }
}

/**
 * Writes the acknowledgement of a message: MSH-10 comes back in MSA-2, sender and receiver change places, MSH-9 is
 * ACK with the same event, the delimiters are the sender's. Of an unreadable frame (`undefined`) it has a header of its own.
 */
export const encodeAck = (message: Hl7Message | undefined, options: AckOptions): string => {
  const by = message?.delimiters ?? standardDelimiters
  // Copied as they stand on the wire: same delimiters, so nothing needs to be resolved and escaped again.
  const copy = (field: number) => message?.header.field(field) ?? ''
  const { code, because, controlId } = options
  const version = message?.header.value(12) || '2.5'
  const lines = [
    [
      'MSH',
      by.component + by.repetition + by.escape + by.subcomponent,
      copy(5),
      copy(6),
      copy(3),
      copy(4),
      plain(`${options.at.toISOString().slice(0, 19).replace(/\D/g, '')}+0000`, by),
      '',
      typeOf(message, by),
      plain(controlId, by),
      copy(11) || 'P',
      copy(12) || '2.5',
    ],
    [
      'MSA',
      code,
      copy(10),
      plain(because ? `${because.code} ${because.field ?? ''}`.trim() : '', by),
    ],
  ]
  if (because && Number.parseFloat(version) >= 2.5) {
    lines.push(['ERR', '', locationOf(because.field, by), conditionOf(because.code), 'E'])
  }
  return lines.map((fields) => `${fields.join(by.field)}\r`).join('')
}

/** An answer must always be possible, so where nothing can be escaped a delimiter becomes a blank. */
const plain = (value: string, by: Delimiters): string =>
  by.escape === ''
    ? [...value].map((char) => (Object.values(by).includes(char) ? ' ' : char)).join('')
    : escapeValue(value, by)

const typeOf = (message: Hl7Message | undefined, by: Delimiters): string => {
  const event = message?.header.value(9, 2)
  return event && by.component !== '' ? ['ACK', plain(event, by), 'ACK'].join(by.component) : 'ACK'
}

/** PV1-45 as an ERL: segment, its sequence, field. */
const locationOf = (field: string | undefined, by: Delimiters): string => {
  const [segment = '', index = ''] = (field ?? '').split('-')
  return segment === '' || by.component === '' ? '' : [segment, '1', index].join(by.component)
}

/** Table 0357: what is missing, what is of the wrong kind, what else went wrong. */
const conditionOf = (code: string): string =>
  code.startsWith('hl7.no-') ? '101' : code === 'hl7.bad-time' ? '102' : '207'
