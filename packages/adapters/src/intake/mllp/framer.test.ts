import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { utf8 } from '../hl7v2/samples.ts'
import { createFramer, frameOf, type MllpPiece } from './framer.ts'
import { messages } from './messages.fixture.ts'

const bytesOf = (...parts: readonly (string | Uint8Array)[]) =>
  new Uint8Array(Buffer.concat(parts.map((part) => (typeof part === 'string' ? utf8(part) : part))))

/** What a framer finds in chunks, with neighbouring noise as one. */
const piecesOf = (chunks: readonly Uint8Array[], maxBytes = 1 << 20): MllpPiece[] => {
  const framer = createFramer(maxBytes)
  const found: MllpPiece[] = []
  for (const chunk of chunks) for (const piece of framer.push(chunk)) found.push(copied(piece))
  return [...found, ...framer.end()]
}

const copied = (piece: MllpPiece): MllpPiece =>
  'bytes' in piece ? { ...piece, bytes: piece.bytes.slice() } : piece

const saidBy = (piece: MllpPiece) =>
  'bytes' in piece ? `${piece.kind} ${new TextDecoder().decode(piece.bytes)}` : piece

const said = (...parts: readonly (string | Uint8Array)[]) =>
  piecesOf([bytesOf(...parts)]).map(saidBy)

describe('a frame', () => {
  it('is what stands between VT and FS CR', () => {
    expect(said('\vone\x1c\r\vtwo\x1c\r')).toEqual(['frame one', 'frame two'])
    expect(said(frameOf(utf8('three')))).toEqual(['frame three'])
  })

  it('ends with its FS, whatever comes after', () => {
    expect(said('\vone\x1c\vtwo\x1c\n\r\n\vthree\x1c')).toEqual([
      'frame one',
      'frame two',
      'frame three',
    ])
    const framer = createFramer(100)
    expect([...framer.push(utf8('\vone\x1c'))].map(saidBy)).toEqual(['frame one'])
  })

  it('may be empty', () => {
    expect(said('\v\x1c\r')).toEqual(['frame '])
  })

  it('may hold VT and CR, but no other beginning of a message', () => {
    expect(said('\vMSH|1\rNTE|a\vb\x1c\r')).toEqual(['frame MSH|1\rNTE|a\vb'])
    expect(said('\vMSH|1\rPID\vMSH|1\rPID|2\x1c\r')).toEqual([
      { kind: 'cut', length: 10 },
      'frame MSH|1\rPID|2',
    ])
  })

  it('that is not finished when the stream ends is cut', () => {
    expect(said('\vone\x1c\r\vtw')).toEqual(['frame one', { kind: 'cut', length: 2 }])
    expect(said('\v')).toEqual([{ kind: 'cut', length: 0 }])
  })
})

describe('noise', () => {
  it('outside of frames is counted and passed over', () => {
    expect(said('GET /\r\n\vone\x1c\r\r\n x\vtwo\x1c\rend')).toEqual([
      { kind: 'noise', length: 5 },
      'frame one',
      { kind: 'noise', length: 2 },
      'frame two',
      { kind: 'noise', length: 3 },
    ])
  })

  it('of line ends is none', () => {
    expect(said('\r\n\r\n\vone\x1c\r\r\n')).toEqual(['frame one'])
  })
})

describe('a frame beyond the limit', () => {
  it('is told with its beginning, and the next is whole', () => {
    const stream = bytesOf('\v0123456789\x1c\r\v01234567\x1c\r\v012345678\x1c\r')
    for (let at = 0; at <= stream.length; at += 1) {
      const pieces = piecesOf([stream.subarray(0, at), stream.subarray(at)], 8)
      expect(pieces.map(saidBy)).toEqual([
        'too-long 01234567',
        'frame 01234567',
        'too-long 01234567',
      ])
    }
  })

  it('that never ends takes no more memory than the limit', () => {
    const framer = createFramer(1 << 16)
    const chunk = new Uint8Array(1 << 16).fill(0x41)
    for (const piece of framer.push(Uint8Array.of(0x0b))) expect(piece).toBeUndefined()
    const before = process.memoryUsage().arrayBuffers
    for (let sent = 0; sent < 2000; sent += 1) {
      for (const piece of framer.push(chunk)) expect(piece).toBeUndefined()
    }
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(4 << 20)
    expect(framer.isOpen()).toBe(true)
    expect(framer.end()).toEqual([{ kind: 'cut', length: 1 << 16 }])
  })
})

