import { describe, expect, it } from 'vitest'
import { utf8 } from '../samples.ts'
import { type InputPiece, piecesOf, piecesOfStream } from './pieces.ts'

const options = { maxBytes: 1000, detectUtf16: true }
const text = (bytes: Uint8Array) => new TextDecoder('latin1').decode(bytes)
const shown = ({ kind, bytes, tooLong }: InputPiece) =>
  `${kind}${tooLong ? ' too long' : ''}: ${text(bytes)}`
const cut = (input: string | Uint8Array, by = options) =>
  [...piecesOf(typeof input === 'string' ? utf8(input) : input, by)].map(shown)

const streamed = async (chunks: readonly Uint8Array[], by = options) => {
  const found: string[] = []
  for await (const piece of piecesOfStream(chunks, by)) found.push(shown(piece))
  return found
}

describe('an input', () => {
  it.each(['\r', '\n', '\r\n', '\r\n\r\n', '\n\n\n'])(
    'of two messages is cut whatever ends its lines: %j',
    (end) => {
      const input = ['MSH|a', 'PID|1', 'MSH|b', 'PID|2', ''].join(end)
      expect(cut(input)).toEqual([`message: MSH|a${end}PID|1`, `message: MSH|b${end}PID|2`])
    },
  )

  it('of MLLP frames is cut at them, with or without CR after the end mark', () => {
    expect(cut('\vMSH|a\rPID|1\r\x1c\r\vMSH|b\r\x1c\vMSH|c\x1c')).toEqual([
      'message: MSH|a\rPID|1',
      'message: MSH|b',
      'message: MSH|c',
    ])
  })

  it('of batches gives the messages and not the envelopes', () => {
    const input = 'FHS|^~\\&|f\rBHS|^~\\&|b\rMSH|a\rPID|1\rMSH|b\rBTS|2\rFTS|1\r'
    expect(cut(input)).toEqual(['message: MSH|a\rPID|1', 'message: MSH|b'])
  })

  it('begins with a byte order mark or has one before each message', () => {
    expect(cut('\ufeffMSH|a\r\ufeffMSH|b')).toEqual(['message: MSH|a', 'message: MSH|b'])
    const marks = (input: string) => [...piecesOf(utf8(input), options)].map(({ bom }) => bom)
    expect(marks('\ufeffMSH|a\rMSH|b')).toEqual([true, true])
    expect(marks('MSH|a\r\ufeffMSH|b\rMSH|c')).toEqual([false, true, false])
  })

  it('keeps the text before the first message and after a frame as pieces of their own', () => {
    expect(cut('report of 1 March\r\npage 1\r\n\r\nMSH|a\rPID|1\r\x1c\rnoise\rMSH|b')).toEqual([
      'stray: report of 1 March\r\npage 1',
      'message: MSH|a\rPID|1',
      'stray: noise',
      'message: MSH|b',
    ])
  })

  it('keeps odd lines inside a message with it', () => {
    expect(cut('MSH|a\rPID|1\rRoad 5\rPV1|1\rMSHX|\rMSH|b')).toEqual([
      'message: MSH|a\rPID|1\rRoad 5\rPV1|1\rMSHX|',
      'message: MSH|b',
    ])
  })

  it.each(['', '\r\n\r\n', ' \t \r\n', '\v\x1c\r', '\ufeff', '\ufeff\r\n'])(
    'of nothing gives nothing: %j',
    (input) => {
      expect(cut(input)).toEqual([])
    },
  )

  it('gives no more of a piece than the limit, and finds the next message', () => {
    const long = 'x'.repeat(30)
    const by = { ...options, maxBytes: 20 }
    expect(cut(`MSH|a\rNTE|${long}\rNTE|${long}\rMSH|b\rnoise`, by)).toEqual([
      `message too long: MSH|a\rNTE|${'x'.repeat(10)}`,
      'message: MSH|b\rnoise',
    ])
    expect(cut(`${long}\rMSH|b`, by)).toEqual([
      `stray too long: ${'x'.repeat(20)}`,
      'message: MSH|b',
    ])
    expect(cut(`MSH|${'a'.repeat(16)}\r\r\r\r\r\r`, by)).toEqual([`message: MSH|${'a'.repeat(16)}`])
  })

  it('in UTF-16 is read like any other, with or without its mark', () => {
    const little = (input: string) =>
      Uint8Array.from(
        [...input].flatMap((char) => [char.charCodeAt(0) & 0xff, char.charCodeAt(0) >> 8]),
      )
    const big = (input: string) => little(input).map((_, i, all) => all[i ^ 1] ?? 0)
    const input = 'MSH|王\r\nPID|é\r\nMSH|b'
    for (const bytes of [
      little(input),
      big(input),
      little(`\ufeff${input}`),
      big(`\ufeff${input}`),
    ]) {
      const pieces = [...piecesOf(bytes, options)]
      expect(pieces.map((piece) => new TextDecoder().decode(piece.bytes))).toEqual([
        'MSH|王\r\nPID|é',
        'MSH|b',
      ])
      expect(pieces.every(({ utf16 }) => utf16)).toBe(true)
    }
  })

  it('in UTF-16 that breaks off or has half a pair is no valid UTF-8 afterwards', () => {
    const valid = (bytes: readonly number[]) => {
      const [piece] = piecesOf(Uint8Array.from(bytes), options)
      return () => new TextDecoder('utf-8', { fatal: true }).decode(piece?.bytes)
    }
    const front = [0xff, 0xfe, 0x4d, 0, 0x53, 0, 0x48, 0, 0x7c, 0]
    expect(valid([...front, 0x3d, 0xd8, 0, 0xde])()).toBe('MSH|😀')
    for (const rest of [[0x41], [0x3d, 0xd8], [0x3d, 0xd8, 0x41, 0], [0, 0xde]]) {
      expect(valid([...front, ...rest])).toThrow(TypeError)
    }
  })
})

