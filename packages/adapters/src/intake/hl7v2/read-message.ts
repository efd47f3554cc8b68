import { hash } from 'node:crypto'
import { declaredEncoding } from './codec/charset.ts'
import { type DecodedText, decodeBy, decodeMessage } from './codec/decode.ts'
import { type Hl7Message, parseMessage } from './codec/message.ts'
import type { InputPiece } from './codec/pieces.ts'
import { strayLines } from './codec/stray-lines.ts'
import { eventsOf, meaningOf } from './mapping/events.ts'
import { type Reading, textOf, valued } from './mapping/reading.ts'
import type { Hl7Outcome } from './outcome.ts'
import type { Settings } from './profile.ts'
import type { Hl7Refusal } from './refusal.ts'

/** Everything one piece of an input gives. */
export function* readPiece(piece: InputPiece, settings: Settings): Generator<Hl7Outcome, void> {
  const raw = piece.bytes
  if (piece.kind === 'stray' || piece.tooLong) {
    const code = piece.tooLong ? 'hl7.too-long' : 'hl7.no-message'
    yield unread({ code }, raw, piece.kind === 'message' ? headerOf(raw) : undefined, settings)
    return
  }
  const decoded = decode(raw, piece.bom, piece.utf16, settings)
  if (!decoded) {
    yield unread({ code: 'hl7.charset' }, raw, headerOf(raw), settings)
    return
  }
  const message = parseMessage(decoded.text, hexDecoder(decoded, raw, settings))
  if (!message) {
    yield unread({ code: 'hl7.bad-header', field: 'MSH-2' }, raw, undefined, settings)
    return
  }
  yield* outcomesOf(message, raw, settings)
  if (message.strays === 0) return
  for (const line of strayLines(raw)) {
    yield unread({ code: 'hl7.no-segment' }, line, message, settings)
  }
}

/** The message in the raw bytes of an outcome; of an undecodable one its header alone, where that is plain ASCII. */
export const messageOf = (raw: Uint8Array, settings: Settings): Hl7Message | undefined => {
  const decoded = decode(raw, false, settings.charset?.startsWith('utf-16') ?? false, settings)
  return decoded ? parseMessage(decoded.text, hexDecoder(decoded, raw, settings)) : headerOf(raw)
}

/** UTF-16 arrives here recoded, so its bytes are UTF-8 whatever the source sends. */
const decode = (raw: Uint8Array, bom: boolean, utf16: boolean, settings: Settings) =>
  decodeMessage(raw, {
    charset: utf16 ? 'utf-8' : settings.charset,
    bom,
    chinese: settings.chinese,
  })

function* outcomesOf(
  message: Hl7Message,
  raw: Uint8Array,
  settings: Settings,
): Generator<Hl7Outcome, void> {
  const { header } = message
  const source = sourceOf(message, settings)
  const key = textOf(header, 10)
  const origin = valued({ source, key, hash: hash('sha256', message.text), raw })
  const type = textOf(header, 9, 1)?.toUpperCase()
  const trigger = textOf(header, 9, 2)?.toUpperCase()
  if (type === undefined || (type === 'ADT' && trigger === undefined)) {
    yield { kind: 'unreadable', code: 'hl7.no-type', field: 'MSH-9', ...origin }
    return
  }
  const meaning = meaningOf(type, trigger ?? '', settings)
  const kind = [type, trigger].filter(Boolean).join('^')
  if (meaning === undefined) {
    yield { kind: 'ignored', type: kind, ...origin }
    return
  }
  if (key === undefined) {
    yield { kind: 'unreadable', code: 'hl7.no-control-id', field: 'MSH-10', ...origin }
    return
  }
  const reading: Reading = { ...settings, message, source, refusals: [] }
  const events = eventsOf(reading, meaning)
  const [refusal] = reading.refusals
  if (refusal) {
    yield { kind: 'unreadable', ...refusal, ...origin }
    return
  }
  if (events.length === 0) yield { kind: 'ignored', type: kind, ...origin }
  for (const [place, event] of events.entries()) {
    const part = place === 0 ? key : `${key}#${place + 1}`
    yield { kind: 'event', event: { source, key: part, hash: origin.hash, ...event }, raw }
  }
}

/** `hl7v2:` and who sends, by the first components of MSH-3 and MSH-4. */
const sourceOf = ({ header }: Hl7Message, { source }: Settings): string =>
  source ?? `hl7v2:${textOf(header, 3) ?? ''}|${textOf(header, 4) ?? ''}`

const unread = (
  refusal: Hl7Refusal,
  raw: Uint8Array,
  message: Hl7Message | undefined,
  settings: Settings,
): Hl7Outcome => {
  const source = message ? sourceOf(message, settings) : settings.source
  const key = message && textOf(message.header, 10)
  return valued({ kind: 'unreadable', ...refusal, source, key, hash: hash('sha256', raw), raw })
}

const headerBytes = 1024

/** The header of a message that cannot be read as a whole, when that much of it is plain ASCII. */
const headerOf = (raw: Uint8Array): Hl7Message | undefined => {
  const front = raw.subarray(0, headerBytes)
  const end = front.findIndex((byte) => byte < 0x20)
  const line = end < 0 ? front : front.subarray(0, end)
  if (line.some((byte) => byte > 0x7e)) return undefined
  return parseMessage(String.fromCharCode(...line))
}

const hexDecoder =
  ({ charset }: DecodedText, raw: Uint8Array, { charset: settled, chinese }: Settings) =>
  (bytes: Uint8Array): string | undefined => {
    const declared = settled ?? (charset === 'us-ascii' ? declaredEncoding(raw) : charset)
    return decodeBy(bytes, declared, chinese)?.text
  }
