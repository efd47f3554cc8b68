import { isAscii } from 'node:buffer'
import { refuse } from '@hospital-crm/core'
import { encodingOf } from '../hl7v2/codec/charset.ts'
import { decodeBy } from '../hl7v2/codec/decode.ts'

/** Enough to see a byte order mark, and enough text beyond ASCII to tell its charset. */
const marking = 3
const telling = 1 << 16

const [lf, cr] = [0x0a, 0x0d]

/** The charset behind a name; refuses one that cannot be read (`csv.unknown-charset`). */
export const charsetOf = (name: string): string =>
  encodingOf(name) ?? refuse('csv.unknown-charset', { charset: name })

/**
 * Turns the bytes of a file into text as they come. A byte order mark decides, then the settled charset, then the
 * bytes themselves from the first beyond ASCII on. A byte that is none in the charset becomes U+FFFD. Refuses bytes
 * that are text in no likely charset (`csv.charset`).
 */
export async function* decodedText(
  chunks: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  settled: string | undefined,
): AsyncGenerator<string, void> {
  let decoder: InstanceType<typeof TextDecoder> | undefined
  let waiting: Uint8Array = new Uint8Array(0)
  let isStart = true

  const text = (isWhole: boolean): string => {
    const marked = isStart ? markedOf(waiting) : undefined
    const isPlain = (marked ?? settled) === undefined && isAscii(waiting)
    const charset = isPlain ? 'utf-8' : (marked ?? settled ?? detected(waiting, isWhole))
    if (charset === undefined) return ''
    const own = new TextDecoder(charset)
    if (!isPlain) decoder = own
    const bytes = waiting
    waiting = new Uint8Array(0)
    isStart = false
    return own.decode(bytes, { stream: !isPlain })
  }

  for await (const chunk of chunks) {
    if (decoder) yield decoder.decode(chunk, { stream: true })
    else {
      waiting = waiting.length === 0 ? chunk : Buffer.concat([waiting, chunk])
      if (!isStart || waiting.length >= marking) yield text(false)
    }
  }
  yield (decoder ? '' : text(true)) + (decoder?.decode() ?? '')
}

/** The text of bytes that are all there, its charset found out as that of a file is. */
export const wholeText = (bytes: Uint8Array): string => {
  const charset = markedOf(bytes) ?? (isAscii(bytes) ? 'utf-8' : detected(bytes, true))
  return new TextDecoder(charset).decode(bytes)
}

const markedOf = ([first, second, third]: Uint8Array): string | undefined => {
  if (first === 0xef && second === 0xbb && third === 0xbf) return 'utf-8'
  if (first === 0xff && second === 0xfe) return 'utf-16le'
  return first === 0xfe && second === 0xff ? 'utf-16be' : undefined
}

/**
 * The charset in which most lines beyond ASCII are clean text, so that one damaged line does not decide for the
 * file. Undefined while too little has come to tell.
 */
const detected = (bytes: Uint8Array, isWhole: boolean): string | undefined => {
  if (!isWhole && bytes.length < telling) return undefined
  const found = new Map<string, number>()
  for (const line of linesOf(bytes, isWhole)) {
    if (isAscii(line)) continue
    const { charset } = decodeBy(line, undefined, true) ?? {}
    if (charset !== undefined) found.set(charset, (found.get(charset) ?? 0) + 1)
  }
  const [most] = [...found].sort(([, one], [, other]) => other - one)
  if (most) return most[0]
  return isWhole ? refuse('csv.charset') : undefined
}

/** The lines of bytes; a last one that goes on is left out. Line ends are part of no character. */
function* linesOf(bytes: Uint8Array, isWhole: boolean): Generator<Uint8Array, void> {
  let start = 0
  for (let at = 0; at < bytes.length; at += 1) {
    if (bytes[at] !== lf && bytes[at] !== cr) continue
    yield bytes.subarray(start, at)
    start = at + 1
  }
  if (isWhole) yield bytes.subarray(start)
}