describe('an input in chunks', () => {
  const sample = [
    'noise\r\n\ufeffMSH|a\rPID|1|王\n\n\x1c\r\vMSH|b\r\x1cFHS|x\rBHS|x\nMSH|c\r\nlost line\r\nMSH|',
    'd'.repeat(60),
    '\rNTE|e\rBTS|1\rtail',
  ].join('')
  const by = { ...options, maxBytes: 40 }

  it('gives the same pieces wherever it is cut in two', async () => {
    for (const bytes of [utf8(sample), utf16(sample), utf16(sample).subarray(0, -1)]) {
      const whole = cut(bytes, by)
      expect(whole.length).toBe(6)
      for (let at = 0; at <= bytes.length; at += 1) {
        expect(await streamed([bytes.subarray(0, at), bytes.subarray(at)], by)).toEqual(whole)
      }
    }
  })

  it('gives the same pieces byte by byte', async () => {
    const bytes = utf8(sample)
    expect(
      await streamed(
        Array.from(bytes, (byte) => Uint8Array.of(byte)),
        by,
      ),
    ).toEqual(cut(bytes, by))
  })

  it('gives a framed message as soon as its frame ends', async () => {
    const seen: string[] = []
    const chunks = async function* () {
      yield utf8('\vMSH|a\r\x1c')
      seen.push('next chunk asked for')
      yield utf8('\r')
    }
    for await (const piece of piecesOfStream(chunks(), options)) seen.push(shown(piece))
    expect(seen).toEqual(['message: MSH|a', 'next chunk asked for'])
  })

  it('passes an error of its source on', async () => {
    const broken = async function* () {
      yield utf8('MSH|a\r')
      throw new Error('connection reset')
    }
    await expect(async () => {
      for await (const _ of piecesOfStream(broken(), options));
    }).rejects.toThrow('connection reset')
  })
})

const utf16 = (input: string): Uint8Array =>
  Uint8Array.from(
    [...`\ufeff${input}`].flatMap((char) => [char.charCodeAt(0) & 0xff, char.charCodeAt(0) >> 8]),
  )
