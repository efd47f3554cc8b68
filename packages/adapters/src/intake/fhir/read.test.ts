import { createCrm, IntakeEvent } from '@hospital-crm/core'
import { xuzhouPack } from '@hospital-crm/rules'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  type FhirOptions,
  type FhirOutcome,
  type FhirProfile,
  readFhir,
  refusals,
} from './index.ts'

const profile: FhirProfile = { source: 'fhir:portal', zone: 'Asia/Shanghai' }

const patient = {
  resourceType: 'Patient',
  id: 'p1',
  meta: { versionId: '3', lastUpdated: '2026-03-01T08:00:00+08:00' },
  identifier: [
    {
      system: 'urn:oid:2.16.156.10011.2.5.1.4',
      value: '0000312799',
      type: { coding: [{ code: 'MR' }] },
    },
    { system: 'urn:oid:2.16.156.10011.1.3', value: '11010519491231002X' },
  ],
  name: [
    { use: 'old', text: '王小英' },
    { use: 'official', family: '王', given: ['秀英'] },
  ],
  telecom: [
    { system: 'phone', value: '15400000001', use: 'mobile' },
    { system: 'email', value: 'w@example.cn' },
    { system: 'phone', value: '15400000009', use: 'old' },
  ],
  gender: 'female',
  birthDate: '1949-12-31',
  address: [{ state: '江苏省', city: '徐州市', line: ['江苏省徐州市云龙区1号'] }],
}

const encounter = {
  resourceType: 'Encounter',
  id: 'e1',
  meta: { lastUpdated: '2026-03-01T03:00:00Z' },
  identifier: [{ value: 'x' }, { value: 'ZY001', type: { coding: [{ code: 'VN' }] } }],
  status: 'finished',
  class: { code: 'IMP' },
  serviceType: { coding: [{ code: '4506', display: '心内科' }] },
  subject: { reference: 'Patient/p1' },
  participant: [
    { type: [{ coding: [{ code: 'ADM' }] }], individual: { reference: 'Practitioner/d2' } },
    { type: [{ coding: [{ code: 'ATND' }] }], individual: { reference: 'Practitioner/d1' } },
  ],
  period: { start: '2026-02-20T17:01:00+08:00', end: '2026-03-01T10:10:00+08:00' },
  diagnosis: [{ condition: { reference: '#c1' } }],
  contained: [
    {
      resourceType: 'Condition',
      id: 'c1',
      code: { coding: [{ code: 'I63.9', display: '脑梗死' }] },
    },
  ],
  hospitalization: { dischargeDisposition: { coding: [{ code: 'home' }] } },
  location: [
    { location: { reference: 'Location/b' } },
    { location: { display: '3E' }, physicalType: { coding: [{ code: 'wa' }] } },
  ],
}

const doctor = {
  resourceType: 'Practitioner',
  id: 'd1',
  identifier: [{ value: '3109' }],
  name: [{ family: '李', given: ['明'] }],
}

const bed = {
  resourceType: 'Location',
  id: 'b',
  name: '12',
  physicalType: { coding: [{ code: 'bd' }] },
}

const bundle = (...resources: object[]) => ({
  resourceType: 'Bundle',
  type: 'collection',
  entry: resources.map((resource) => ({ resource })),
})

const bytesOf = (document: unknown) => new TextEncoder().encode(JSON.stringify(document))
const read = (document: unknown, options?: FhirOptions, by = profile): FhirOutcome[] =>
  readFhir(bytesOf(document), by, options)

const saidBy = (outcome: FhirOutcome): string => {
  if (outcome.kind === 'event') return `${outcome.event.type} ${outcome.event.key}`
  if (outcome.kind === 'ignored') return `ignored ${outcome.type}`
  return [outcome.code, outcome.field].filter(Boolean).join(' ')
}
const said = (...args: Parameters<typeof read>) => read(...args).map(saidBy)

const eventOf = (document: unknown, options?: FhirOptions): IntakeEvent => {
  const outcomes = read(document, options)
  const [found] = outcomes.filter(({ kind }) => kind === 'event')
  if (found?.kind !== 'event') throw new Error(outcomes.map(saidBy).join(', '))
  return found.event
}
const personOf = (document: object) => {
  const event = eventOf(document)
  return 'person' in event ? event.person : undefined
}
const visitOf = (document: object) => {
  const event = eventOf(document)
  return 'person' in event && 'visit' in event ? event.visit : undefined
}

