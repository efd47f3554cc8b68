import { createSplitter, type Piece } from './split.ts'
import { type Utf16Recoder, utf16Of, utf16Recoder, utf16Telling } from './utf16.ts'

/** How an input is to be cut; `utf16` is set when the source is known to send UTF-16. */
export interface SplitOptions {
  readonly maxBytes: number
  readonly utf16?: 'utf-16le' | 'utf-16be' | undefined
  /** False when the source has a settled charset, so that nothing is guessed from the first bytes. */
  readonly detectUtf16: boolean
}

/** A piece of the input; `utf16` when it was recoded to UTF-8 on the way. */
export interface InputPiece extends Piece {
  readonly utf16: boolean
}

/** Cuts a whole input. The pieces are views on it, not copies. */
export function* piecesOf(bytes: Uint8Array, options: SplitOptions): Generator<InputPiece, void> {
  const encoding = options.utf16 ?? (options.detectUtf16 ? utf16Of(bytes) : undefined)
  let buffer = bytes
  if (encoding) {
    const recoder = utf16Recoder(encoding)
    const [body, rest] = [recoder.push(bytes), recoder.end()]
    buffer = rest.length === 0 ? body : joined(body, rest)
  }
  const splitter = createSplitter(options.maxBytes)
  for (const piece of splitter.scan(buffer, buffer.length, true)) {
    yield { ...piece, utf16: encoding !== undefined }
  }
}

/** Cuts an input that arrives in chunks of any size; the pieces are copies. Holds one unfinished piece at most. */
export async function* piecesOfStream(
  chunks: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  options: SplitOptions,
): AsyncGenerator<InputPiece, void> {
  const splitter = createSplitter(options.maxBytes)
  const waiting = waitingBytes()
  let recoder: Utf16Recoder | undefined = options.utf16 && utf16Recoder(options.utf16)
  let begun = options.utf16 !== undefined || !options.detectUtf16
  let opening: Uint8Array = new Uint8Array(0)

  function* cut(final: boolean): Generator<InputPiece, void> {
    for (const piece of splitter.scan(waiting.buffer(), waiting.length(), final)) {
      yield { ...piece, bytes: piece.bytes.slice(), utf16: recoder !== undefined }
    }
    const spent = splitter.spent()
    waiting.drop(spent)
    splitter.dropped(spent)
  }

  for await (const chunk of chunks) {
    let arrived = chunk
    if (!begun) {
      opening = joined(opening, chunk)
      if (opening.length < utf16Telling) continue
      const encoding = utf16Of(opening)
      recoder = encoding && utf16Recoder(encoding)
      begun = true
      arrived = opening
    }
    waiting.add(recoder ? recoder.push(arrived) : arrived)
    yield* cut(false)
  }
  if (!begun) {
    const encoding = utf16Of(opening)
    recoder = encoding && utf16Recoder(encoding)
    waiting.add(recoder ? recoder.push(opening) : opening)
  }
  if (recoder) waiting.add(recoder.end())
  yield* cut(true)
}

const joined = (left: Uint8Array, right: Uint8Array): Uint8Array => {
  const all = new Uint8Array(left.length + right.length)
  all.set(left)
  all.set(right, left.length)
  return all
}

/** The bytes that wait for the rest of their piece, in a buffer that grows by doubling. */
const waitingBytes = () => {
  let buffer = new Uint8Array(1 << 16)
  let length = 0
  return {
    buffer: () => buffer,
    length: () => length,
    add: (chunk: Uint8Array) => {
      if (length + chunk.length > buffer.length) {
        const larger = new Uint8Array(Math.max(buffer.length * 2, length + chunk.length))
        larger.set(buffer.subarray(0, length))
        buffer = larger
      }
      buffer.set(chunk, length)
      length += chunk.length
    },
    drop: (count: number) => {
      if (count === 0) return
      buffer.copyWithin(0, count, length)
      length -= count
    },
  }
}
