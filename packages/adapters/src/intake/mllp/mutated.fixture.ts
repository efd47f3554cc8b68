import { IntakeEvent, type IntakeOutcome, type Taken } from '@hospital-crm/core'
import { refusals as hl7Refusals } from '../hl7v2/refusal.ts'
import { adt, gb18030, line, utf8 } from '../hl7v2/samples.ts'
import { frameOf } from './framer.ts'
import { refusals } from './refusal.ts'

const everything = adt('A03', {
  evn: { 6: '20260301101500.5+0800' },
  pid: {
    3: '^^^^IDCard~0000356202^^^HIS&1.2&ISO^PatientNO',
    5: '王^秀英^^^^^L^I~WANG^XIUYING\\T\\CO',
    7: '19490321',
    11: '1&Long Lane^^Town~无',
    13: '^^^^^^^^15400000001',
    18: 'A-1',
  },
  pv1: { 3: '9505&妇三科^^12^4506', 36: '01', 44: '20260220', 45: '20260301' },
  more: [line('DG1', { 3: 'I63.9^脑梗死' })],
})

const seeds = [
  utf8(everything),
  gb18030(everything),
  utf8(adt('A40', { more: [line('MRG', { 1: 'P-9~P-8^^^HIS^MR' })] })),
  utf8(adt('A08')),
  utf8(adt('R01').replace('ADT^', 'ORU^')),
].map(frameOf)

/** Bytes that mean something to MLLP, HL7 or a charset. */
const telling = Uint8Array.from([
  0x0b, 0x1c, 0x0d, 0x0a, 0x7c, 0x5e, 0x7e, 0x5c, 0x26, 0x4d, 0x22, 0x30, 0x00, 0x1b, 0x81, 0xfe,
  0xff,
])

/** Numbers below a bound, the same for the same seed (xorshift). */
const numbers = (seed: number) => {
  let state = seed || 1
  return (bound: number): number => {
    state ^= state << 13
    state ^= state >>> 17
    state ^= state << 5
    return (state >>> 0) % bound
  }
}

/** So many frames with one to six damages each, always the same for a seed. */
export function* mutatedFrames(count: number, seed: number): Generator<Uint8Array, void> {
  const below = numbers(seed)
  const damaged = (bytes: Uint8Array): Uint8Array => {
    const at = below(bytes.length + 1)
    const [before, after] = [bytes.subarray(0, at), bytes.subarray(at)]
    const byte = Uint8Array.of(telling[below(telling.length)] ?? 0)
    const length = below(40)
    const parts = [
      [before, byte, after.subarray(1)],
      [before, byte, after],
      [before, after.subarray(length)],
      [before, after.subarray(0, length), after],
      // Half as likely as the others.
      [before],
    ][below(9) % 5]
    return new Uint8Array(Buffer.concat(parts ?? [bytes]))
  }
  for (let made = 0; made < count; made += 1) {
    let bytes = seeds[below(seeds.length)] ?? Uint8Array.of(0)
    for (let damages = 1 + below(6); damages > 0; damages -= 1) bytes = damaged(bytes)
    yield bytes
  }
}

const codes = new Set([...Object.keys(hl7Refusals), ...Object.keys(refusals)])

const isSound = (outcome: IntakeOutcome) =>
  outcome.kind === 'event'
    ? IntakeEvent.safeParse(outcome.event).success
    : outcome.kind === 'ignored' || codes.has(outcome.code)

/** Takes whatever is of a documented form and keeps none of it, since a store in memory would only grow. */
export const takenAndForgotten = async (outcomes: readonly IntakeOutcome[]): Promise<Taken> => {
  if (!outcomes.every(isSound)) throw new Error('an outcome of no documented form')
  const unread = outcomes.flatMap((one) => (one.kind === 'unreadable' ? [one.code] : []))
  const quarantined = Object.fromEntries(unread.map((code) => [code, 1]))
  return { read: outcomes.length, taken: 0, known: 0, ignored: {}, quarantined }
}
