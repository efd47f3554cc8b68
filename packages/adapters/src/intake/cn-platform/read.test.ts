import { createHash } from 'node:crypto'
import { createCrm, IntakeEvent } from '@hospital-crm/core'
import { xuzhouPack } from '@hospital-crm/rules'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { at, attribute, parseXml } from '../../xml.ts'
import { gb18030, utf8 } from '../hl7v2/samples.ts'
import {
  type CnPlatformOutcome,
  type CnPlatformProfile,
  encodeCnPlatformAnswer,
  readCnPlatform,
  refusals,
} from './index.ts'
import {
  appointment,
  discharge,
  encounter,
  registration,
  soap,
  transfer,
} from './messages.fixture.ts'

const profile: CnPlatformProfile = { source: 'cn-platform:esb', zone: 'Asia/Shanghai' }

const read = (text: string | Uint8Array, soapAction?: string, by = profile): CnPlatformOutcome =>
  readCnPlatform({ body: typeof text === 'string' ? utf8(text) : text, soapAction }, by)

const called = (service: string, message: string, by = profile) =>
  read(soap(service, message), undefined, by)

const eventOf = (outcome: CnPlatformOutcome): IntakeEvent => {
  if (outcome.kind !== 'event') throw new Error(saidBy(outcome))
  return outcome.event
}

const saidBy = (outcome: CnPlatformOutcome): string => {
  if (outcome.kind === 'event') return outcome.event.type
  if (outcome.kind === 'ignored') return `ignored ${outcome.type}`
  return [outcome.code, outcome.field].filter(Boolean).join(' ')
}

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex')

const numbers = [
  { value: 'P-1', type: 'PI', authority: 'cn-platform:esb' },
  { value: '11010519491231002X', type: 'NI' },
]

describe('a patient', () => {
  it('is read whole', () => {
    const text = registration()
    expect(eventOf(called('S0001', text))).toEqual({
      source: 'cn-platform:esb',
      key: 'M-1',
      hash: sha256(text),
      type: 'person-updated',
      occurredAt: '2026-03-01T02:15:00.000Z',
      recordedAt: '2026-03-01T02:15:00.000Z',
      person: {
        identifiers: numbers,
        name: '王秀英',
        birthDate: '1949-12-31',
        sex: 'female',
        phones: ['15400000001'],
        address: '江苏省徐州市云龙区1号',
      },
    })
  })

  it('has numbers that are known by whoever gives them', () => {
    const by = { ...profile, authority: 'EMPI' }
    const own = { numbers: { patient: 'P-1', card: 'K-9' }, nationalId: '111111111111111111' }
    expect(eventOf(called('EncounterCardInfoAdd', registration(own), by))).toMatchObject({
      person: {
        identifiers: [
          { value: 'P-1', type: 'PI', authority: 'EMPI' },
          { value: 'K-9', type: 'IDCard', authority: 'EMPI' },
        ],
      },
    })
  })

  it('may have died', () => {
    const died = (more: string) => {
      const event = eventOf(called('S0002', registration({ more })))
      return 'person' in event ? event.person.died : undefined
    }
    expect(died('<deceasedTime value="20260301080000"/>')).toBe('2026-03-01T00:00:00.000Z')
    expect(died('<deceasedInd value="true"/>')).toBe(true)
    expect(died('<deceasedInd value="false"/>')).toBeUndefined()
  })

  it('may be found to be another', () => {
    expect(eventOf(called('PatientInfoMerge', registration({}, 'P-9')))).toMatchObject({
      type: 'merged',
      survivor: { identifiers: numbers },
      retired: [{ value: 'P-9', type: 'PI', authority: 'cn-platform:esb' }],
    })
  })

  it('has a name with the characters that XML escapes', () => {
    const text = registration({ name: 'O&apos;Brien &#38; 王&lt;' })
    for (const how of ['escaped', 'cdata'] as const) {
      const event = eventOf(read(soap('S0001', text, how)))
      expect('person' in event && event.person.name).toBe("O'Brien & 王<")
    }
  })
})

