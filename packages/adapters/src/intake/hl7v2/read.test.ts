import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { encodeAck, parseHl7, readHl7, readHl7Stream, refusals } from './index.ts'
import {
  adt,
  chinese,
  eventOf,
  gb18030,
  line,
  outcomesOf,
  personOf,
  said,
  shanghai,
  utf8,
  visitOf,
} from './samples.ts'

const sha256 = (data: string | Uint8Array) => createHash('sha256').update(data).digest('hex')
const textOf = (bytes: Uint8Array) => new TextDecoder().decode(bytes)

describe('an event', () => {
  it('comes from the application and facility that sent it', () => {
    expect(eventOf(adt('A03')).source).toBe('hl7v2:HIS|XZ')
    expect(eventOf(adt('A03', { msh: { 3: 'HIS^1.2^ISO', 4: '' } })).source).toBe('hl7v2:HIS|')
    expect(eventOf(adt('A03'), { ...shanghai, source: 'his-xuzhou' }).source).toBe('his-xuzhou')
  })

  it('is named by MSH-10 and by the hash of its text', () => {
    const text = adt('A03')
    expect(eventOf(text)).toMatchObject({ key: 'M-1', hash: sha256(text.slice(0, -1)) })
  })

  it('is the same event when it is sent again with other line ends, framing or charset', () => {
    const text = adt('A03', { pid: { 5: '王^秀英' } })
    const again = [
      text.replaceAll('\r', '\n'),
      text.replaceAll('\r', '\r\n\r\n'),
      `\v${text}\x1c\r`,
      `FHS|^~\\&\r${text}FTS|1\r`,
      gb18030(text),
    ]
    for (const one of again) expect(eventOf(one)).toEqual(eventOf(text))
  })

  it('is another event when the same MSH-10 comes with other content', () => {
    const events = outcomesOf(adt('A03') + adt('A03', { pv1: { 36: '07' } }))
    const names = events.map((one) => one.kind === 'event' && [one.event.key, one.event.hash])
    expect(names[0]).not.toEqual(names[1])
  })

  it('keeps its bytes', () => {
    const [outcome] = outcomesOf(`\v${adt('A03')}\x1c\r`)
    expect(outcome && textOf(outcome.raw)).toBe(adt('A03').slice(0, -1))
  })
})

describe('what cannot be read', () => {
  it('is reported with its bytes, and the rest is read', () => {
    const input = `Export of 1 March\r\n${adt('A01')}${adt('A03', { msh: { 10: '' } })}MSH\rPID|1\r${adt('A03')}`
    expect(said(input)).toEqual([
      'hl7.no-message',
      'event admitted',
      'hl7.no-control-id MSH-10',
      'hl7.bad-header MSH-2',
      'event discharged',
    ])
    const [noise, , nameless, headless] = outcomesOf(input)
    expect(noise).toEqual({
      kind: 'unreadable',
      code: 'hl7.no-message',
      hash: sha256('Export of 1 March'),
      raw: utf8('Export of 1 March'),
    })
    expect(nameless).toMatchObject({ source: 'hl7v2:HIS|XZ' })
    expect(headless && textOf(headless.raw)).toBe('MSH\rPID|1')
  })

  it('is a line inside a message that is no segment; the message is read without it', () => {
    const text = adt('A03').replace('\rPV1', '\rRoad 5||\r \rabc\rPV1')
    const outcomes = outcomesOf(text)
    expect(said(text)).toEqual(['event discharged', 'hl7.no-segment', 'hl7.no-segment'])
    expect(outcomes.slice(1).map(({ raw }) => textOf(raw))).toEqual(['Road 5||', 'abc'])
    expect(outcomes[1]).toMatchObject({
      source: 'hl7v2:HIS|XZ',
      key: 'M-1',
      hash: sha256('Road 5||'),
    })
  })

  it('is a message of no clean charset, which keeps the key its header gives', () => {
    const bytes = Uint8Array.of(...utf8(adt('A03', { pid: { 5: '?' } }))).map((byte) =>
      byte === 0x3f ? 0xff : byte,
    )
    const profile = { ...shanghai, charset: 'UTF-8' }
    expect(outcomesOf(bytes, profile)).toEqual([
      {
        kind: 'unreadable',
        code: 'hl7.charset',
        source: 'hl7v2:HIS|XZ',
        key: 'M-1',
        hash: sha256(bytes.slice(0, -1)),
        raw: bytes.slice(0, -1),
      },
    ])
  })

  it('is a message of no clean charset, which has no key where its header is not plain ASCII', () => {
    const [outcome] = outcomesOf(gb18030(adt('A03', { msh: { 3: '王医' } })), {
      ...shanghai,
      charset: 'UTF-8',
    })
    expect(outcome).toMatchObject({ kind: 'unreadable', code: 'hl7.charset' })
    expect(outcome).not.toHaveProperty('key')
    expect(outcome).not.toHaveProperty('source')
  })

  it('is a message longer than the profile allows, which keeps the key its header gives', () => {
    const input = adt('A03', { more: [line('OBX', { 5: 'x'.repeat(500) })] }) + adt('A01')
    const profile = { ...shanghai, maxMessageBytes: 300 }
    expect(said(input, profile)).toEqual(['hl7.too-long', 'event admitted'])
    const [long] = outcomesOf(input, profile)
    expect(long).toMatchObject({ source: 'hl7v2:HIS|XZ', key: 'M-1' })
    expect(long?.raw.length).toBe(300)
  })

  it('is a person of more numbers than anybody has', () => {
    const many = Array.from({ length: 1001 }, (_, place) => `P-${place}`).join('~')
    expect(said(adt('A31', { pid: { 3: many } }))[0]).toBe('hl7.too-many PID-3')
    expect(said(adt('A40', { more: [`MRG|${many}`] }))[0]).toBe('hl7.too-many MRG-1')
    expect(said(adt('A31', { pid: { 3: many.slice(many.indexOf('~') + 1) } }))).toEqual([
      'event person-updated',
    ])
  })

  it('is named by a documented code', () => {
    for (const [code, meaning] of Object.entries(refusals)) {
      expect(code).toMatch(/^hl7\.[a-z-]+$/)
      expect(meaning.length).toBeGreaterThan(20)
    }
  })
})