const person = {
  identifiers: [
    { value: '0000312799', type: 'MR', authority: 'urn:oid:2.16.156.10011.2.5.1.4' },
    { value: '11010519491231002X', type: 'NI' },
    { value: 'p1', type: 'RI', authority: 'fhir:portal' },
  ],
  name: '王秀英',
  birthDate: '1949-12-31',
  sex: 'female',
  phones: ['15400000001'],
  address: '江苏省徐州市云龙区1号',
}

describe('a patient', () => {
  it('is read whole', () => {
    expect(eventOf(patient)).toEqual({
      source: 'fhir:portal',
      key: 'Patient/p1/_history/3',
      hash: expect.stringMatching(/^[0-9a-f]{64}$/),
      type: 'person-updated',
      occurredAt: '2026-03-01T00:00:00.000Z',
      recordedAt: '2026-03-01T00:00:00.000Z',
      person,
    })
  })

  it('in Latin script is called as they are', () => {
    const own = {
      ...patient,
      name: [{ family: 'Everyman', given: ['Adam', 'A'] }],
      address: [
        { line: ['1 Long Lane'], city: 'Town', state: 'TX', postalCode: '7', country: 'US' },
      ],
    }
    expect(personOf(own)).toMatchObject({
      name: 'Adam A Everyman',
      address: '1 Long Lane, Town, TX 7, US',
    })
  })

  it('is read without what is malformed in them', () => {
    const own = {
      ...patient,
      name: [null, 7, { family: 9 }, { text: '王秀英' }],
      telecom: 'none',
      birthDate: '1949',
      gender: 'F',
      address: [{ text: '无' }],
      contained: [3],
    }
    expect(personOf(own)).toEqual({ identifiers: person.identifiers, name: '王秀英' })
  })

  it.each([
    [{ deceasedBoolean: true }, true],
    [{ deceasedBoolean: false }, false],
    [{ deceasedDateTime: '2026-03-01T10:00:00Z' }, '2026-03-01T10:00:00.000Z'],
    [{ deceasedDateTime: '2026-03-01' }, '2026-02-28T16:00:00.000Z'],
  ])('may have died: %j', (told, died) => {
    expect(personOf({ ...patient, ...told })?.died).toBe(died)
  })

  it('who was replaced becomes the other', () => {
    const replaced = {
      ...patient,
      id: 'p0',
      identifier: [{ system: 'urn:his', value: '9' }, patient.identifier[1]],
      link: [{ other: { reference: 'Patient/p1' }, type: 'replaced-by' }],
    }
    expect(said(bundle(replaced, patient))).toEqual([
      'merged Patient/p0/_history/3',
      'person-updated Patient/p1/_history/3',
    ])
    expect(eventOf(bundle(replaced, patient))).toMatchObject({
      survivor: { name: '王秀英' },
      retired: [
        { value: '9', authority: 'urn:his' },
        { value: 'p0', type: 'RI', authority: 'fhir:portal' },
      ],
    })
    expect(eventOf(replaced)).toMatchObject({
      survivor: { identifiers: [{ value: 'p1', type: 'RI' }] },
    })
  })

  it('who replaces others is told of, and them', () => {
    const own = {
      ...patient,
      link: [
        { other: { reference: 'Patient/p0' }, type: 'replaces' },
        { other: { reference: 'Patient/p7' }, type: 'seealso' },
      ],
    }
    expect(said(own)).toEqual([
      'person-updated Patient/p1/_history/3',
      'merged Patient/p1/_history/3#2',
    ])
  })
})

