import { day, hour, isoTime } from './china-time.ts'
import type { Draft } from './drafts.ts'
import { createRandom } from './prng.ts'
import type { Scene } from './story.ts'

/**
 * What can come instead of a message, with the code under which a right CRM quarantines it, read message by message.
 * In a feed file a stray line stands inside the message before it, which is read, and becomes `hl7.no-segment`.
 */
export const causes = {
  /** The connection broke after the patient's number. */
  truncated: 'hl7.no-visit-number',
  /** The header of a message, then the bytes of something compressed. */
  junk: 'hl7.charset',
  /** A line of the interface's own log. */
  'stray-line': 'hl7.no-message',
  /** Discharged on the 32nd. */
  'impossible-date': 'hl7.bad-time',
  /** Readable, and refused by the core. */
  'discharged-before-admitted': 'encounter.discharged-before-admitted',
  'no-patient-id': 'hl7.no-patient-id',
  /** Bytes that are no text in any charset, within the name. */
  'wrong-charset': 'hl7.charset',
} as const

type Cause = keyof typeof causes

/** A discharge that never was, of somebody who is nobody, and how it is spoilt. Taking it would show in every count. */
export interface Garbage {
  readonly draft: Draft
  readonly cause: Cause
}

/** Ten to twenty pieces, spread over the month so that no two come one after the other. */
export const garbageOf = ({ month, random, stays, his }: Scene, discharges: number): Garbage[] => {
  const count = Math.min(random.int(10, 20), Math.floor(discharges / 20))
  const names = Object.keys(causes) as Cause[]
  return Array.from({ length: count }, (_, at) => {
    const cause = names[at % names.length] ?? 'truncated'
    const part = (month.end - month.start) / count
    const left = month.start + (at + 0.4) * part + random.int(0, 60) * 1000
    const dischargedAt = Math.floor(left / 1000) * 1000
    const stay = { ...stays.draw(), admittedAt: dischargedAt - 5 * day, dischargedAt }
    const swapped = cause === 'discharged-before-admitted'
    const told = swapped ? { ...stay, admittedAt: dischargedAt + 3 * hour } : stay
    return { draft: his.discharges(told), cause }
  })
}

/** Spoils the text of a message, and gives its bytes. */
export const spoil = (
  text: string,
  { draft, cause }: Garbage,
  encode: (text: string) => Uint8Array,
): Uint8Array => {
  const { name } = draft.stay.registration.person
  switch (cause) {
    case 'truncated':
      return encode(text.slice(0, text.indexOf(name)))
    case 'junk': {
      const random = createRandom(draft.writtenAt)
      const noise = Uint8Array.from({ length: 300 }, () => random.int(0x80, 0xff))
      return joined(encode(text.slice(0, text.indexOf('\r') + 1)), [0xff], noise)
    }
    case 'stray-line':
      return encode(
        `${isoTime(draft.writtenAt)} ERROR java.net.SocketException: Connection reset\r`,
      )
    case 'impossible-date':
      return encode(text.replace(/\|(\d{6})\d\d(\d{6}\r(?=DG1))/, '|$132$2'))
    case 'no-patient-id':
      return encode(text.replace(/^(PID\|1\|\|)[^|]*/m, '$1'))
    case 'wrong-charset': {
      const at = text.indexOf(name)
      return joined(encode(text.slice(0, at)), [0xff, 0xfe, 0xff], encode(text.slice(at)))
    }
    case 'discharged-before-admitted':
      return encode(text)
  }
}

const joined = (...parts: readonly Iterable<number>[]): Uint8Array =>
  Uint8Array.from(parts.flatMap((part) => [...part]))