describe('a visit', () => {
  it('is read whole', () => {
    expect(eventOf(called('S0026', encounter()))).toMatchObject({
      type: 'admitted',
      occurredAt: '2026-02-20T09:01:00.000Z',
      person: { identifiers: numbers, name: '王秀英' },
      visit: {
        number: 'V-1',
        class: 'inpatient',
        department: { code: '4506', name: '心内科' },
        ward: '九病区',
        room: '12室',
        bed: '3床',
        attending: { code: '3109', name: '李明' },
        admittedAt: '2026-02-20T09:01:00.000Z',
        diagnoses: [{ code: 'I63.9', name: '脑梗死' }],
      },
    })
  })

  it('that is transferred is where it went to', () => {
    expect(eventOf(called('TransferInfoAdd', transfer()))).toMatchObject({
      type: 'transferred',
      occurredAt: '2026-02-25T01:00:00.000Z',
      visit: { department: { code: '4601', name: '神经内科' } },
    })
  })

  it('that is discharged is where it was left, and has no clerk for a doctor', () => {
    const event = eventOf(called('S0032', discharge()))
    expect(event).toMatchObject({
      type: 'discharged',
      occurredAt: '2026-03-01T02:10:00.000Z',
      visit: { department: { code: '4506' }, dischargedAt: '2026-03-01T02:10:00.000Z' },
    })
    expect('visit' in event && event.visit).not.toHaveProperty('attending')
  })

  it.each<[Record<string, string>, string]>([
    [{ inpatient: 'ZY001', visitCount: '2' }, 'ZY001-2'],
    [{ inpatient: 'ZY001' }, 'ZY001'],
    [{ outpatient: 'MZ7', visitCount: '1', visit: '0' }, 'MZ7-1'],
  ])('without a number of its own is numbered by %j', (visit, number) => {
    expect(eventOf(called('S0026', encounter({ visit })))).toMatchObject({ visit: { number } })
  })
})

describe('a service', () => {
  it.each([
    ['OutPatientInfoAdd', 'registered'],
    ['S0023', 'registered'],
    ['OutPatientInfoUpdate', 'visit-updated'],
    ['InPatientInfoAdd', 'admitted'],
    ['S0026', 'admitted'],
    ['S0027', 'visit-updated'],
    ['InPatientInfoUpdate', 'visit-updated'],
    ['s0024', 'visit-updated'],
  ])('%s means %s, whatever the root of its message', (service, type) => {
    for (const root of ['PRPA_IN400001UV', 'PRPA_IN400002UV', 'anything']) {
      expect(saidBy(called(service, encounter({ root })))).toBe(type)
    }
  })

  it('of a discharge is one though its message has the root of a registration', () => {
    expect(saidBy(called('S0032', discharge({ root: 'PRPA_IN400001UV' })))).toBe('discharged')
    expect(saidBy(called('S0033', discharge({ root: 'PRPA_IN400002UV' })))).toBe('discharged')
  })

  it.each([
    ['S0033', 'cancelled', 'discharge-cancelled'],
    ['S0032', 'nullified', 'discharge-cancelled'],
    ['S0027', 'aborted', 'admission-cancelled'],
    ['S0024', 'obsolete', 'admission-cancelled'],
  ])('%s with a message that is %s means %s', (service, status, type) => {
    expect(saidBy(called(service, encounter({ status })))).toBe(type)
  })

  it('of an update that knows the discharge time is the discharge', () => {
    const time = '<low value="20260220"/><high value="20260301101000"/>'
    expect(saidBy(called('S0027', encounter({ time })))).toBe('discharged')
  })

  it('of a vendor means what the hospital settled', () => {
    const by = { ...profile, services: { E0012: 'discharge-cancelled' as const } }
    expect(saidBy(called('E0012', encounter(), by))).toBe('discharge-cancelled')
    expect(saidBy(called('E0012', encounter()))).toBe('cn-platform.unknown-service E0012')
  })

  it('that nobody knows is refused, and named where it has a name', () => {
    const unknown = 'cn-platform.unknown-service'
    expect(saidBy(called('S0099', encounter()))).toBe(`${unknown} S0099`)
    expect(saidBy(called('constructor', encounter()))).toBe(`${unknown} constructor`)
    expect(saidBy(called('王秀英', encounter()))).toBe(unknown)
  })
})