describe('an encounter', () => {
  const all = bundle(patient, doctor, bed, encounter)

  it('is read whole, with what came along', () => {
    const outcome = read(all).at(-1)
    expect(outcome?.kind === 'event' && outcome.event).toEqual({
      source: 'fhir:portal',
      key: 'Encounter/e1',
      hash: expect.any(String),
      type: 'discharged',
      occurredAt: '2026-03-01T02:10:00.000Z',
      recordedAt: '2026-03-01T03:00:00.000Z',
      person,
      visit: {
        number: 'ZY001',
        class: 'inpatient',
        department: { code: '4506', name: '心内科' },
        ward: '3E',
        bed: '12',
        attending: { code: '3109', name: '李明' },
        admittedAt: '2026-02-20T09:01:00.000Z',
        dischargedAt: '2026-03-01T02:10:00.000Z',
        disposition: 'home',
        diagnoses: [{ code: 'I63.9', name: '脑梗死' }],
      },
    })
  })

  it('alone names its patient and doctor by their references', () => {
    expect(eventOf(encounter)).toMatchObject({
      person: { identifiers: [{ value: 'p1', type: 'RI', authority: 'fhir:portal' }] },
      visit: { attending: { code: 'd1' } },
    })
    const subject = { identifier: { system: 'urn:his', value: '7' }, display: 'x' }
    expect(personOf({ ...encounter, subject })).toEqual({
      identifiers: [{ value: '7', authority: 'urn:his' }],
    })
  })

  it.each([
    ['finished', 'IMP', 'discharged'],
    ['finished', 'AMB', 'discharged'],
    ['in-progress', 'IMP', 'admitted'],
    ['arrived', 'EMER', 'registered'],
    ['onleave', 'ACUTE', 'admitted'],
    ['cancelled', 'IMP', 'admission-cancelled'],
    ['entered-in-error', 'IMP', 'admission-cancelled'],
    ['unknown', 'IMP', 'visit-updated'],
  ])('that is %s in %s is %s', (status, code, type) => {
    expect(eventOf({ ...encounter, status, class: { code } }).type).toBe(type)
  })

  it('that is only planned is ignored', () => {
    expect(said({ ...encounter, status: 'planned' })).toEqual(['ignored Encounter'])
  })

  it('is found under the URL of its entry', () => {
    const linked = {
      resourceType: 'Bundle',
      entry: [
        { fullUrl: 'urn:uuid:1', resource: { ...patient, id: undefined } },
        { resource: { ...encounter, subject: { reference: 'urn:uuid:1' } } },
      ],
    }
    const outcome = read(linked).at(-1)
    expect(outcome).toMatchObject({ event: { person: { name: '王秀英' } } })
  })

  it('without a service is at its provider, by reference, identifier or name', () => {
    const at = (serviceProvider: object) =>
      visitOf({ ...encounter, serviceType: undefined, serviceProvider })?.department
    expect(at({ reference: 'Organization/o1', display: '心内科' })).toEqual({
      code: 'o1',
      name: '心内科',
    })
    expect(at({ identifier: { value: '4506' } })).toEqual({ code: '4506' })
    expect(at({ display: '心内科' })).toEqual({ code: '心内科', name: '心内科' })
  })
})

describe('a document', () => {
  it('has resources that concern nothing here, which are counted by their types', () => {
    const others = ['Appointment', 'ServiceRequest', 'QuestionnaireResponse'].map(
      (resourceType) => ({ resourceType, id: '1' }),
    )
    expect(said(bundle(...others))).toEqual([
      'ignored Appointment',
      'ignored ServiceRequest',
      'ignored QuestionnaireResponse',
    ])
    const deleted = {
      resourceType: 'Bundle',
      entry: [{ resource: patient, request: { method: 'DELETE' } }],
    }
    expect(said(deleted)).toEqual(['ignored DELETE Patient'])
  })

  it('may lack times, which then come from the bundle or the host', () => {
    const { meta: _, ...timeless } = patient
    expect(said(timeless)).toEqual(['fhir.no-time meta.lastUpdated'])
    expect(eventOf({ ...bundle(timeless), timestamp: '2026-03-02T00:00:00Z' }).occurredAt).toBe(
      '2026-03-02T00:00:00Z',
    )
    const received = eventOf(timeless, { receivedAt: '2026-03-03T00:00:00.000Z' })
    expect(received.occurredAt).toBe('2026-03-03T00:00:00.000Z')
    expect(received).not.toHaveProperty('recordedAt')
  })

  it('gives the same events again from what was kept of them', () => {
    const outcomes = read(bundle(patient, doctor, bed, encounter))
    for (const outcome of outcomes) {
      const again = readFhir(outcome.raw, profile)
      expect(again[0]).toEqual(outcome)
    }
  })

  it('with another content is another event of the same key', () => {
    const [one, other] = [eventOf(patient), eventOf({ ...patient, gender: 'male' })]
    expect(other.key).toBe(one.key)
    expect(other.hash).not.toBe(one.hash)
  })
})

