import type { IntakeEvent } from '@hospital-crm/core'
import type { Hl7Outcome } from './outcome.ts'
import type { Hl7Profile } from './profile.ts'
import { readHl7 } from './read.ts'

/** Small messages of invented people, for the tests of this folder. */

/** Wire text by field number: `{ 3: 'P-1^^^^MR' }`. */
export type Fields = Readonly<Record<number, string>>

/** One segment from the fields that matter; of MSH too, whose delimiters are the standard ones. */
export const line = (name: string, fields: Fields = {}): string => {
  const last = Math.max(0, ...Object.keys(fields).map(Number))
  const first = name === 'MSH' ? 3 : 1
  const values = Array.from({ length: Math.max(0, last - first + 1) }, (_, place) => {
    return fields[place + first] ?? ''
  })
  return [name === 'MSH' ? 'MSH|^~\\&' : name, ...values].join('|')
}

/** What a sample message says beyond the least it must say. */
export interface Sample {
  readonly msh?: Fields
  readonly evn?: Fields
  readonly pid?: Fields
  readonly pv1?: Fields
  readonly more?: readonly string[]
}

/** An ADT message of a patient with number, visit number and recording time, unless the sample says otherwise. */
export const adt = (trigger: string, sample: Sample = {}): string =>
  [
    line('MSH', {
      3: 'HIS',
      4: 'XZ',
      7: '20260301080000',
      9: `ADT^${trigger}`,
      10: 'M-1',
      ...sample.msh,
    }),
    line('EVN', { 2: '20260301080500', ...sample.evn }),
    line('PID', { 3: 'P-1^^^HIS^MR', ...sample.pid }),
    line('PV1', { 2: 'I', 19: 'V-1', ...sample.pv1 }),
    ...(sample.more ?? []),
    '',
  ].join('\r')

export const shanghai: Hl7Profile = { zone: 'Asia/Shanghai' }
export const chinese: Hl7Profile = { zone: 'Asia/Shanghai', dialect: 'cn' }

export const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text)

/** Every outcome of a text or of bytes. */
export const outcomesOf = (input: string | Uint8Array, profile = shanghai): Hl7Outcome[] => [
  ...readHl7(typeof input === 'string' ? utf8(input) : input, profile),
]

/** The only event an input gives; fails when it gives anything else. */
export const eventOf = (input: string | Uint8Array, profile = shanghai): IntakeEvent => {
  const [outcome, ...others] = outcomesOf(input, profile)
  if (outcome?.kind !== 'event' || others.length > 0) {
    const kinds = [outcome, ...others].map((one) =>
      one?.kind === 'unreadable' ? one.code : one?.kind,
    )
    throw new Error(`expected one event, found ${kinds.join(', ')}`)
  }
  return outcome.event
}

/** The person of a visit or person event. */
export const personOf = (event: IntakeEvent) => {
  if (!('person' in event)) throw new Error(`${event.type} has no single person`)
  return event.person
}

/** The visit of a visit event. */
export const visitOf = (event: IntakeEvent) => {
  if (!('visit' in event)) throw new Error(`${event.type} has no visit`)
  return event.visit
}

/** What an outcome says, without its bytes, for comparison. */
export const saidBy = (outcome: Hl7Outcome): string => {
  switch (outcome.kind) {
    case 'event':
      return `event ${outcome.event.type}`
    case 'ignored':
      return `ignored ${outcome.type}`
    case 'unreadable':
      return outcome.field ? `${outcome.code} ${outcome.field}` : outcome.code
  }
}

/** What an input comes to, piece by piece. */
export const said = (input: string | Uint8Array, profile = shanghai): string[] =>
  outcomesOf(input, profile).map(saidBy)

let gbTable: Map<string, number> | undefined

/** Encodes two-byte GB18030, by a table made from the platform's own decoder. */
export const gb18030 = (text: string): Uint8Array => {
  gbTable ??= tableOfGb()
  const bytes: number[] = []
  for (const char of text) {
    const code = char.charCodeAt(0)
    const pair = code < 0x80 ? undefined : gbTable.get(char)
    if (code >= 0x80 && pair === undefined) throw new RangeError('no two-byte character of GB18030')
    if (pair === undefined) bytes.push(code)
    else bytes.push(pair >> 8, pair & 0xff)
  }
  return Uint8Array.from(bytes)
}

const tableOfGb = () => {
  const decoder = new TextDecoder('gb18030')
  const table = new Map<string, number>()
  for (let lead = 0x81; lead <= 0xfe; lead += 1) {
    for (let trail = 0x40; trail <= 0xfe; trail += 1) {
      if (trail === 0x7f) continue
      const char = decoder.decode(Uint8Array.of(lead, trail))
      if (char !== '\ufffd' && !table.has(char)) table.set(char, (lead << 8) | trail)
    }
  }
  return table
}
