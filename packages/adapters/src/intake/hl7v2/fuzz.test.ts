import { IntakeEvent } from '@hospital-crm/core'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  encodeAck,
  type Hl7Outcome,
  type Hl7Profile,
  parseHl7,
  readHl7,
  readHl7Stream,
  refusals,
} from './index.ts'
import { adt, chinese, gb18030, line, outcomesOf, saidBy, shanghai, utf8 } from './samples.ts'

const everything = adt('A03', {
  evn: { 6: '20260301101500.5+0800' },
  pid: {
    3: '^^^^IDCard~0000356202^^^HIS&1.2&ISO^PatientNO',
    5: '王^秀英^^^^^L^I~WANG^XIUYING\\T\\CO',
    7: '19490321',
    11: '1&Long Lane^^Town~无',
    13: '^PRN^PH^^86^010^58851234~^^^^^^^^13900000001',
    18: 'A-1',
    19: '11010519491231002X',
    29: '20260214',
  },
  pv1: {
    3: '9505&妇三科^^12^4506',
    7: '851^Li\\X4D\\^Ming',
    36: '01',
    44: '20260220',
    45: '20260301',
  },
  more: [line('DG1', { 3: 'I63.9^脑梗死' }), line('NTE', { 3: '\\H\\see\\N\\ \\.br\\' })],
})
const merge = adt('A40', {
  more: [line('MRG', { 1: 'P-9~P-8^^^HIS^MR' }), line('PID', { 3: 'P-2' }), 'MRG|P-7'],
})
const bill = adt('P03', {
  msh: { 9: 'DFT^P03' },
  pv1: { 20: '自费' },
  more: [
    line('FT1', { 2: 'F-1', 4: '20260301', 6: 'CG', 7: 'BED', 10: '2', 12: '22.50&CNY' }),
    line('FT1', { 2: 'F-2', 4: '20260301', 6: 'CD', 7: 'BED', 11: '45' }),
  ],
})
const booking = adt('S12', {
  msh: { 9: 'SIU^S12' },
  more: [line('SCH', { 1: '7', 2: '9^HIS', 25: 'Booked' }), 'AIS|1||EYE|20990309090000'],
})
const file = `noise\r\n\ufeff${everything}FHS|^~\\&\r\v${merge}\x1c\r${adt('A08')}BTS|2\rafter`

const seeds = [
  utf8(everything),
  gb18030(everything),
  utf8(merge),
  utf8(file),
  utf8(bill),
  utf8(booking),
  gb18030(adt('A31')),
  utf8(adt('A40', { msh: { 7: '' }, pid: { 3: 'P-1' }, more: ['MRG|P-9'] })),
]

/** Bytes that mean something to HL7, MLLP or a charset are likelier than others. */
const byte = fc.oneof(
  fc.constantFrom(
    ...utf8('|^~\\&\r\n\v\x1c"MSH0129XFHSTB\0 '),
    0x1b,
    0x80,
    0x81,
    0xb0,
    0xc3,
    0xfe,
    0xff,
  ),
  fc.nat(255),
)
const change = fc.record({
  kind: fc.constantFrom('set', 'insert', 'remove', 'repeat', 'cut', 'field', 'field'),
  /** Where, in ten-thousandths of the input: a fraction would nearly always be next to 0 or 1. */
  at: fc.noBias(fc.nat(9999)),
  byte,
  length: fc.nat(40),
  value: fc.constantFrom(
    '',
    '""',
    '0',
    'P-1',
    '^^^^MR',
    '20260231',
    '19000101',
    'ADT^A01',
    '无',
    '&~^',
  ),
})
type Change = typeof change extends fc.Arbitrary<infer Value> ? Value : never

const joined = (...parts: readonly (Uint8Array | string | number)[]): Uint8Array =>
  new Uint8Array(
    Buffer.concat(
      parts.map((part) =>
        typeof part === 'object'
          ? part
          : typeof part === 'string'
            ? utf8(part)
            : Uint8Array.of(part),
      ),
    ),
  )

const changed = (bytes: Uint8Array, { kind, at, byte: one, length, value }: Change): Uint8Array => {
  const place = Math.floor((at * bytes.length) / 10_000)
  const [before, from] = [bytes.subarray(0, place), bytes.subarray(place)]
  switch (kind) {
    case 'set':
      return joined(before, one, from.subarray(1))
    case 'insert':
      return joined(before, one, from)
    case 'remove':
      return joined(before, from.subarray(length))
    case 'repeat':
      return joined(before, from.subarray(0, length), from)
    case 'cut':
      return before
    case 'field': {
      const start = bytes.indexOf(0x7c, place) + 1
      const end = bytes.subarray(start).findIndex((next) => next === 0x7c || next === 0x0d)
      if (start === 0 || end < 0) return bytes
      return joined(bytes.subarray(0, start), value, bytes.subarray(start + end))
    }
  }
}

