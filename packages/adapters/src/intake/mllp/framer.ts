const [vt, fs, cr, lf] = [0x0b, 0x1c, 0x0d, 0x0a]
const header = [0x4d, 0x53, 0x48] as const

/** One thing found in a stream of MLLP frames. */
export type MllpPiece =
  /** What stood between VT and FS. */
  | { readonly kind: 'frame'; readonly bytes: Uint8Array }
  /** A frame beyond the limit, of which only the beginning was kept. */
  | { readonly kind: 'too-long'; readonly bytes: Uint8Array }
  /** Bytes that stood in no frame. */
  | { readonly kind: 'noise'; readonly length: number }
  /** A frame that was begun anew, or was not finished when the stream ended. */
  | { readonly kind: 'cut'; readonly length: number }

/** Cuts a stream of bytes into frames. */
export interface Framer {
  /** What is complete with this chunk. The bytes may be views on it. */
  push(chunk: Uint8Array): Generator<MllpPiece, void>
  /** What an ended stream leaves. */
  end(): MllpPiece[]
  /** Whether a frame has been begun and not finished. */
  isOpen(): boolean
}

/**
 * A framer that holds at most `maxBytes` and what a chunk brings, however a stream is cut. A frame ends with its FS,
 * with or without the CR after it; FS CR is what MLLP asks for. Noise between frames is passed over.
 */
export const createFramer = (maxBytes: number): Framer => {
  let held = new Uint8Array(0)
  let length = 0
  let open = false
  let tooLong = false
  let noise = 0

  const hold = (bytes: Uint8Array) => {
    const kept = bytes.subarray(0, maxBytes - length)
    tooLong ||= bytes.length > kept.length
    if (length + kept.length > held.length) {
      const size = Math.min(maxBytes, Math.max(1024, held.length * 2, length + kept.length))
      const larger = new Uint8Array(size)
      larger.set(held.subarray(0, length))
      held = larger
    }
    held.set(kept, length)
    length += kept.length
  }

  const drop = () => {
    held = new Uint8Array(0)
    length = 0
    open = false
    tooLong = false
  }

  /** A sender that lost its place begins the frame again without ending it; what came before is no message. */
  function* finished(bytes: Uint8Array, isTooLong: boolean): Generator<MllpPiece, void> {
    const restart = lastStart(bytes)
    if (restart > 0) yield { kind: 'cut', length: restart }
    const kind = isTooLong ? 'too-long' : 'frame'
    yield { kind, bytes: restart > 0 ? bytes.subarray(restart) : bytes }
  }

  const passed = (): MllpPiece[] => {
    const found: MllpPiece[] = noise > 0 ? [{ kind: 'noise', length: noise }] : []
    noise = 0
    return found
  }

  function* push(chunk: Uint8Array): Generator<MllpPiece, void> {
    let at = 0
    while (at < chunk.length) {
      if (!open) {
        const start = chunk.indexOf(vt, at)
        noise += telling(chunk, at, start < 0 ? chunk.length : start)
        if (start < 0) return
        yield* passed()
        open = true
        at = start + 1
      }
      const end = chunk.indexOf(fs, at)
      const rest = chunk.subarray(at, end < 0 ? chunk.length : end)
      if (end < 0) {
        hold(rest)
        return
      }
      // Most frames come in one piece and need no copy.
      const isWhole = length === 0 && rest.length <= maxBytes
      if (!isWhole) hold(rest)
      const [bytes, isTooLong] = isWhole ? [rest, false] : [held.subarray(0, length), tooLong]
      drop()
      yield* finished(bytes, isTooLong)
      at = end + 1
    }
  }

  return {
    push,
    end: () => {
      const left: MllpPiece[] = open ? [{ kind: 'cut', length }] : passed()
      drop()
      return left
    },
    isOpen: () => open,
  }
}

/** Where the last message of a frame begins, if another begins after the first. */
const lastStart = (bytes: Uint8Array): number => {
  for (let at = bytes.lastIndexOf(vt); at >= 0; at = at > 0 ? bytes.lastIndexOf(vt, at - 1) : -1) {
    if (header.every((byte, place) => bytes[at + 1 + place] === byte)) return at + 1
  }
  return 0
}

/** How many bytes say something; line ends between frames do not. */
const telling = (bytes: Uint8Array, from: number, to: number): number => {
  let count = 0
  for (let at = from; at < to; at += 1) {
    const byte = bytes[at]
    if (byte !== cr && byte !== lf && byte !== fs) count += 1
  }
  return count
}

/** A text as one MLLP frame. */
export const frameOf = (bytes: Uint8Array): Uint8Array => {
  const frame = new Uint8Array(bytes.length + 3)
  frame[0] = vt
  frame.set(bytes, 1)
  frame.set([fs, cr], bytes.length + 1)
  return frame
}