describe('what cannot be read', () => {
  it.each<[string, unknown]>([
    ['fhir.no-resource', 7],
    ['fhir.no-resource', null],
    ['fhir.no-resource', { id: '1' }],
    ['fhir.no-resource', { resourceType: 'Bundle', entry: [{}] }],
    ['fhir.no-patient-id Patient.identifier', { ...patient, id: undefined, identifier: [] }],
    ['fhir.no-patient Encounter.subject', { ...encounter, subject: undefined }],
    ['fhir.no-visit-number Encounter.identifier', { ...encounter, id: undefined, identifier: [] }],
    ['fhir.bad-time Encounter.period.end', { ...encounter, period: { end: '2026-02-30' } }],
    ['fhir.bad-time Encounter.period.start', { ...encounter, period: { start: '2026-02' } }],
    ['fhir.bad-time Patient.deceasedDateTime', { ...patient, deceasedDateTime: '2026' }],
    [
      'fhir.merged-into-itself Patient.link',
      { ...patient, link: [{ other: { reference: 'Patient/p1' }, type: 'replaces' }] },
    ],
  ])('says %s', (refusal, document) => {
    expect(said(document)).toContain(refusal)
  })

  it('is no JSON, or too much of it', () => {
    const codesOf = (bytes: Uint8Array, by = profile) => readFhir(bytes, by).map(saidBy)
    expect(codesOf(new TextEncoder().encode('<Patient/>'))).toEqual(['fhir.no-json'])
    expect(codesOf(Uint8Array.of(0x22, 0xff, 0x22))).toEqual(['fhir.no-json'])
    expect(codesOf(bytesOf(patient), { ...profile, maxBytes: 100 })).toEqual(['fhir.too-large'])
    const many = bundle(patient, patient, patient)
    expect(codesOf(bytesOf(many), { ...profile, maxEntries: 2 })).toEqual(['fhir.too-large'])
  })

  it('is nested beyond all measure', () => {
    const deep = `{"resourceType":"Basic","x":${'['.repeat(200_000)}${']'.repeat(200_000)}}`
    const [outcome] = readFhir(new TextEncoder().encode(deep), profile)
    expect(outcome && ['fhir.too-deep', 'fhir.no-json', 'ignored Basic']).toContain(
      outcome && saidBy(outcome),
    )
  })

  it('is named by a documented code', () => {
    for (const [code, meaning] of Object.entries(refusals)) {
      expect(code).toMatch(/^fhir\.[a-z-]+$/)
      expect(meaning.length).toBeGreaterThan(20)
    }
  })
})

describe('any document', () => {
  it('comes to outcomes that the core can take', () => {
    const place = fc.constantFrom(
      ...Object.keys(patient),
      ...Object.keys(encounter),
      'deceasedDateTime',
      'link',
      '__proto__',
    )
    const value = fc.oneof(
      fc.jsonValue(),
      fc.constantFrom('', 'p1', [], {}, [{}], [null], { coding: [{}] }, '2026-03-01', '#c1'),
      fc.constantFrom(...Object.values(encounter)),
    )
    fc.assert(
      fc.property(
        fc.constantFrom<object>(patient, encounter),
        fc.array(fc.tuple(place, value), { maxLength: 4 }),
        (base, changes) => {
          const changed = Object.entries(base).filter(
            ([key]) => !changes.some(([own]) => own === key),
          )
          const text = JSON.stringify([...changed, ...changes])
          const own = `{${(JSON.parse(text) as [string, unknown][])
            .map(([key, entry]) => `${JSON.stringify(key)}:${JSON.stringify(entry)}`)
            .join(',')}}`
          const document = `{"resourceType":"Bundle","entry":[{"resource":${own}}]}`
          for (const outcome of readFhir(new TextEncoder().encode(document), profile)) {
            if (outcome.kind === 'event') IntakeEvent.parse(outcome.event)
            else if (outcome.kind === 'unreadable') expect(refusals).toHaveProperty([outcome.code])
          }
        },
      ),
      { numRuns: 1000 },
    )
    expect(Object.keys(Object.prototype)).toEqual([])
  })
})

describe('the desk', () => {
  it('takes a bundle, and again at no change', async () => {
    const crm = createCrm()
    await crm.hospitals.open({ name: 'Test hospital', zone: 'Asia/Shanghai', pack: xuzhouPack })
    const document = bundle(patient, doctor, bed, encounter)
    expect(await crm.intakes.take(read(document))).toMatchObject({
      taken: 2,
      ignored: { Practitioner: 1, Location: 1 },
      quarantined: {},
    })
    expect(await crm.intakes.take(read(document))).toMatchObject({ taken: 0, known: 2 })
    expect((await crm.encounters.get('ZY001'))?.state).toMatchObject({ status: 'discharged' })
  })
})
