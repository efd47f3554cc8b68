/** Recodes UTF-16 into UTF-8 as it arrives. A lone surrogate becomes bytes that no UTF-8 reader accepts. */
export interface Utf16Recoder {
  push(chunk: Uint8Array): Uint8Array
  /** What an input that broke off in the middle of a character leaves. */
  end(): Uint8Array
}

/** As many bytes as `utf16Of` needs. */
export const utf16Telling = 6

const openings = new Set(['MSH', 'FHS', 'BHS'])

/** Which UTF-16 an input is in, by its mark or by the zero bytes between the letters of its first header. */
export const utf16Of = (bytes: Uint8Array): 'utf-16le' | 'utf-16be' | undefined => {
  const [a = 1, b = 1, c = 1, d = 1, e = 1, f = 1] = bytes
  if (a === 0xff && b === 0xfe) return 'utf-16le'
  if (a === 0xfe && b === 0xff) return 'utf-16be'
  if (b + d + f === 0 && openings.has(String.fromCharCode(a, c, e))) return 'utf-16le'
  if (a + c + e === 0 && openings.has(String.fromCharCode(b, d, f))) return 'utf-16be'
  return undefined
}

/** Holds back what a chunk leaves unfinished, half a unit or half a pair, until the next one. */
export const utf16Recoder = (encoding: 'utf-16le' | 'utf-16be'): Utf16Recoder => {
  const little = encoding === 'utf-16le'
  let half = -1
  let high = 0

  return {
    push: (chunk) => {
      const out = new Uint8Array(chunk.length * 3 + 6)
      let length = 0
      const put = (point: number) => {
        length = writePoint(out, length, point)
      }
      for (const byte of chunk) {
        if (half < 0) {
          half = byte
          continue
        }
        const unit = little ? half | (byte << 8) : (half << 8) | byte
        half = -1
        if (high !== 0) {
          if (unit >= 0xdc00 && unit <= 0xdfff) {
            put(0x10000 + ((high - 0xd800) << 10) + (unit - 0xdc00))
            high = 0
            continue
          }
          put(high)
          high = 0
        }
        if (unit >= 0xd800 && unit <= 0xdbff) high = unit
        else put(unit)
      }
      return out.subarray(0, length)
    },
    end: () => {
      const rest = new Uint8Array(high === 0 ? 0 : 3)
      if (high !== 0) writePoint(rest, 0, high)
      return half < 0 ? rest : Uint8Array.of(...rest, 0xff)
    },
  }
}

const writePoint = (out: Uint8Array, at: number, point: number): number => {
  if (point < 0x80) {
    out[at] = point
    return at + 1
  }
  if (point < 0x800) {
    out[at] = 0xc0 | (point >> 6)
    out[at + 1] = 0x80 | (point & 0x3f)
    return at + 2
  }
  if (point < 0x10000) {
    out[at] = 0xe0 | (point >> 12)
    out[at + 1] = 0x80 | ((point >> 6) & 0x3f)
    out[at + 2] = 0x80 | (point & 0x3f)
    return at + 3
  }
  out[at] = 0xf0 | (point >> 18)
  out[at + 1] = 0x80 | ((point >> 12) & 0x3f)
  out[at + 2] = 0x80 | ((point >> 6) & 0x3f)
  out[at + 3] = 0x80 | (point & 0x3f)
  return at + 4
}
