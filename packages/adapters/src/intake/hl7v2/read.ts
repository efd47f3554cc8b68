import type { Hl7Message } from './codec/message.ts'
import { piecesOf, piecesOfStream, type SplitOptions } from './codec/pieces.ts'
import type { Hl7Outcome } from './outcome.ts'
import { type Hl7Profile, type Settings, settingsOf } from './profile.ts'
import { messageOf, readPiece } from './read-message.ts'

/**
 * Reads a whole input: one message, a file of many, a batch or MLLP frames, in whatever charset. Yields what became
 * of each piece, one at a time; never throws for what is in the bytes. Throws a ZodError for a wrong profile.
 */
export const readHl7 = (bytes: Uint8Array, profile: Hl7Profile): Iterable<Hl7Outcome> => {
  const settings = settingsOf(profile)
  return outcomes(bytes, settings)
}

/**
 * Reads an input that arrives in chunks of any size, and yields the same outcomes as `readHl7` for the same bytes,
 * each as soon as its message is complete. Holds one message at most; an error of the stream passes through.
 */
export const readHl7Stream = (
  chunks: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  profile: Hl7Profile,
): AsyncIterable<Hl7Outcome> => {
  const settings = settingsOf(profile)
  return outcomesOfStream(chunks, settings)
}

/**
 * The message in the `raw` bytes of an outcome, for `encodeAck` or to read further fields. Of bytes in no readable
 * charset only the header, where that is plain ASCII; undefined when there is no usable header.
 */
export const parseHl7 = (raw: Uint8Array, profile: Hl7Profile): Hl7Message | undefined =>
  messageOf(raw, settingsOf(profile))

function* outcomes(bytes: Uint8Array, settings: Settings): Generator<Hl7Outcome, void> {
  for (const piece of piecesOf(bytes, splitOptions(settings))) yield* readPiece(piece, settings)
}

async function* outcomesOfStream(
  chunks: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  settings: Settings,
): AsyncGenerator<Hl7Outcome, void> {
  for await (const piece of piecesOfStream(chunks, splitOptions(settings))) {
    yield* readPiece(piece, settings)
  }
}

const splitOptions = ({ charset, maxBytes }: Settings): SplitOptions => ({
  maxBytes,
  utf16: charset === 'utf-16le' || charset === 'utf-16be' ? charset : undefined,
  detectUtf16: charset === undefined,
})