describe('a stream of 1,000 messages', () => {
  const stream = bytesOf(...messages.map(frameOf))

  const arrivedWhole = (chunks: Iterable<Uint8Array>) => {
    const framer = createFramer(1 << 20)
    let next = 0
    for (const chunk of chunks) {
      for (const piece of framer.push(chunk)) {
        const sent = messages[next]
        next += 1
        if (piece.kind !== 'frame' || !sent || Buffer.compare(piece.bytes, sent) !== 0) return false
      }
    }
    return next === messages.length && framer.end().length === 0
  }

  function* chunksOf(size: number): Generator<Uint8Array, void> {
    for (let at = 0; at < stream.length; at += size) yield stream.subarray(at, at + size)
  }

  it('arrives exactly in chunks of any size', () => {
    for (const size of [1, 2, 3, 7, 64, 1000, 1448, 65_536, stream.length]) {
      expect([size, arrivedWhole(chunksOf(size))]).toEqual([size, true])
    }
  })

  it('arrives exactly however its chunks are cut', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 5000 }), { minLength: 1 }), (sizes) => {
        const chunks: Uint8Array[] = []
        for (let at = 0, turn = 0; at < stream.length; turn += 1) {
          const size = sizes[turn % sizes.length] ?? 1
          chunks.push(stream.subarray(at, at + size))
          at += size
        }
        expect(arrivedWhole(chunks)).toBe(true)
      }),
      { numRuns: 50 },
    )
  })

  it('arrives exactly cut in two at every byte of every message', () => {
    // What came before a message leaves the framer as it was, so each is cut between its neighbours alone; the whole
    // stream is cut at each of its places by the soak.
    const frames = messages.map(frameOf)
    const framer = createFramer(1 << 20)
    let cuts = 0
    for (const [n, frame] of frames.entries()) {
      const three = [n - 1, n, n + 1].flatMap((place) => messages[place] ?? [])
      const [before, after] = [n - 1, n + 1].map((place) => frames[place] ?? utf8(''))
      for (let at = 0; at <= frame.length; at += 1, cuts += 1) {
        const found: MllpPiece[] = []
        for (const chunk of [
          bytesOf(before ?? '', frame.subarray(0, at)),
          bytesOf(frame.subarray(at), after ?? ''),
        ]) {
          for (const piece of framer.push(chunk)) found.push(piece)
        }
        const isExact = three.every((sent, place) => {
          const piece = found[place]
          return piece?.kind === 'frame' && Buffer.compare(piece.bytes, sent) === 0
        })
        if (!isExact || found.length !== three.length) expect([n, at, found]).toBe('three, exactly')
      }
    }
    expect(cuts).toBe(stream.length + messages.length)
    expect([framer.isOpen(), framer.end()]).toEqual([false, []])
  })
})

describe('any bytes', () => {
  it('give the same however they are cut', () => {
    const byte = fc.constantFrom(0x0b, 0x1c, 0x0d, 0x0a, 0x41, 0x4d, 0x53, 0x48, 0x7c, 0xff)
    fc.assert(
      fc.property(fc.array(byte, { maxLength: 60 }), fc.array(fc.nat(9)), (bytes, sizes) => {
        const whole = Uint8Array.from(bytes)
        const chunks: Uint8Array[] = []
        let at = 0
        for (const size of sizes) {
          chunks.push(whole.subarray(at, at + size))
          at += size
        }
        const expected = piecesOf([whole], 12)
        expect(piecesOf([...chunks, whole.subarray(at)], 12)).toEqual(expected)
        const ends = expected.filter(({ kind }) => kind === 'frame' || kind === 'too-long')
        expect(ends.length).toBeLessThanOrEqual(bytes.filter((one) => one === 0x1c).length)
      }),
      { numRuns: 3000 },
    )
  })
})
