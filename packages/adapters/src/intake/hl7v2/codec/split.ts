/** One piece of an input: a message from its MSH up to the next, or lines that belong to no message. */
export interface Piece {
  readonly kind: 'message' | 'stray'
  /** Without the line ends and framing bytes around it; of a piece beyond the limit only its beginning. */
  readonly bytes: Uint8Array
  readonly tooLong: boolean
  /** The input, or this message, began with a UTF-8 byte order mark. */
  readonly bom: boolean
}

/** Cuts what has arrived so far; `final` says that nothing more will. */
export interface Splitter {
  /** Yields the pieces that are complete in the first `length` bytes, as views on `buffer`. */
  scan(buffer: Uint8Array, length: number, final: boolean): Generator<Piece, void>
  /** How many bytes at the front are no longer needed. The caller may drop them and say so. */
  spent(): number
  dropped(count: number): void
}

const [lf, vt, cr, fs] = [0x0a, 0x0b, 0x0d, 0x1c]
const isLineEnd = (byte: number | undefined) =>
  byte === cr || byte === lf || byte === vt || byte === fs

/** Enough bytes to know a line by its beginning: a byte order mark, a name and what follows it. */
const telling = 7

/**
 * Finds the messages of a byte stream in any encoding that keeps ASCII as it is: line ends and the names of
 * segments look the same in all of them. Remembers where it stopped, so no byte is looked at twice.
 */
export const createSplitter = (maxBytes: number): Splitter => {
  let at = 0
  let inLine = false
  let open: 'none' | Piece['kind'] = 'none'
  let start = 0
  let head: Uint8Array | undefined
  let first = true
  let inputBom = false
  let bom = false

  const close = (buffer: Uint8Array, end: number): Piece | undefined => {
    if (open === 'none') return undefined
    const bytes = head ?? buffer.subarray(start, trimmedEnd(buffer, start, end))
    const piece: Piece = { kind: open, bytes, tooLong: head !== undefined, bom: inputBom || bom }
    open = 'none'
    head = undefined
    return bytes.length === 0 ? undefined : piece
  }

  const openAt = (kind: Piece['kind'], position: number, marked: boolean) => {
    open = kind
    start = position
    bom = marked
  }

  const capAt = (buffer: Uint8Array, end: number) => {
    if (open !== 'none' && head === undefined && end - start > maxBytes) {
      head = buffer.slice(start, start + maxBytes)
    }
  }

  function* scan(buffer: Uint8Array, length: number, final: boolean): Generator<Piece, void> {
    while (at < length) {
      if (!inLine) {
        if (isLineEnd(buffer[at])) {
          const piece = buffer[at] === fs ? close(buffer, at) : undefined
          at += 1
          if (piece) yield piece
          continue
        }
        if (!final && length - at < telling && lineEndFrom(buffer, at, length) === length) {
          return
        }
        const mark = markAt(buffer, at, length)
        const line = lineKind(buffer, at + mark, length)
        if (first) inputBom = mark > 0
        first = false
        const piece = line === 'other' ? undefined : close(buffer, at)
        if (line === 'message') openAt('message', at + mark, mark > 0)
        else if (line === 'other' && open === 'none') openAt('stray', at + mark, false)
        inLine = true
        at += mark
        if (piece) yield piece
      }
      at = lineEndFrom(buffer, at, length)
      capAt(buffer, at)
      if (at < length) inLine = false
    }
    if (!final) return
    const piece = close(buffer, length)
    if (piece) yield piece
  }

  return {
    scan,
    spent: () => (open === 'none' || head ? at : start),
    dropped: (count) => {
      at -= count
      start -= count
    },
  }
}

const lineEndFrom = (buffer: Uint8Array, from: number, length: number): number => {
  for (let i = from; i < length; i += 1) {
    const byte = buffer[i] ?? 0
    if (byte <= fs && isLineEnd(byte)) return i
  }
  return length
}

const markAt = (buffer: Uint8Array, at: number, length: number): number =>
  at + 3 <= length && buffer[at] === 0xef && buffer[at + 1] === 0xbb && buffer[at + 2] === 0xbf
    ? 3
    : 0

const envelopes = new Set(['FHS', 'BHS', 'BTS', 'FTS'])

const lineKind = (buffer: Uint8Array, at: number, length: number) => {
  const after = at + 3 < length ? buffer[at + 3] : undefined
  if (at + 3 > length || isLetterOrDigit(after)) return 'other'
  const [a = 0, b = 0, c = 0] = [buffer[at], buffer[at + 1], buffer[at + 2]]
  if (a === 0x4d && b === 0x53 && c === 0x48) return 'message'
  if (a !== 0x46 && a !== 0x42) return 'other'
  return envelopes.has(String.fromCharCode(a, b, c)) ? 'envelope' : 'other'
}

const isLetterOrDigit = (byte: number | undefined) =>
  byte !== undefined &&
  ((byte >= 48 && byte <= 57) || (byte >= 65 && byte <= 90) || (byte >= 97 && byte <= 122))

const trimmedEnd = (buffer: Uint8Array, start: number, end: number): number => {
  let last = end
  while (last > start && (isLineEnd(buffer[last - 1]) || isBlank(buffer[last - 1]))) last -= 1
  return last
}

const isBlank = (byte: number | undefined) => byte === 0x20 || byte === 0x09
