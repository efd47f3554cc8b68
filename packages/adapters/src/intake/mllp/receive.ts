import { hash } from 'node:crypto'
import type { IntakeOutcome } from '@hospital-crm/core'
import {
  type Hl7Message,
  type Hl7Profile,
  parseHl7,
  parseMessage,
  readHl7,
} from '../hl7v2/index.ts'
import type { MllpPiece } from './framer.ts'

/** Who a message says it is from. */
export interface MllpSender {
  /** The address of the connection. */
  readonly peer: string
  /** MSH-3.1 and MSH-4.1. */
  readonly application?: string | undefined
  readonly facility?: string | undefined
}

/** One profile for all, or one for each sender; undefined for a sender that nobody has settled. */
export type ProfileOf = Hl7Profile | ((sender: MllpSender) => Hl7Profile | undefined)

/** One frame read: what the desk is to take, and the message that is to be answered. */
export interface Received {
  readonly outcomes: readonly IntakeOutcome[]
  readonly message: Hl7Message | undefined
}

type Arrived = Extract<MllpPiece, { bytes: Uint8Array }>

/** Reads a frame by the profile of its sender; never throws for what is in it. */
export const receive = ({ kind, bytes }: Arrived, peer: string, profileOf: ProfileOf): Received => {
  const line = headerLine(bytes)
  const header = line && parseMessage(Buffer.from(line).toString('latin1'))
  const application = header?.header.value(3) ?? undefined
  const facility = header?.header.value(4) ?? undefined
  const profile =
    typeof profileOf === 'function' ? profileOf({ peer, application, facility }) : profileOf
  if (!profile) {
    const source = `hl7v2:${application ?? ''}|${facility ?? ''}`
    return { outcomes: [refused('mllp.unknown-sender', bytes, source, header)], message: header }
  }
  if (kind === 'too-long') {
    // What concerns nothing here may be of any length.
    const told = line ? [...readHl7(line, profile)] : []
    const isIgnored = told.length > 0 && told.every((outcome) => outcome.kind === 'ignored')
    const [first] = told
    const outcomes = isIgnored
      ? told
      : [refused('hl7.too-long', bytes, first && sourceOf(first), header)]
    return { outcomes, message: header }
  }
  const outcomes = [...readHl7(bytes, profile)]
  return { outcomes, message: header ?? firstOf(outcomes, profile) }
}

const longestHeader = 4096

/** The bytes of the header, where it is plain ASCII and the first thing in the frame. */
const headerLine = (bytes: Uint8Array): Uint8Array | undefined => {
  const front = bytes.subarray(0, longestHeader)
  const end = front.findIndex((byte) => byte < 0x20 || byte > 0x7e)
  const line = end < 0 ? front : front.subarray(0, end)
  const isWhole = end < 0 ? front.length === bytes.length : (front[end] ?? 0) < 0x20
  return isWhole && line[0] === 0x4d && line[1] === 0x53 && line[2] === 0x48 ? line : undefined
}

const firstOf = (outcomes: readonly IntakeOutcome[], profile: Hl7Profile) => {
  for (const outcome of outcomes) {
    const message = 'raw' in outcome && outcome.raw ? parseHl7(outcome.raw, profile) : undefined
    if (message) return message
  }
  return undefined
}

const sourceOf = (outcome: IntakeOutcome) =>
  outcome.kind === 'event' ? outcome.event.source : outcome.source

const refused = (
  code: string,
  raw: Uint8Array,
  source: string | undefined,
  message: Hl7Message | undefined,
): IntakeOutcome => ({
  kind: 'unreadable',
  code,
  source,
  key: message?.header.value(10) ?? undefined,
  hash: hash('sha256', raw),
  raw,
})