describe('a message from a Chinese system', () => {
  const text = [
    line('MSH', {
      3: 'HIS',
      5: 'EAI',
      7: '20260301101500',
      9: 'ADT^A03',
      10: '40258254',
      18: 'UNICODE',
    }),
    line('EVN', { 1: 'A03', 2: '20260301101500' }),
    line('PID', {
      2: '0000312799',
      3: '0000312799^^^^IDCard~0000291199^^^^PatientNO~^^^^IdentifyNO',
      5: '王秀英',
      7: '19490321000000',
      8: 'F',
      11: '江苏省徐州市云龙区1号^^^^221000^^H~无^^^^221000^^O',
      13: '^^^^^^^^13900000001',
      14: '^^^^^^^^无',
    }),
    line('PV1', {
      2: 'I',
      3: '9505^^12^4506^妇三科',
      17: '003109',
      19: '112998108',
      36: '1',
      44: '20260220170124',
      45: '20260301101000',
    }),
    line('DG1', { 3: '^肺炎', 4: '肺炎' }),
    '',
  ].join('\r\n')

  it.each([
    ['UTF-8', utf8(text)],
    ['GB18030, though it declares UNICODE', gb18030(text)],
  ])('is read whole in %s', (_, bytes) => {
    expect(eventOf(bytes, chinese)).toEqual({
      source: 'hl7v2:HIS|',
      key: '40258254',
      hash: sha256(text.trimEnd().replaceAll('\r\n', '\r')),
      type: 'discharged',
      occurredAt: '2026-03-01T02:10:00.000Z',
      recordedAt: '2026-03-01T02:15:00.000Z',
      person: {
        identifiers: [
          { value: '0000312799', type: 'IDCard' },
          { value: '0000291199', type: 'PatientNO' },
        ],
        name: '王秀英',
        birthDate: '1949-03-21',
        sex: 'female',
        phones: ['13900000001'],
        address: '江苏省徐州市云龙区1号',
      },
      visit: {
        number: '112998108',
        class: 'inpatient',
        department: { code: '4506', name: '妇三科' },
        ward: '9505',
        bed: '12',
        attending: { code: '003109' },
        admittedAt: '2026-02-20T09:01:24.000Z',
        dischargedAt: '2026-03-01T02:10:00.000Z',
        disposition: '1',
        diagnoses: [{ name: '肺炎' }],
      },
    })
  })

  it('gives hexadecimal escapes back in its own charset', () => {
    const escaped = adt('A31', {
      msh: { 18: 'GB 18030-2000' },
      pid: { 5: '\\XCDF5\\^\\XD0E3\\\\XD3A2\\' },
    })
    expect(personOf(eventOf(escaped)).name).toBe('王秀英')
    const mixed = gb18030(adt('A31', { pid: { 5: '王\\XD0E3D3A2\\' } }))
    expect(personOf(eventOf(mixed, chinese)).name).toBe('王秀英')
  })
})

describe('a value', () => {
  it('holds no control characters, which a database would refuse later', () => {
    const event = eventOf(
      adt('A03', { pid: { 5: 'Every\u0000man^A\\X00\\dam\\.br\\B' }, pv1: { 3: '3\u0001E' } }),
    )
    expect(personOf(event).name).toBe('A dam B Every man')
    expect(visitOf(event).ward).toBe('3 E')
  })
})

describe('the bytes of an outcome', () => {
  it('can be parsed again, for an acknowledgement or further fields', () => {
    const [outcome] = outcomesOf(gb18030(adt('A03', { pid: { 5: '王秀英' } })), chinese)
    const message = parseHl7(outcome?.raw ?? utf8(''), chinese)
    expect(message?.segment('PID')?.value(5)).toBe('王秀英')
    expect(encodeAck(message, { code: 'AA', at: new Date(0), controlId: '1' })).toContain(
      'MSA|AA|M-1|',
    )
  })

  it('give the header alone where the rest is in no charset, and nothing where there is no header', () => {
    const bytes = Uint8Array.of(...utf8(adt('A03')), 0xff, 0xff)
    expect(parseHl7(bytes, { ...shanghai, charset: 'UTF-8' })?.header.value(10)).toBe('M-1')
    expect(parseHl7(utf8('noise'), shanghai)).toBeUndefined()
  })
})

describe('a stream', () => {
  it('gives the outcomes of the whole input, from any source of chunks', async () => {
    const bytes = utf8(`noise\r${adt('A01')}\v${adt('A03')}\x1c\r${adt('ZP1')}`)
    const expected = [...readHl7(bytes, shanghai)]
    expect(expected.length).toBe(4)
    const found = []
    for await (const one of readHl7Stream([bytes.subarray(0, 50), bytes.subarray(50)], shanghai))
      found.push(one)
    expect(found).toEqual(expected)
    const web = []
    for await (const one of readHl7Stream(new Blob([bytes.slice()]).stream(), shanghai))
      web.push(one)
    expect(web).toEqual(expected)
  })
})