describe('a request', () => {
  const text = encounter()
  const expected = eventOf(called('S0026', text))

  it('may pass its message escaped, in a CDATA section, as elements or bare', () => {
    expect(eventOf(read(soap('S0026', text, 'escaped')))).toEqual(expected)
    expect(eventOf(read(text, '"urn:hl7-org:v3/InPatientInfoAdd"'))).toEqual(expected)
    const { hash: _, ...rest } = expected
    expect(eventOf(read(soap('', text, 'elements'), 'urn:hl7-org:v3:S0026'))).toMatchObject(rest)
  })

  it('may call its arguments by any name, the service beside the message', () => {
    const other = soap('S0026', text)
      .replaceAll('action>', 'input1>')
      .replaceAll('message>', 'input2>')
    expect(eventOf(read(other))).toEqual(expected)
    const withToken = soap('S0026', text).replace('<action>', '<token>t</token><action>')
    expect(eventOf(read(withToken))).toEqual(expected)
  })

  it('goes by the service it names itself, not by the header of all', () => {
    expect(saidBy(read(soap('S0026', text), 'urn:hl7-org:v3/HIPMessageServer'))).toBe('admitted')
  })

  it('may be in UTF-8 or in the charset it declares', () => {
    const envelope = soap('S0026', text)
    expect(eventOf(read(utf8(`\ufeff${envelope}`)))).toEqual(expected)
    expect(eventOf(read(gb18030(envelope.replace('UTF-8', 'GBK'))))).toEqual(expected)
    expect(eventOf(read(gb18030(envelope)))).toEqual(expected)
  })

  it('is read again from what was kept of it', () => {
    for (const outcome of [
      read(soap('S0026', text)),
      read(text, 'InPatientInfoAdd'),
      read(soap('', text, 'elements'), 'S0026'),
      read(encounter({ time: '<low value="?"/>' }), 'S0026'),
    ]) {
      const again = readCnPlatform({ body: outcome.raw }, profile)
      expect({ ...again, raw: 0 }).toEqual({ ...outcome, raw: 0 })
    }
  })
})

describe('what cannot be read', () => {
  it.each<[string, string, string]>([
    [
      'cn-platform.no-patient-id patient/id',
      'S0001',
      registration({ numbers: {}, nationalId: '' }),
    ],
    ['cn-platform.no-retired-id priorRegisteredRole/id', 'S0003', registration({}, '0')],
    ['cn-platform.merged-into-itself priorRegisteredRole/id', 'S0003', registration({}, 'P-1')],
    ['cn-platform.no-visit-number encounterEvent/id', 'S0026', encounter({ visit: {} })],
    [
      'cn-platform.bad-time encounterEvent/effectiveTime/low',
      'S0026',
      encounter({ time: '<low value="20260230"/>' }),
    ],
    ['cn-platform.no-time encounterEvent/effectiveTime/high', 'S0032', discharge({ time: '' })],
    ['cn-platform.no-time creationTime', 'S0001', registration().replace('20260301101500', '')],
    ['cn-platform.no-message-id id', 'S0026', encounter({ id: '' })],
    ['cn-platform.no-message', 'S0026', registration()],
    ['cn-platform.no-message', 'S0001', encounter()],
  ])('says %s', (refusal, service, text) => {
    expect(saidBy(called(service, text))).toBe(refusal)
  })

  it('is a request without service, without XML or with more than it may have', () => {
    expect(saidBy(read(encounter()))).toBe('cn-platform.no-service')
    expect(saidBy(read('hello', 'S0026'))).toBe('cn-platform.no-xml')
    expect(saidBy(called('S0026', '<a><b></a>'))).toBe('cn-platform.no-xml')
    expect(saidBy(read('<a>'.repeat(200) + '</a>'.repeat(200), 'S0026'))).toBe('cn-platform.no-xml')
    expect(saidBy(read(encounter(), 'S0026', { ...profile, maxBytes: 100 }))).toBe(
      'cn-platform.too-large',
    )
    const noise = Uint8Array.from({ length: 300 }, (_, place) => 0x80 + (place % 32))
    expect(saidBy(read(noise))).toBe('cn-platform.charset')
  })

  it('is a document that declares entities, and none is expanded', () => {
    const bomb = `<!DOCTYPE a [<!ENTITY b "bbbb">]>${encounter({ name: '&b;' })}`
    expect(saidBy(read(bomb, 'S0026'))).toBe('cn-platform.doctype')
    expect(saidBy(called('S0026', bomb))).toBe('cn-platform.doctype')
    const event = eventOf(called('S0026', encounter({ name: '&b;' })))
    expect('person' in event && event.person.name).toBe('&b;')
  })

  it('is named by a documented code', () => {
    for (const [code, meaning] of Object.entries(refusals)) {
      expect(code).toMatch(/^cn-platform\.[a-z-]+$/)
      expect(meaning.length).toBeGreaterThan(20)
    }
  })
})