const mutated = fc
  .tuple(fc.constantFrom(...seeds), fc.array(change, { minLength: 1, maxLength: 6 }))
  .map(([seed, changes]) => changes.reduce(changed, seed))
const charges = {
  currency: 'CNY',
  category: { field: 'FT1-7', codes: { BED: 'bed' } },
  payer: { field: 'PV1-20', codes: { 自费: 'self-pay' } },
} as const
const profiles = fc.constantFrom<Hl7Profile>(
  { ...shanghai, charges, appointments: { schedule: { field: 'AIS-3' } } },
  { ...chinese, charges },
  { ...shanghai, charset: 'GB18030', maxMessageBytes: 400 },
)

const lineEnds = new RegExp(`[\r\n\v${String.fromCharCode(0x1c)}]`)
const envelope = /^(\xef\xbb\xbf)?(FHS|BHS|BTS|FTS)(?![A-Za-z0-9])/

const isSound = (outcome: Hl7Outcome): boolean => {
  if (outcome.kind === 'event') return IntakeEvent.safeParse(outcome.event).success
  if (!/^[0-9a-f]{64}$/.test(outcome.hash)) return false
  if (outcome.kind === 'ignored') return outcome.type !== ''
  return outcome.code in refusals && /^([A-Z][A-Z0-9]{2}-\d+)?$/.test(outcome.field ?? '')
}

describe('a damaged input', () => {
  it('never throws, and each of 20,000 comes to documented outcomes that the core can take', () => {
    const seen: Record<string, number> = {}
    fc.assert(
      fc.property(mutated, profiles, (bytes, profile) => {
        for (const outcome of readHl7(bytes, profile)) {
          const kind = outcome.kind === 'unreadable' ? outcome.code : outcome.kind
          seen[kind] = (seen[kind] ?? 0) + 1
          if (!isSound(outcome)) expect(outcome).toBe('an outcome of the documented form')
          encodeAck(parseHl7(outcome.raw, profile), { code: 'AE', at: new Date(0), controlId: '1' })
        }
      }),
      { numRuns: 20_000 },
    )
    // A generator that no longer reaches a way of failing would make this test say less than it seems.
    const isReachable = (code: string) => code !== 'hl7.too-many'
    expect(Object.keys(seen).filter(isReachable).sort()).toEqual(
      ['event', 'ignored', ...Object.keys(refusals).filter(isReachable)].sort(),
    )
  }, 60_000)

  it('gives the same from a stream, wherever it is cut', async () => {
    await fc.assert(
      fc.asyncProperty(mutated, profiles, fc.array(fc.nat(200)), async (bytes, profile, sizes) => {
        const chunks: Uint8Array[] = []
        let at = 0
        for (const size of sizes) {
          chunks.push(bytes.subarray(at, at + size))
          at += size
        }
        chunks.push(bytes.subarray(at))
        const streamed = []
        for await (const outcome of readHl7Stream(chunks, profile)) streamed.push(outcome)
        expect(streamed).toEqual(outcomesOf(bytes, profile))
      }),
      { numRuns: 1500 },
    )
  }, 60_000)

  it('gives the same from a stream cut in two at every byte', async () => {
    for (const bytes of [utf8(file), gb18030(file.replace('\ufeff', ''))]) {
      const whole = outcomesOf(bytes, chinese)
      expect(whole.map(saidBy)).toEqual([
        'hl7.no-message',
        'event discharged',
        'event merged',
        'event merged',
        'event visit-updated',
        'hl7.no-message',
      ])
      for (let at = 0; at <= bytes.length; at += 1) {
        const streamed = []
        const chunks = [bytes.subarray(0, at), bytes.subarray(at)]
        for await (const outcome of readHl7Stream(chunks, chinese)) streamed.push(outcome)
        expect(streamed).toEqual(whole)
      }
    }
  }, 60_000)

  it('loses no byte that says something', () => {
    const telling = (bytes: Uint8Array) => bytes.filter((one) => one > 0x20 && one !== 0x7f).length
    fc.assert(
      fc.property(mutated, (bytes) => {
        // The events of one message share its bytes; a stray line is also part of its message.
        const kept = new Set(
          outcomesOf(bytes)
            .filter((one) => !(one.kind === 'unreadable' && one.code === 'hl7.no-segment'))
            .map(({ raw }) => raw),
        )
        const text = Array.from(bytes, (one) => String.fromCharCode(one)).join('')
        const dropped = text
          .split(lineEnds)
          .map((row) => (envelope.test(row) ? row : (row.match(/\xef\xbb\xbf/g) ?? []).join('')))
          .join('')
        const sum = [...kept].reduce((total, raw) => total + telling(raw), 0)
        const lost = telling(bytes) - sum
        expect(lost).toBeGreaterThanOrEqual(0)
        expect(lost).toBeLessThanOrEqual(
          telling(Uint8Array.from(dropped, (char) => char.charCodeAt(0))),
        )
      }),
      { numRuns: 3000 },
    )
  }, 60_000)
})