describe('any request', () => {
  it('comes to an outcome that the core can take', () => {
    const seeds = [
      soap('S0026', encounter()),
      soap('S0001', registration(), 'escaped'),
      soap('S0003', registration({}, 'P-9')),
      soap('S0032', discharge()),
      soap('', transfer(), 'elements'),
      soap('S0035', encounter()),
      soap('S0053', appointment()),
    ]
    const by = { ...profile, appointments: {} }
    const piece = fc.constantFrom('<', '>', '"', '&', '<a>', ']]>', '__proto__', '0', '王', '')
    const change = fc.tuple(fc.noBias(fc.nat(9999)), fc.nat(30), piece)
    const seen = new Set<string>()
    fc.assert(
      fc.property(
        fc.constantFrom(...seeds),
        fc.array(change, { maxLength: 3 }),
        (seed, changes) => {
          const text = changes.reduce((own, [where, length, put]) => {
            const place = Math.floor((where * own.length) / 10_000)
            return own.slice(0, place) + put + own.slice(place + length)
          }, seed)
          const outcome = read(text, 'S0029', by)
          seen.add(outcome.kind)
          if (outcome.kind === 'event') IntakeEvent.parse(outcome.event)
          else if (outcome.kind === 'unreadable') expect(refusals).toHaveProperty([outcome.code])
        },
      ),
      { numRuns: 1000 },
    )
    expect([...seen].sort()).toEqual(['event', 'ignored', 'unreadable'])
    expect(Object.keys(Object.prototype)).toEqual([])
  })
})

describe('an answer', () => {
  it('says to which message it is the answer, and why not', () => {
    const text = encodeCnPlatformAnswer({
      code: 'AE',
      messageId: 'M"1',
      id: 'A-1',
      at: new Date('2026-03-01T00:00:00Z'),
      because: 'store.contended',
    })
    const root = at(parseXml(text), 'MCCI_IN000002UV01')
    const acknowledgement = at(root, 'acknowledgement')
    expect(attribute(acknowledgement, 'typeCode')).toBe('AE')
    expect(attribute(at(acknowledgement, 'targetMessage', 'id'), 'extension')).toBe('M"1')
    expect(attribute(at(acknowledgement, 'acknowledgementDetail', 'text'), 'value')).toBe(
      'store.contended',
    )
    expect(attribute(at(root, 'creationTime'), 'value')).toBe('20260301000000+0000')
  })
})

describe('the desk', () => {
  it('takes a stay as it is told, once', async () => {
    const crm = createCrm()
    await crm.hospitals.open({ name: 'Test hospital', zone: 'Asia/Shanghai', pack: xuzhouPack })
    const outcomes = [
      called('S0001', registration({ id: 'M-0' })),
      called('S0026', encounter()),
      called('S0029', transfer()),
      called('S0032', discharge()),
    ]
    expect(await crm.intakes.take(outcomes)).toMatchObject({ taken: 4, quarantined: {} })
    expect(await crm.intakes.take(outcomes)).toMatchObject({ taken: 0, known: 4 })
    expect((await crm.encounters.get('V-1'))?.state).toMatchObject({
      status: 'discharged',
      attending: '3109',
    })
  })
})
